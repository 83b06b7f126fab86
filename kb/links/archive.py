"""Archived copies of links: finds the newest good one, and asks for a new one."""

from collections.abc import Callable, Sequence

from kb.ledger.look import Copy
from kb.links.settings import Settings


async def newest_copy(urls: Sequence[str], settings: Settings, found: Callable[[str, Copy], None]) -> None:
    """Look for archived copies; ``found(url, copy)`` hears of each, and of nothing where there is none."""
    raise NotImplementedError


async def ask_for_copy(urls: Sequence[str], settings: Settings, made: Callable[[str, Copy], None]) -> None:
    """Ask the archive to keep each of ``urls``; ``made(url, copy)`` hears of each that was kept, or that was kept already not long ago."""
    raise NotImplementedError
