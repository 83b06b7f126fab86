"""The health of links: what the ledger says of every address that an entry names. Pure."""

from kb.catalog import Catalog
from kb.ledger.look import GOOD
from kb.ledger.merge import Ledger
from kb.ledger.record import Record
from kb.walk import Target, targets


class Health:
    """What the ledger knows of the links of a catalogue.

    ``named`` holds the targets of each address, ``records`` what is known of it, sorted by address.
    """

    def __init__(self, catalog: Catalog, ledger: Ledger) -> None:
        self.named: dict[str, list[Target]] = {}
        for target in targets(catalog):
            self.named.setdefault(target.url, []).append(target)
        self.records = {url: ledger.get(url) or Record(url) for url in sorted(self.named)}

    def wrong(self, one: Record) -> bool:
        """Whether the title of the page matches no title that the entries give it."""
        titles = (target.title for target in self.named.get(one.url, ()) if target.title)
        return one.wrong(titles) is not None

    def states(self, one: Record) -> list[str]:
        """The state of a link, and with it *failing* and *wrong* where they hold."""
        failing = ["failing"] if one.failing and one.state != "gone" else []
        return [one.state, *failing, *(["wrong"] if self.wrong(one) else [])]

    @property
    def checked(self) -> list[Record]:
        """The links that have been checked at least once."""
        return [one for one in self.records.values() if one.looks]

    @property
    def alive(self) -> int:
        """The number of links that lead to their page."""
        return sum(one.state in GOOD and not self.wrong(one) for one in self.records.values())

    @property
    def day(self) -> str:
        """The day of the newest check; empty if there was none."""
        return str(max((one.looks[0].day for one in self.checked), default=""))
