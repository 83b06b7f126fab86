"""Personal names: what the table reads from a plain name."""

import pytest

from kb.names import Inverted, Organization, Person, read

NAMES = """
Quoc V. Le | Quoc V. | Le |
Laurens van der Maaten | Laurens | van der Maaten |
Luc Van Gool | Luc | Van Gool |
Christopher De Sa | Christopher | De Sa |
Kurt von dem Berg | Kurt | von dem Berg |
Maria de la Cruz | Maria | de la Cruz |
Antonio del Rio Chanona | Antonio | del Rio Chanona |
Ömer Faruk al Tunç | Ömer Faruk | al Tunç |
William J. Dally | William J. | Dally |
Robert H. Dennard Jr. | Robert H. | Dennard | Jr.
Sammy Davis, Jr. | Sammy | Davis | Jr.
John Smith III | John | Smith | III
Van Nguyen | Van | Nguyen |
Le Hou | Le | Hou |
Di Wu | Di | Wu |
Pei-Song Wang | Pei-Song | Wang |
Plato | | Plato |
"""
ORGANIZATIONS = (
    "Gemma Team",
    "DeepSeek-AI",
    "OpenAI",
    "Stanford University",
    "Xiph.Org Foundation",
    "Meta AI",
    "Toshiba Research Europe Ltd.",
    "NVIDIA Corporation, Santa Clara",
)
INVERTED = """
Frantar, Elias | Elias Frantar
van der Maaten, Laurens | Laurens van der Maaten
Le, Quoc V. | Quoc V. Le
Dennard, Robert H., Jr. | Robert H. Dennard Jr.
"""


def rows(table):
    return [[part.strip() for part in f"{row} ".split("|")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("name", "given", "family", "suffix"), rows(NAMES))
def test_a_person(name, given, family, suffix):
    assert read(name) == Person(given, family, suffix)


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_an_organization(name):
    assert read(name) == Organization(name)


@pytest.mark.parametrize(("name", "instead"), rows(INVERTED))
def test_a_name_in_the_order_of_a_bibliography_is_turned(name, instead):
    assert read(name) == Inverted(instead)
