"""Whether a snippet made the claims that its entry declares, each once."""

from collections import Counter
from collections.abc import Collection, Iterable

from kb.near import suggest


def astray(declared: Collection[str], made: Iterable[str]) -> list[str]:
    """What is wrong with the names of the claims that were ``made``, one sentence each."""
    counted = Counter(made)
    unknown = [name for name in counted if name not in declared]
    return [
        *(
            "; ".join(filter(None, (f"the entry has no claim `{name}`", suggest(name, declared))))
            for name in unknown
        ),
        *(f"claim `{name}` is never made" for name in declared if not counted[name]),
        *(f"claim `{name}` is made {count} times" for name, count in counted.items() if count > 1),
    ]
