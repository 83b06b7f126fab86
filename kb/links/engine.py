"""Looks at many links, politely, and says what each look showed."""

from collections.abc import Callable, Sequence

from kb.ledger.look import Look
from kb.links.settings import HostPlan, Progress, Settings


def plan(urls: Sequence[str], settings: Settings) -> list[HostPlan]:
    """What a run would do, host by host, the slowest first. Nothing is sent."""
    raise NotImplementedError


async def look_at(urls: Sequence[str], settings: Settings, seen: Callable[[Look], None], progress: Callable[[Progress], None] = lambda progress: None) -> None:
    """Look at each address once, with several tries; ``seen`` hears of each verdict as it falls, in no order.

    Nothing that a host does raises here. When the task is cancelled, what was not seen yet stays unseen.
    """
    raise NotImplementedError
