"""Commands of LaTeX in double quotes, where YAML reads their first letter as an escape sequence."""

import re
from dataclasses import dataclass

_PAIR = re.compile(r"\\(.)([A-Za-z]*)", re.DOTALL)
_COMMANDS = frozenset(
    """
    acute aleph alpha angle approx arg ast asymp
    bar begin beta bf big bigl bigr binom bmod boldsymbol bot bullet
    ell emph empty emptyset end ensuremath epsilon equiv eta exists exp
    flat footnotesize forall frac
    nabla natural ne nearrow neg neq newline nexists ni nmid nolimits nonumber norm not notin nu
    rangle rceil rfloor rho right rightarrow rm
    tan tanh tau text textbf textit textrm texttt tfrac theta tilde times to top triangle
    varepsilon varphi varsigma vartheta vdots vec vee vert
    """.split()
)
"""Those that begin with a letter that stands for another character behind a backslash."""
_PLAIN = {"\\": "\\", '"': '"', "/": "/"}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The first command of LaTeX in a text: as it was typed, and what the text was meant to be.

    ``meant`` is empty if that is not clear.
    """

    typed: str
    meant: str


def command(raw: str) -> Spoilt | None:
    """The command in ``raw``, a text in double quotes with its quotes; None if there is none."""
    pairs = list(_PAIR.finditer(raw, 1, len(raw) - 1))
    first = next((f"\\{one[1]}{one[2]}" for one in pairs if _is_command(one)), "")
    if not first:
        return None
    clear = all(_is_command(one) or one[1] in _PLAIN for one in pairs) and "\n" not in raw
    return Spoilt(first, _PAIR.sub(_said, raw[1:-1]) if clear else "")


def _is_command(pair: re.Match[str]) -> bool:
    return f"{pair[1]}{pair[2]}" in _COMMANDS


def _said(pair: re.Match[str]) -> str:
    return pair[0] if _is_command(pair) else _PLAIN[pair[1]] + pair[2]
