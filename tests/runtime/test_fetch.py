"""The runtime comes from package clients, is checked byte by byte, and is refused if a byte
differs.

No test here touches a network.
"""

import gzip
import hashlib
import io
import tarfile
import zipfile

import pytest

from kb.commands.main import main
from kb.runtime import manifest
from kb.runtime.clients import Unavailable
from kb.runtime.fetch import fetch
from kb.runtime.manifest import Carrier, RuntimePart
from kb.runtime.store import missing
from tests.catalogs import ROOT

CONTENT = {"loader.mjs": b"export const x = 1;\n", "machine.wasm": b"\0asm" + bytes(5000)}
PARTS = tuple(
    RuntimePart(name, len(content), hashlib.sha256(content).hexdigest(), name.endswith("wasm"))
    for name, content in CONTENT.items()
)
FIRST, SECOND = Carrier("pip", "first==1", "a/b"), Carrier("npm", "second@1", "package")


def wheel(files):
    """A client whose packages are zips that hold ``files`` in `a/b`."""

    def client(package, folder):
        with zipfile.ZipFile(folder / "x.whl", "w") as whole:
            for name, content in files.items():
                whole.writestr(f"a/b/{name}", content)
        return folder / "x.whl"

    return client


def tarball(files):
    """A client whose packages are tars that hold ``files`` in `package`, and links and a folder of
    the same names beside them.
    """

    def client(package, folder):
        with tarfile.open(folder / "x.tgz", "w:gz") as whole:
            for name, content in files.items():
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(content)
                whole.addfile(member, io.BytesIO(content))
            link = tarfile.TarInfo("package/machine.wasm/../../../evil")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            whole.addfile(link)
        return folder / "x.tgz"

    return client


def broken(package, folder):
    raise Unavailable("no network")


def garbage(package, folder):
    (folder / "x.whl").write_bytes(b"PK\x03\x04 this is no zip")
    return folder / "x.whl"


def unused(package, folder):
    raise AssertionError("nothing was missing")


def test_a_package_that_is_the_file_is_kept_whole(tmp_path):
    core = RuntimePart("x.whl", 4, hashlib.sha256(b"core").hexdigest())

    def client(content):
        def get(package, folder):
            (folder / "x.whl").write_bytes(content)
            return folder / "x.whl"

        return {"pip-browser": get}

    carriers = (Carrier("pip-browser", "x==1"),)
    with pytest.raises(Unavailable):
        fetch(tmp_path, print, client(b"evil"), carriers, (core,))
    folder = fetch(tmp_path, print, client(b"core"), carriers, (core,))
    assert (folder / "x.whl").read_bytes() == b"core"


def test_pydantic_finds_in_the_browser_the_core_that_it_works_with():
    lock = (ROOT / "requirements" / "site.txt").read_text(encoding="utf-8")
    assert f"pydantic-core=={manifest.PYDANTIC_CORE} " in lock
    assert manifest.CHECKER[0].name == manifest.CORE


def test_what_a_wheel_has_is_kept_and_a_second_time_nothing_is_fetched(tmp_path):
    said = []
    folder = fetch(
        tmp_path, said.append, {"pip": wheel(CONTENT), "npm": unused}, (FIRST, SECOND), PARTS
    )
    assert said == ["fetching first==1 with pip, once"]
    assert (folder / "loader.mjs").read_bytes() == CONTENT["loader.mjs"]
    assert gzip.decompress((folder / "machine.wasm.packed").read_bytes()) == CONTENT["machine.wasm"]
    assert sorted(path.name for path in folder.iterdir()) == ["loader.mjs", "machine.wasm.packed"]
    assert (
        fetch(tmp_path, said.append, {"pip": unused, "npm": unused}, (FIRST, SECOND), PARTS)
        == folder
        and len(said) == 1
    )


OTHER = {
    "one letter": b"export const x = 2;\n",
    "more": CONTENT["loader.mjs"] + b"\n",
    "less": b"",
    "far too much": bytes(10_000_000),
}


@pytest.mark.parametrize("content", OTHER.values(), ids=OTHER.keys())
def test_a_wrong_hash_is_refused_loudly_and_never_kept(tmp_path, content):
    said = []
    with pytest.raises(Unavailable, match=r"no package provides loader\.mjs"):
        fetch(
            tmp_path,
            said.append,
            {"pip": wheel(CONTENT | {"loader.mjs": content})},
            (FIRST,),
            PARTS,
        )
    assert said[1:] == [
        "  REFUSED loader.mjs: its SHA-256 hash is not the one in kb/runtime/manifest.py"
    ]
    assert [path.name for path in (tmp_path / manifest.VERSION).iterdir()] == [
        "machine.wasm.packed"
    ]


FAILING = {
    "no network": broken,
    "no archive": garbage,
    "an empty package": wheel({}),
    "a wrong byte": wheel(dict.fromkeys(CONTENT, b"x")),
}


@pytest.mark.parametrize("first", FAILING.values(), ids=FAILING.keys())
def test_the_next_carrier_is_asked_when_one_fails(tmp_path, first):
    said = []
    folder = fetch(
        tmp_path, said.append, {"pip": first, "npm": tarball(CONTENT)}, (FIRST, SECOND), PARTS
    )
    assert missing(folder, PARTS) == [] and said[-1] == "fetching second@1 with npm, once"


def test_two_carriers_complete_each_other(tmp_path):
    clients = {
        "pip": wheel({"loader.mjs": CONTENT["loader.mjs"]}),
        "npm": tarball({"machine.wasm": CONTENT["machine.wasm"]}),
    }
    assert missing(fetch(tmp_path, lambda said: None, clients, (FIRST, SECOND), PARTS), PARTS) == []


def test_a_damaged_cache_is_fetched_anew(tmp_path):
    clients = {"pip": wheel(CONTENT)}
    folder = fetch(tmp_path, lambda said: None, clients, (FIRST,), PARTS)
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert missing(folder, PARTS) == list(PARTS)
    fetch(tmp_path, lambda said: None, clients, (FIRST,), PARTS)
    assert missing(folder, PARTS) == []


def test_packed_files_that_hold_too_much_are_damaged(tmp_path):
    (tmp_path / "machine.wasm.packed").write_bytes(
        gzip.compress(CONTENT["machine.wasm"] + bytes(100_000_000))
    )
    assert PARTS[1] in missing(tmp_path, PARTS)


def test_the_command_says_where_the_runtime_is_or_that_there_is_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    assert main(["runtime", "--folder", str(tmp_path / "cache")]) == 1
    out, err = capsys.readouterr()
    assert "fetching open-webui" in out and "npm is not installed" in out
    assert (
        err.startswith("no runtime: no package provides pyodide.mjs")
        and "without Run buttons" in err
    )


def test_every_hash_is_one():
    assert all(
        len(part.sha256) == 64 and int(part.sha256, 16) and part.size for part in manifest.PARTS
    )
    assert len({part.kept_as for part in manifest.PARTS}) == len(manifest.PARTS)
