"""`kb check` against the least that a reader of YAML can do, and the start-up of `kb`."""

from pathlib import Path

from tests.bench.generate import write
from tests.bench.measure import best, python
from tests.bench.table import Row, Section

LEAST = (
    "import sys, pathlib, yaml\n"
    "for path in pathlib.Path(sys.argv[1]).rglob('*.yaml'):\n"
    "    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)\n"
)


def measure(scratch: Path) -> Section:
    """10,000 entries; and start-up."""
    root = scratch / "check" / "catalog"
    write(root, 10_000)
    ours = best(python("-m", "kb", "--root", str(root), "check"))
    least = best(python("-c", LEAST, str(root)))
    help_, nothing = best(python("-m", "kb", "--help"), runs=7), best(python("-c", "pass"), runs=7)
    return Section(
        "check",
        "Checking the catalogue",
        (
            Row(
                "`kb check`, 10,000 entries",
                ours,
                "bare `yaml.CSafeLoader` over the same files",
                least,
                "at most 2×, under 500 MB",
            ),
            Row("`kb --help`", help_, "`python -c pass`", nothing, "none set"),
        ),
    )
