"""The walls between rooms: each turns red when an import that it forbids is planted."""

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp
import pytest
from importlinter import configuration
from importlinter.application.app_config import settings
from importlinter.application.use_cases import create_report, read_user_options
from importlinter.application.user_options import UserOptions
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import registry

from tests.catalogs import ROOT

CONFIG = str(ROOT / "pyproject.toml")
TYPES = {"forbidden": ForbiddenContract, "layers": LayersContract, "protected": ProtectedContract}
FLOORS = "imports point down only, and rooms of one floor do not know each other"
SITE = "pages know nothing of the plugin that shows them"
BESIDE = "pages stand beside rules, links and exports, not above"
LAB = "the lab travels to the browser with the snippets"
LEDGER = "the ledger's file is opened by commands, the link checker and the plugin"
MKDOCS = "MkDocs and Jinja are known to the plugin's room"
WEB = "the web is reached by the link checker"
YAML = "YAML is read and written by the rooms that are named for it"
PARSERS = "what others wrote is parsed in one room"
PYDANTIC = "Pydantic stays with the models and whoever reads their annotations"
NETWORKX = "NetworkX is for the graph and the rules that follow edges"
NUMPY = "NumPy, IPython and PyTorch stay in the lab"
FORMULAS = "formulas are set by the room that writes Markdown"
HTML = "Markdown becomes HTML in one module besides MkDocs"
TEX = "BibTeX and TeX are read by one module each"
ARGUMENTS = "arguments are parsed by commands"
CHINESE = "Chinese is converted where the search's index is made"
FORGE = "forms are data first, then files, then answers"
PROGRAMS = "programs are run by rooms that are named for it"

# importer, imported, the walls that must fall, and no other
PLANTS = {
    "the lab needs the link checker": ("kb.lab.net", "kb.links.judge", {FLOORS}),
    "the lab needs snippets": ("kb.lab.table", "kb.snippets.run", {FLOORS}),
    "the lab needs a room of its own floor": ("kb.lab.net", "kb.addresses", {FLOORS}),
    "the lab is imported by pages": ("kb.site.pages.home", "kb.lab.net", {LAB}),
    "the lab is imported by a rule": ("kb.rules.texts", "kb.lab", {LAB}),
    "a form needs its answer": ("kb.forge.form", "kb.forge.answer", {FORGE}),
    "a page needs a form": ("kb.site.html", "kb.forge.form", {FLOORS}),
    "words need near words": ("kb.words.pair", "kb.near", {FLOORS}),
    "a write needs an address": ("kb.atomic", "kb.addresses", {FLOORS}),
    "a rule needs a link": ("kb.rules.texts", "kb.links.judge", {FLOORS}),
    "a link needs a rule": ("kb.links.findings", "kb.rules.rule", {FLOORS}),
    "an export needs a rule": ("kb.export.graphml", "kb.rules", {FLOORS}),
    "the runtime needs snippets": ("kb.runtime.fetch", "kb.snippets.run", {FLOORS}),
    "the report needs a rule": ("kb.report", "kb.rules", {FLOORS}),
    "the graph needs a map": ("kb.graph", "kb.site.small_map", {FLOORS, SITE}),
    "the graph needs evidence": ("kb.graph", "kb.evidence", {FLOORS}),
    "the walk needs the graph": ("kb.walk", "kb.graph", {FLOORS}),
    "the catalogue needs the walk": ("kb.catalog", "kb.walk", {FLOORS}),
    "the catalogue needs its graph": ("kb.catalog", "kb.graph", {FLOORS}),
    "the shape needs the catalogue": ("kb.shape", "kb.catalog", {FLOORS}),
    "the reader needs the shape": ("kb.source.files", "kb.shape", {FLOORS}),
    "the reader needs the ledger": ("kb.source.files", "kb.ledger.merge", {FLOORS}),
    "the ledger needs the reader": ("kb.ledger.file", "kb.source.files", {FLOORS}),
    "the kinds need the reader": ("kb.kinds", "kb.source.files", {FLOORS}),
    "a model reads a file": ("kb.schema.paper", "kb.source.files", {FLOORS}),
    "a model needs the kinds": ("kb.schema.paper", "kb.kinds", {FLOORS}),
    "findings need a model": ("kb.findings", "kb.schema.paper", {FLOORS}),
    "evidence needs citations": ("kb.evidence", "kb.bibtex", {FLOORS}),
    "evidence needs the change": ("kb.evidence", "kb.change", {FLOORS}),
    "the change needs a rule": ("kb.change", "kb.rules", {FLOORS}),
    "health needs evidence": ("kb.health", "kb.evidence", {FLOORS}),
    "a link needs a command": ("kb.links.report", "kb.commands.exit", {FLOORS}),
    "the plugin needs a command": ("kb.site.mkdocs.build", "kb.commands.catalogue", {FLOORS}),
    "a command needs the program": ("kb.commands.check", "kb.__main__", {FLOORS}),
    "a page needs the plugin": ("kb.site.pages.home", "kb.site.mkdocs.plugin", {SITE}),
    "a page needs the shelf": ("kb.site.pages.home", "kb.site.shelf", {SITE}),
    "the index needs a page": ("kb.site.search_index", "kb.site.pages.home", {SITE}),
    "the map needs a page": ("kb.site.topic_map", "kb.site.pages.home", {SITE}),
    "Markdown needs a map": ("kb.site.markdown", "kb.site.topic_map", {SITE}),
    "the policy needs HTML": ("kb.site.policy", "kb.site.html", {SITE}),
    "HTML needs the language": ("kb.site.html", "kb.site.language", {SITE}),
    "a page needs a rule": ("kb.site.pages.reference", "kb.rules", {BESIDE}),
    "a page needs the link checker": ("kb.site.pages.links", "kb.links.judge", {BESIDE}),
    "a page needs the runtime": ("kb.site.pages.snippet", "kb.runtime.store", {BESIDE}),
    "a page needs snippets": ("kb.site.pages.snippet", "kb.snippets.read", {BESIDE}),
    "search needs an export": ("kb.site.search", "kb.export.jsonl", {BESIDE}),
    "the plugin needs the link checker": ("kb.site.mkdocs.plugin", "kb.links.engine", {BESIDE}),
    "a page opens the ledger": ("kb.site.pages.links", "kb.ledger.file", {LEDGER}),
    "a rule opens the ledger": ("kb.rules.texts", "kb.ledger.file", {LEDGER}),
    "another command opens the ledger": ("kb.commands.export", "kb.ledger.file", {LEDGER}),
    "a snippet knows MkDocs": ("kb.snippets.page", "mkdocs", {MKDOCS}),
    "a page knows MkDocs": ("kb.site.pages.home", "mkdocs", {MKDOCS}),
    "a command knows MkDocs": ("kb.commands.build", "mkdocs", {MKDOCS}),
    "a page fills in a template": ("kb.site.pages.home", "jinja2", {MKDOCS}),
    "a rule asks the web": ("kb.rules.texts", "httpx", {WEB}),
    "the judge asks the web": ("kb.links.judge", "httpx", {WEB}),
    "the engine opens a connection": ("kb.links.engine", "httpcore", {WEB}),
    "the archive trusts certificates": ("kb.links.archive", "certifi", {WEB}),
    "the server speaks TLS": ("kb.site.mkdocs.server", "ssl", {WEB}),
    "the catalogue opens a socket": ("kb.catalog", "socket", {WEB}),
    **{
        f"a rule knows {module}": ("kb.rules.texts", module, {WEB})
        for module in (
            *("aiohttp", "asyncio", "ftplib", "imaplib", "nntplib", "poplib", "requests"),
            *("smtplib", "socketserver", "telnetlib", "urllib3", "webbrowser", "websockets"),
            "xmlrpc",
        )
    },
    "the kinds wait for the web": ("kb.kinds", "asyncio", {WEB}),
    "an export writes YAML by itself": ("kb.export.jsonl", "yaml", {YAML}),
    "another list reads YAML": ("kb.lists.json", "yaml", {YAML}),
    "the prose reads Markdown": ("kb.lists.prose", "markdown_it", {PARSERS}),
    "the checker reads HTML": ("kb.links.page", "lxml", {PARSERS}),
    "an export reads BibTeX": ("kb.export.graphml", "bibtexparser", {PARSERS}),
    "a list needs the link checker": ("kb.lists.prose", "kb.links.judge", {FLOORS}),
    "a page makes a model": ("kb.site.pages.home", "pydantic", {PYDANTIC}),
    "the catalogue reads Pydantic's errors": ("kb.catalog", "pydantic_core", {PYDANTIC}),
    "a page walks NetworkX": ("kb.site.pages.home", "networkx", {NETWORKX}),
    "a rule on texts walks NetworkX": ("kb.rules.texts", "networkx", {NETWORKX}),
    "a page computes": ("kb.site.small_map", "numpy", {NUMPY}),
    "the lab itself needs PyTorch": ("kb.lab.net", "torch", {NUMPY}),
    "a snippet's runner knows notebooks": ("kb.snippets.run", "IPython", {NUMPY}),
    "a page sets a formula": ("kb.site.pages.home", "latex2mathml", {FORMULAS}),
    "a page makes HTML": ("kb.site.pages.home", "markdown", {HTML}),
    "a page needs a proposal": ("kb.site.pages.add", "kb.proposal.judge", {FLOORS}),
    "the graph needs what travels": ("kb.walk", "kb.carried", {FLOORS}),
    "a draft reads BibTeX": ("kb.importers.draft", "pybtex", {TEX}),
    "a draft reads TeX": ("kb.importers.draft", "pylatexenc", {TEX}),
    "an importer goes to the web": ("kb.importers.gather", "httpx", {WEB}),
    "a page converts characters": ("kb.site.pages.home", "opencc", {CHINESE}),
    "the records know sounds": ("kb.site.search.records", "pypinyin", {CHINESE}),
    "a rule parses arguments": ("kb.rules.texts", "argparse", {ARGUMENTS}),
    "a rule runs a program": ("kb.rules.texts", "subprocess", {PROGRAMS}),
    **{
        f"a rule starts processes by {module}": ("kb.rules.texts", module, {PROGRAMS})
        for module in ("ctypes", "multiprocessing", "pexpect", "pty")
    },
    "the build starts processes itself": (
        "kb.site.mkdocs.build",
        "multiprocessing",
        {PROGRAMS},
    ),
    "a command runs a program": ("kb.commands.changed", "subprocess", {PROGRAMS}),
    "a room that nobody placed": ("kb.attic", "kb.findings", {FLOORS}),
    "a room of the site that nobody placed": ("kb.site.attic", "kb.findings", {SITE}),
}
NEW = ("kb.attic", "kb.site.attic")
BANNED = {
    "import urllib.request": "urllib.request",
    "from urllib import request": "urllib.request",
    "from urllib.request import urlopen": "urllib.request",
    "import urllib\nurllib.request.urlopen": "urllib.request",
    "import http.client": "http.client",
    "from http import client": "http.client",
    "import http.server": "http.server",
    "import logging.handlers": "logging.handlers",
    "import os\nos.system('ls')": "os.system",
    "from os import system": "os.system",
    "import os as o\no.popen('ls')": "os.popen",
    "import os\nos.execv('ls', ['ls'])": "os.execv",
    "import os\nos.posix_spawn('ls', ['ls'], {})": "os.posix_spawn",
    "import os\nos.fork()": "os.fork",
    "from concurrent.futures import ProcessPoolExecutor": "concurrent.futures.ProcessPoolExecutor",
}
"""What import-linter cannot see, since it knows modules of the standard library only as a whole."""
HARMLESS = ("from urllib.parse import urlsplit", "from http import HTTPStatus", "import os")
ROOMS = ("kb/rules/texts.py", "kb/kinds.py", "kb/commands/check.py", "kb/site/mkdocs/build.py")


def banned(line: str, room: str) -> str:
    """What ruff says of ``line`` in ``room``."""
    ruff = Path(sys.executable).with_name("ruff")
    words = ("check", "--select", "TID251", "--output-format", "concise", "--no-cache")
    done = subprocess.run(
        [ruff, *words, "--config", CONFIG, "--stdin-filename", str(ROOT / room), "-"],
        input=f"{line}\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize("room", ROOMS)
def test_the_web_and_programs_have_no_back_door(room):
    for line, name in BANNED.items():
        assert f"`{name}` is banned" in banned(line, room), line
    assert not any(banned(line, room) for line in HARMLESS)


def test_every_ban_is_lifted_in_named_places_only():
    lifted = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "kb").rglob("*.py"))
        if "noqa: TID251" in path.read_text(encoding="utf-8")
    ]
    assert lifted == ["kb/site/mkdocs/server.py"]


@dataclass(frozen=True)
class Planted:
    """Gives import-linter a graph that is built already instead of one of the files."""

    graph: grimp.ImportGraph

    def build(self, **options: object) -> grimp.ImportGraph:
        return self.graph


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kb", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="module")
def contracts() -> Iterator[UserOptions]:
    configuration.configure()
    for name, contract in TYPES.items():
        registry.register(contract, name)
    yield read_user_options(CONFIG)
    configuration.configure()


def fallen(graph: grimp.ImportGraph, contracts: UserOptions) -> set[str]:
    """The names of the contracts that ``graph`` breaks."""
    settings.configure(GRAPH_BUILDER=Planted(graph))
    report = create_report(contracts)
    assert not report.could_not_run
    return {
        contract.name
        for contract, check in report.get_contracts_and_checks()
        if check is not None and not check.kept
    }


def test_the_walls_stand(graph, contracts):
    assert fallen(graph, contracts) == set()


@pytest.mark.parametrize(("importer", "imported", "walls"), PLANTS.values(), ids=PLANTS.keys())
def test_a_forbidden_import_turns_its_wall_red(graph, contracts, importer, imported, walls):
    if importer in NEW:
        graph.add_module(importer)
    unknown = not imported.startswith("kb") and imported not in graph.modules
    if unknown:  # a package that nobody imports yet
        graph.add_module(imported, is_squashed=True)
    assert {importer, imported} <= graph.modules, "the table names a room that is gone"
    assert not graph.direct_import_exists(importer=importer, imported=imported)
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="import")
    try:
        assert fallen(graph, contracts) == walls
    finally:
        graph.remove_import(importer=importer, imported=imported)
        if importer in NEW:
            graph.remove_module(importer)
        if unknown:
            graph.remove_module(imported)


def test_every_wall_is_tried(contracts):
    names = {contract["name"] for contract in contracts.contracts_options}
    assert names == set().union(*(walls for _, _, walls in PLANTS.values()))


@pytest.mark.parametrize(
    ("line", "code"), [("", 0), ("import kb.links.judge\n", 1)], ids=["as it is", "planted"]
)
def test_the_command_sees_an_import_that_is_written_in_a_file(tmp_path, line, code):
    shutil.copytree(
        ROOT / "kb", tmp_path / "kb", ignore=shutil.ignore_patterns("__pycache__", "theme")
    )
    shutil.copy(CONFIG, tmp_path)
    with (tmp_path / "kb" / "lab" / "net.py").open("a", encoding="utf-8") as file:
        file.write(line)
    done = subprocess.run(
        [shutil.which("lint-imports", path=ROOT / ".venv/bin") or "lint-imports", "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert ("kb.lab.net -> kb.links.judge" in done.stdout) == bool(line)


def test_no_two_classes_share_a_name():
    found = Counter(
        node.name
        for path in sorted((ROOT / "kb").rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, count in found.items() if count > 1} == set()
