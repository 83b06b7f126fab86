"""What a parser makes of files: findings, form, and the place of every value, as JSON; with libyaml
or (first word `slow`) without it:

    python -m tests.source.answers slow FOLDER…
"""

import json
import sys
from pathlib import Path


def main(how: str, roots: list[str]) -> None:
    if how == "slow":
        sys.modules["yaml._yaml"] = None  # as where PyYAML was installed without libyaml
    from kb.catalog import part
    from kb.report import as_data
    from kb.source import parser
    from kb.source.files import load
    from kb.source.format import misformatted
    from kb.source.places import Places
    from kb.source.reader import Document, read

    assert (parser._LOADER.__name__ == "SafeLoader") == (how == "slow")
    files = {file: None for root in roots for file in load(Path(root))[0]}
    for file in files:
        found = [*part(file).findings, *filter(None, [misformatted(file)])]
        document = read(file.path, file.content)
        places = {}
        if isinstance(document, Document):
            known = Places(document.text)
            places = {str(keys): known.at(keys) for keys in keys_of(document.data)}
        said = [file.path, as_data(found), getattr(document, "data", None), places]
        print(json.dumps(said, default=str))


def keys_of(data: object, above: tuple = ()):
    """The keys of every value in ``data``."""
    inside = data.items() if isinstance(data, dict) else ()
    inside = enumerate(data) if isinstance(data, tuple) else inside
    for key, value in inside:
        yield (*above, key)
        yield from keys_of(value, (*above, key))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
