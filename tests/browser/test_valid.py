"""Every page is valid HTML, as the Nu checker judges it."""

import json
import os
import re
import shutil
import subprocess

import pytest

from tests.catalogs import ROOT

pytestmark = pytest.mark.site

JAR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
OF_THE_THEME = re.compile(
    # Its two hidden checkboxes, which open the drawer and the search.
    r"Attribute “autocomplete” is only allowed when the input type is "
    # Contents of a page without headings: the label stands, what it is for does not.
    r"|The value of the “for” attribute of the “label” element must be the ID of a non-hidden"
)


@pytest.fixture(scope="module")
def errors():
    """Asks the checker; gives the errors in a folder that are not the theme's, with their place.

    Without Java, tests are skipped, or fail where KB_REQUIRE_BROWSER is set.
    """
    if not shutil.which("java") or not JAR.exists():
        say = pytest.fail if os.environ.get("KB_REQUIRE_BROWSER") else pytest.skip
        say("no Java, or no checker: apt-get install default-jre-headless, then make hygiene")

    def asked(folder):
        words = ["java", "-Xss4m", "-jar", JAR, "--errors-only", "--format", "json"]
        done = subprocess.run(
            [*words, "--skip-non-html", folder], capture_output=True, text=True, check=False
        )
        return [
            (one["url"].partition(str(folder))[2], one.get("lastLine"), one["message"])
            for one in json.loads(done.stderr)["messages"]
            if not OF_THE_THEME.match(one["message"])
        ]

    return asked


def test_the_checker_sees_errors(errors, tmp_path):
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=en><title>a</title><p><div>b</div></p>", encoding="utf-8"
    )
    assert [message for _, _, message in errors(tmp_path)] == [
        "No “p” element in scope but a “p” end tag seen."
    ]


def test_pages_of_the_toys_are_valid(errors, toy_folder):
    assert errors(toy_folder) == []


@pytest.mark.lab
def test_all_pages_are_valid(errors, site_folder):
    assert errors(site_folder) == []
