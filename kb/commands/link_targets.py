"""The addresses of the catalogue, all of them or those that a branch brings."""

from pathlib import Path

from kb.catalog import assemble
from kb.commands.exit import UsageError
from kb.links.changed import changed_targets
from kb.links.revision import UnknownRevision
from kb.source.files import load
from kb.walk import Target
from kb.walk import targets as named


def targets(root: Path, changed_since: str | None = None) -> list[Target]:
    """Those of the catalogue at ``root``, in order; with ``changed_since`` only new ones.

    Raises UsageError for a revision that Git does not know.
    """
    if changed_since is None:
        return named(assemble(*load(root)))
    try:
        return changed_targets(root, changed_since)
    except UnknownRevision as error:
        raise UsageError(
            f"git cannot compare with `{changed_since}`: {error}; name a branch, a tag or a commit"
        ) from None
