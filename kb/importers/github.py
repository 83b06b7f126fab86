"""What GitHub says of a repository."""

from kb.importers.csl import is_mapping, parsed
from kb.importers.record import NoRecord, WorkRecord, text


def addresses(name: str) -> tuple[str, ...]:
    """Where the record of the repository ``name`` (owner/name) is."""
    return (f"https://api.github.com/repos/{name}",)


def read(answer: str, name: str) -> WorkRecord:
    """The record of the repository in ``answer``, under the name it has now. Raises NoRecord."""
    said = parsed(answer)
    full, title = text(said.get("full_name")), text(said.get("name"))
    if "/" not in full or not title:
        raise NoRecord("something that is not a repository")
    licence = said.get("license")
    spdx = text(licence.get("spdx_id")) if is_mapping(licence) else ""
    moved = full.lower() != name.lower()
    note = f"`{name}` is called `{full}` now; is that what you meant?" if moved else ""
    return WorkRecord(
        url=f"https://github.com/{full}",
        title=title,
        abstract=text(said.get("description"), 1000, tex=False),
        license="" if spdx in ("NOASSERTION", "NONE") else spdx,
        status="archived" if said.get("archived") is True else "",
        notes=(note,) if note else (),
    )
