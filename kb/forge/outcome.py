"""What a filled form is applied to, and the one file that it leads to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from kb.catalog import Catalog
from kb.importers.gather import Fetch
from kb.source.files import RawFile


@dataclass(frozen=True, slots=True)
class Outcome:
    """The file that a form leads to, and what to say of it; ``lacks`` only a person can write."""

    file: RawFile
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form is applied to: the files and the catalogue they make, the day, who is asked."""

    files: Sequence[RawFile]
    catalog: Catalog
    today: datetime.date
    fetch: Fetch | None = None
