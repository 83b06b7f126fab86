"""Personal names: what the table reads from a plain name."""

import pytest

from kb.names import Inverted, Organization, Person, read, unfit, unpointed

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
Bo Li, PhD | Bo | Li |
Prof. Dr. Carla Ruiz | Carla | Ruiz |
Drew Drago | Drew | Drago |
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


UNFIT = """
Bo Li, PhD | degree | Bo Li
Carla Ruiz Ph.D. | degree | Carla Ruiz
Jo Two, M.Sc. | degree | Jo Two
Prof. Bo Li | degree | Bo Li
Prof. Dr. Carla Ruiz | degree | Carla Ruiz
Dr Dre | degree |
Bo Li‡∗ | mark | Bo Li
Bo Li⋆★ | mark | Bo Li
Bo Li ✉️ | mark | Bo Li
Bo Li¶‖§ | mark | Bo Li
Bo Liᵃ | mark | Bo Li
Bo Li^{1} | mark | Bo Li
LI Bo2 | mark |
João $^1$ Silva | mark | João Silva
EUNHYEOK Park | capital |
LI Bo | capital |
NG Andrew | capital |
Bo LI | capital |
Bo LI III | capital |
Anna LINDGREN | capital | Anna Lindgren
ANNA LINDGREN | capital | Anna Lindgren
ANNA LINDGREN III | capital | Anna Lindgren III
MCDONALD John | capital |
John MACDONALD | capital |
O'NEIL John | capital |
PEI-SONG Wang | capital |
İLKER IŞIK | capital |
José María DE LA CRUZ | capital |
HT KUNG | capital |
Bo Li（李博） | Chinese |
Bo Li 李博 | Chinese |
Bo Li（清华大学） | affiliation | Bo Li
Anonymous Authors | nobody |
Anonymous ACL submission | nobody |
anonymous | nobody |
佚名 | nobody |
others | et al. |
Others. | et al. |
"""


@pytest.mark.parametrize(("name", "why", "instead"), rows(UNFIT))
def test_a_name_with_more_than_the_name_is_only_mended_where_one_is_meant(name, why, instead):
    found = unfit(name)
    assert found and why in found.message
    assert found.instead == ((instead,) if instead else ())


FIT = (
    "Author Motherson",
    "Anonymous Coward",
    "JS Bach",
    "AJ Piergiovanni",
    "John Smith III",
    "Robert H. Dennard Jr.",
    "M. D. Zeiler",
    "Md Rahman",
    "Drew Linsley",
    "李博",
    "Laurens van der Maaten",
)


@pytest.mark.parametrize("name", FIT)
def test_initials_and_suffixes_are_no_family_names_in_capitals(name):
    assert unfit(name) is None


def test_both_readings_of_a_first_word_in_capitals_are_named():
    found = unfit("EUNHYEOK Park")
    assert found and found.hint == (
        "write Park Eunhyeok if Eunhyeok is the family name, Eunhyeok Park if Park is"
    )


UNPOINTED = {
    ("Lindgren A", "Li BC"): [("A. Lindgren",), ("B. C. Li",)],
    ("De Vries A", "Smith-Jones B"): [("A. De Vries",), ("B. Smith-Jones",)],
    ("Weinan E",): [],
    ("Weinan E", "Bing Yu"): [],
    ("Weinan E", ""): [],
}


@pytest.mark.parametrize("names", UNPOINTED)
def test_initials_without_points_are_seen_where_all_names_have_them(names):
    assert [one.instead for one in unpointed(names).values()] == UNPOINTED[names]
