"""What GitHub shows of `make annotate`: ten errors of a step, the causes among them, none twice."""

import re
import shutil

import pytest

from kb import report
from kb.commands import everything
from kb.commands.main import main
from kb.rules import all_kinds
from tests.catalogs import TODAY, TOY
from tests.forge.stand_in import MOST_ANNOTATIONS, annotations


@pytest.fixture
def root(tmp_path):
    """A copy of the toy catalogue."""
    return shutil.copytree(TOY, tmp_path / "catalog")


def copies(root, name, count, change):
    """The article ``name``, ``count`` times over, each with ``change``."""
    text = (root / "articles" / "toys-explained.yaml").read_text()
    for at in range(count):
        new = text.replace("title: ", f"title: {name} {at} ", 1)
        new = re.sub(r"(?m)^(url: .*)$", rf"\1/{name}/{at}", new, count=1)
        (root / "articles" / f"{name}-{at}.yaml").write_text(change(new))


def annotated(root, capsys, *words):
    """The exit code, what stands at lines, the notices, and the log."""
    code = main(["--root", str(root), "check", "--format", "github", *words], TODAY)
    log = capsys.readouterr().out
    found = annotations(log)
    at_lines = [text for kind, text in found if kind == "error"]
    return code, at_lines, [text for kind, text in found if kind == "notice"], log


def untidy(text):
    return text.replace("title: ", "title:    ", 1)


def misspelt(text):
    return untidy(text.replace("title: ", "titel: ", 1))


def test_what_is_wrong_is_shown_before_what_is_untidy(root, capsys):
    copies(root, "untidy", 14, untidy)
    copies(root, "zwrong", 4, misspelt)
    code, shown, notices, log = annotated(root, capsys, "--fmt")
    assert code == 1 and len(shown) == MOST_ANNOTATIONS == log.count("::error ")
    assert all("titel" in one or "title" in one for one in shown[:4])
    assert len(notices) == 1 and "the log of this step" in notices[0]


def test_what_is_not_shown_is_counted_and_stands_in_the_log(root, capsys):
    copies(root, "wrong", 23, misspelt)
    main(["--root", str(root), "check", "--fmt"], TODAY)
    everything = [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("catalog/")
    ]
    _, shown, _, log = annotated(root, capsys, "--fmt")
    left = [line for line in log.splitlines() if line.startswith("catalog/")]
    assert left == everything[len(shown) :] and len(left) > 12
    assert f"::notice title={len(left)} more findings::" in log


def test_ten_findings_need_no_notice(capsys):
    kind = all_kinds()[0]
    found = [kind.at("catalog/a.yaml", (line, 1), "said") for line in range(1, 12)]
    assert len(annotations(report.github(found[:10]))) == 10
    assert "::notice title=1 more finding::" in report.github(found)


def test_a_line_in_the_log_is_no_command():
    kind = all_kinds()[0]
    hostile = kind.at("catalog/a.yaml", (1, 1), "a\n::error::x ##[error]x", "::warning::y")
    assert len(annotations(report.github([hostile] * 40))) == MOST_ANNOTATIONS + 1


def test_a_file_that_cannot_be_read_is_not_called_untidy_too(root, capsys):
    copies(root, "wrong", 1, misspelt)
    assert "not-canonical" not in annotated(root, capsys, "--fmt")[3]


def test_with_fmt_no_look_of_a_file_is_trusted_in_a_large_catalogue(root, capsys, monkeypatch):
    monkeypatch.setattr(everything, "_SMALL", 0)
    path = root / "papers" / "third2019more.yaml"
    path.write_text(path.read_text().replace("title: More Toys", "title: More\n  Toys", 1))
    assert annotated(root, capsys)[:2] == (0, [])
    code, [one], _, _ = annotated(root, capsys, "--fmt")
    assert code == 1 and "run `kb fmt`" in one
