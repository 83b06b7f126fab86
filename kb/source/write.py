"""A new file from plain data, in its canonical form."""

import datetime
import json
from collections.abc import Mapping, Sequence

from kb.source.files import RawFile
from kb.source.format import Formatted, formatted

Plain = str | int | float | bool | datetime.date | Sequence["Plain"] | Mapping[str, "Plain"]


def written(path: str, kind: str, id: str, data: Mapping[str, Plain]) -> RawFile:
    """The file at ``path`` that says ``data``. Raises ValueError if it cannot be said in YAML."""
    text = "".join(f"{json.dumps(key)}: {_flow(value)}\n" for key, value in data.items())
    file = RawFile(path, kind, id, text.encode())
    match formatted(file):
        case Formatted(content):
            return RawFile(path, kind, id, content)
        case refused:
            raise ValueError(refused.reason)


def _flow(value: Plain) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(key)}: {_flow(one)}" for key, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_flow, value))}]"
    return json.dumps(value)
