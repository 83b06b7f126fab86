"""`kb build`: whole or not at all, and in one sentence why not."""

import re
import shutil
import subprocess

import pytest

from kb.commands.main import main


def spoil(project):
    path = project / "catalog" / "articles" / "toys-explained.yaml"
    path.write_text(path.read_text().replace("url: https://", "url: "))


@pytest.mark.site
def test_a_build_replaces_the_old_site_and_leaves_nothing_beside_it(project, capsys):
    (project / "site").mkdir()
    (project / "site" / "old.html").write_text("old")
    assert main(["build"]) == 0
    assert "computed pages in" in capsys.readouterr().out
    assert (project / "site" / "papers" / "first2015toys" / "index.html").is_file()
    assert not (project / "site" / "old.html").exists()
    assert not list(project.glob(".site-*"))


def test_findings_exit_1_with_the_list_and_keep_the_old_site(project, capsys):
    (project / "site").mkdir()
    (project / "site" / "old.html").write_text("old")
    spoil(project)
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert "articles/toys-explained.yaml:4:1: KB503 unsafe-address" in out and err == ""
    assert [path.name for path in (project / "site").iterdir()] == ["old.html"]
    assert not list(project.glob(".site-*"))


@pytest.mark.site
def test_a_dead_link_in_the_second_language_keeps_the_old_site(project, capsys):
    (project / "site").mkdir()
    (project / "docs" / "zh" / "facts.md").unlink()
    assert main(["build"]) == 1
    assert "zh/status.md' contains a link 'facts.md'" in capsys.readouterr().err
    assert list((project / "site").iterdir()) == [] and not list(project.glob(".site-*"))


@pytest.mark.site
def test_a_label_of_the_settings_without_chinese_is_refused(project, capsys):
    path = project / "mkdocs.yml"
    path.write_text(path.read_text().replace("- Browse: browse", "- Rummage: browse"))
    assert main(["build"]) == 2
    assert (
        "`Rummage` in `mkdocs.yml` has no words in Chinese; add a pair" in capsys.readouterr().err
    )
    assert not (project / "site").exists() and not list(project.glob(".site-*"))


def empty(project):
    (project / "mkdocs.yml").unlink()


def misspell(project):
    (project / "mkdocs.yml").write_text("site_name: x\ntheme: nowhere\n")


def forget(project):
    (project / "mkdocs.yml").write_text("site_name: x\n")


def remove(project):
    shutil.rmtree(project / "catalog")


REFUSED = {
    "outside the project": (empty, "there is no `mkdocs.yml` in"),
    "settings that MkDocs refuses": (misspell, "`mkdocs.yml` cannot be used: Config value 'theme'"),
    "settings without the plugin": (forget, "`mkdocs.yml` does not name the plugin `kb`"),
    "no catalogue": (remove, "catalog is not a folder"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("command", [["build"], ["serve", "--port", "0"]], ids=["build", "serve"])
def test_what_is_missing_is_said_in_one_sentence_and_nothing_is_written(
    case, command, project, capsys
):
    change, said = REFUSED[case]
    change(project)
    before = sorted(project.iterdir())
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and err.startswith("kb: ") and err.count("\n") == 1
    assert sorted(project.iterdir()) == before


REPOSITORIES = {
    "a forge": ("git@github.com:ada/kb.git", "https://github.com/ada/kb/edit/main/catalog/"),
    "a folder of this machine": ("/srv/git/kb.git", None),
}


@pytest.mark.site
@pytest.mark.parametrize("case", REPOSITORIES)
def test_links_to_edit_lead_to_the_remote_or_are_not_there(case, project):
    remote, wanted = REPOSITORIES[case]
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "remote", "add", "origin", remote], check=True)
    assert main(["build"]) == 0
    page = (project / "site" / "papers" / "first2015toys" / "index.html").read_text()
    assert (wanted in page) if wanted else ("md-source" not in page and "/edit/" not in page)
    assert '<meta name="citation_author" content="de Second, Bo">' in page
    assert '<script type="application/ld+json">{"@context"' in page


PROPERTY = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">')


CARDS = {
    "index.html": ("card.png", "Small and fast neural networks"),
    "papers/first2015toys/index.html": ("card.png", "Small and fast neural networks"),
    "zh/papers/first2015toys/index.html": ("card.zh.png", "模型压缩知识库"),
}
"""The picture that a shared page shows, and what it says in words."""


def test_a_shared_page_shows_a_picture_and_what_it_is_about(project, monkeypatch):
    monkeypatch.setenv("KB_SITE_URL", "https://kb.test/at/")
    assert main(["build"]) == 0
    for path, (card, words) in CARDS.items():
        page = (project / "site" / path).read_text(encoding="utf-8")
        found = dict(PROPERTY.findall(page))
        assert found["og:image"] == f"https://kb.test/at/assets/kb/{card}"
        assert found["og:image:alt"] == words and found["twitter:card"] == "summary_large_image"
        assert f'<meta name="description" content="{found["og:description"]}">' in page
        picture = (project / "site" / "assets" / "kb" / card).read_bytes()
        size = [str(int.from_bytes(picture[at : at + 4], "big")) for at in (16, 20)]
        assert picture.startswith(b"\x89PNG")
        assert size == [found["og:image:width"], found["og:image:height"]]
