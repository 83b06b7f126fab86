"""The locks: complete on every Python and system, with hashes, and without any host."""

import json
import re
import tomllib
from itertools import product

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.catalogs import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BACKEND = PROJECT["build-system"]["requires"]
SITE = BACKEND + PROJECT["project"]["dependencies"]
EXTRAS, GROUPS = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]

# what each lock is for, and whether each of its packages has hashes
LOCKS = {
    "requirements/site.txt": (SITE, True),
    "requirements/test.txt": (SITE + EXTRAS["test"], True),
    "requirements/libraries.txt": (SITE + EXTRAS["libraries"], False),
    "requirements/lock.txt": (GROUPS["lock"], True),
    "kb/runtime/node.txt": (GROUPS["node"], True),
}
SYSTEMS = {
    "linux": ("Linux", "x86_64"),
    "darwin": ("Darwin", "arm64"),
    "win32": ("Windows", "AMD64"),
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HOST = re.compile(r"://|@\s*(?:git|file|https?)|^\s*-", re.M)


def text_of(lock):
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock):
    """The pins of ``lock`` by normalized name, and the hashes of each."""
    found = {}
    for entry in text_of(lock).replace("\\\n", " ").splitlines():
        if entry and not entry.startswith("#"):
            words, *hashes = entry.split("--hash=")
            pin = Requirement(words.strip())
            found.setdefault(canonicalize_name(pin.name), []).append((pin, hashes))
    return found


def environment(python, system):
    platform_system, machine = SYSTEMS[system]
    return {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.5",
        "sys_platform": system,
        "platform_system": platform_system,
        "platform_machine": machine,
    }


def version(pin):
    [specifier] = pin.specifier
    assert specifier.operator == "==", f"{pin} is not an exact version"
    return specifier.version


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_option(lock):
    plain = re.sub(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$", "", text_of(lock), flags=re.M)
    assert not HOST.search(plain)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_has_an_exact_version_and_its_hashes(lock):
    hashed = LOCKS[lock][1]
    for pin, hashes in [pin for several in pins(lock).values() for pin in several]:
        assert version(pin) and bool(hashes) == hashed, pin
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", found) for found in hashes), pin


@pytest.mark.parametrize(("lock", "python", "system"), list(product(LOCKS, PYTHONS, SYSTEMS)))
def test_each_requirement_is_locked_once_inside_its_range(lock, python, system):
    locked, here = pins(lock), environment(python, system)
    for wanted in map(Requirement, LOCKS[lock][0]):
        fitting = [
            pin
            for pin, _ in locked.get(canonicalize_name(wanted.name), [])
            if pin.marker is None or pin.marker.evaluate(here)
        ]
        assert len(fitting) == 1, f"{wanted} is locked {len(fitting)} times; run `make lock`"
        assert wanted.specifier.contains(version(fitting[0]), prereleases=True), (
            f"{fitting[0]} is not in {wanted}; run `make lock`"
        )


def test_the_tests_run_what_the_site_is_built_with():
    site, test = pins("requirements/site.txt"), pins("requirements/test.txt")
    assert {name: test.get(name) for name in site} == site


def test_npm_packages_are_exact_and_known_by_their_hashes_alone():
    wanted = json.loads(text_of("package.json"))["devDependencies"]
    packages = json.loads(text_of("package-lock.json"))["packages"]
    assert packages.pop("")["devDependencies"] == wanted
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-") and "resolved" not in package, name
        package.pop("funding", None)
    assert "://" not in json.dumps(packages)


def test_every_requirement_set_of_the_project_has_a_lock():
    assert {*EXTRAS, *GROUPS} == {"test", "libraries", "lock", "node"}


@pytest.mark.parametrize("lock", ["requirements/site.txt", "requirements/test.txt"])
def test_make_installs_a_lock_by_its_hashes_and_wheels_alone(lock):
    makefile = text_of("Makefile")
    rule = re.search(rf"^\S+: {lock}.*\n\t\$\(BIN\)/python \$\(LOCKED\) \$<$", makefile, re.M)
    assert rule and "LOCKED := $(PIP) --only-binary :all: --require-hashes" in makefile
