"""Which files the runtime is made of, their SHA-256 hashes, and the packages that carry them.

To change the version is to change this file.

The hashes of COMPILED follow from everything else; `kb runtime` says which it found when they
differ.
"""

from dataclasses import dataclass
from pathlib import Path

VERSION, PYTHON, NUMPY = "314.0.3", "3.14", "2.4.3"
"""Releases of Pyodide and NumPy; the NumPy wheel's hash is that of this release's lock file."""


@dataclass(frozen=True, slots=True)
class RuntimePart:
    """One file of the runtime: its size in bytes and its hash.

    A ``packed`` one is kept and sent as gzip, whatever the web server does.
    """

    name: str
    size: int
    sha256: str
    packed: bool = False

    @property
    def kept_as(self) -> str:
        """Its name in the cache and on the site.

        No web server takes the suffix `.packed` for a content encoding.
        """
        return f"{self.name}.packed" if self.packed else self.name


@dataclass(frozen=True, slots=True)
class Carrier:
    """A package that has files of the runtime in a folder, and the client that can get it.

    Without a ``folder`` the package itself is the file.
    """

    client: str
    package: str
    folder: str = ""


STDLIB, WHEEL = "python_stdlib.zip", f"numpy-{NUMPY}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
PARTS = (
    RuntimePart(
        "pyodide.mjs", 17_880, "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5"
    ),
    RuntimePart(
        "pyodide.asm.mjs",
        1_249_447,
        "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d",
    ),
    RuntimePart(
        "pyodide.asm.wasm",
        9_596_462,
        "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf",
        packed=True,
    ),
    RuntimePart(
        STDLIB,
        2_545_106,
        "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4",
        packed=True,
    ),
    RuntimePart(
        WHEEL,
        2_916_023,
        "0cad9c1b91f0082e4f959bc0e0bf5835a2efbba6ab3b1e9d1fe6e7e564cca98e",
        packed=True,
    ),
)
CARRIERS = (
    Carrier("pip", "open-webui==0.12.4", "open_webui/frontend/pyodide"),
    Carrier("pip", "open-webui==0.12.3", "open_webui/frontend/pyodide"),
    Carrier("npm", f"pyodide@{VERSION}", "package"),
)
"""Tried in this order, each only for what is still missing.

The first has everything; the last is upstream's own package, without NumPy.
"""

PYDANTIC_CORE = "2.50.5"
"""That which `requirements/site.txt` names: Pydantic works with one only."""
CORE = f"pydantic_core-{PYDANTIC_CORE}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
CHECKER = (
    RuntimePart(
        CORE, 1_496_394, "b2910ec0fa5aeb9bef70156f2b79f4783978fdcfaa7b2f1b5d1814458d2e79a1"
    ),
)
"""What the page for new entries needs besides."""
CHECKER_CARRIERS = (Carrier("pip-browser", f"pydantic-core=={PYDANTIC_CORE}"),)

COMPILED = (
    RuntimePart(
        STDLIB,
        9_639_737,
        "b97612050dc926ecf887a6e7a03b76e7f77b7b2fec31341f4a6ec86dba632184",
        packed=True,
    ),
    RuntimePart(
        WHEEL,
        10_841_656,
        "1c4d96c2793a854394d6a0ab92c7b2b0f04644f30460053d1b6b123c08b8fe48",
        packed=True,
    ),
)
"""What `kb.runtime.compile` makes of two of the parts; used instead of them where present."""

AHEAD = (
    "import numpy, numpy.random, gzip, html, json, traceback, linecache, dataclasses, "  # snippets
    "decimal, difflib, email, fractions, hashlib, html.parser, importlib.metadata, "  # the checks
    "importlib.resources.readers, ipaddress, queue, urllib.parse, uuid, xml.etree.ElementTree, "
    "zoneinfo"
)
"""What this statement loads is compiled ahead of time; all else when a page asks for it."""

NODE_LOCK = Path(__file__).with_name("node.txt")
"""Version and hashes of the package that carries Node.js for machines that have none (`make lock`);
it runs the runtime outside of a browser, nothing else.
"""
