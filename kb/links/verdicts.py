"""A judgement on what was seen, before it is confirmed by further tries."""

from dataclasses import dataclass

from kb.ledger.look import Verdict
from kb.links.prints import Print


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and what it rests on. ``again`` says that another try may show something else; ``address`` is the new one of a moved page;
    ``expected`` is the title of the entry where the page has clearly another one.
    """

    verdict: Verdict
    reason: str
    title: str | None = None
    notes: tuple[str, ...] = ()
    again: bool = False
    address: str | None = None
    network: bool = False
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A page that is worth what a sibling address that can't exist says of it.

    ``differs`` holds if the host tells missing pages apart, or if nobody knows; ``same`` if it gave the same page for both. ``near`` asks
    for a sibling in the same folder, not just anywhere on the host.
    """

    differs: Judgement
    same: Judgement
    print: Print
    near: bool = False
