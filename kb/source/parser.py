"""The YAML parser: libyaml, or PyYAML's own classes where a machine has no libyaml, as in a page.

Both give the same nodes, events and tokens, and raise `yaml.MarkedYAMLError` at the same places; a
test holds them together.
"""

import operator
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.nodes import Node, ScalarNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

PLAIN = "plain"
"""The tag of a scalar that stood unquoted."""
_QUOTED = "quoted"


class _Slow(Reader, Scanner, Parser, Composer):
    """PyYAML's parser without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def forward(self, length: int = 1) -> None:
        """As libyaml does it, U+FEFF inside of a text is a column like any other character."""
        super().forward(length)
        passed: str = self.buffer[self.pointer - length : self.pointer]
        if "\ufeff" in passed:
            self.column += passed.rpartition("\n")[2].count("\ufeff")


try:
    from yaml._yaml import CParser
except ImportError:
    CParser = _Slow  # type: ignore[assignment, misc]  # the same methods, in Python
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Composer(CParser):
    """A composer without its resolver: a tag says only whether a scalar stood unquoted."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:
        return PLAIN if kind is ScalarNode and implicit[0] else _QUOTED

    # Called for every node, and of no use here: functions in C that do nothing cost the least.
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(tuple)


def compose(text: str) -> Node | None:
    """The node graph of ``text``, which must be valid."""
    root: Node | None = _Composer(text).get_single_node()
    return root


def events(text: str) -> Iterator[yaml.Event]:
    """The events of ``text``."""
    yield from yaml.parse(text, Loader=_LOADER)


def tokens(text: str) -> Iterator[yaml.Token]:
    """The tokens of ``text``."""
    yield from yaml.scan(text, Loader=_LOADER)


def stuck(text: str) -> tuple[int, int] | None:
    """Where ``text`` cannot be read as YAML; None if it can."""
    try:
        compose(text)
    except yaml.MarkedYAMLError as error:
        return mark_place(error)
    except (yaml.YAMLError, ValueError, RecursionError):
        return 1, 1
    return None


def mark_place(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Line and column, from 1, at which ``error`` was met."""
    mark = error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
