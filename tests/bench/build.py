"""Building the site, both trees side by side, against plain MkDocs Material doing the same."""

import shutil
from pathlib import Path

import yaml

from tests.bench.generate import write
from tests.bench.measure import Run, best, python
from tests.bench.table import Row, Section
from tests.catalogs import ROOT

RUNS = {1_000: 3, 10_000: 1}
SIZES = tuple(RUNS)


def measure(scratch: Path) -> Section:
    """Both sizes, ours and plain; and how time grows."""
    rows, ours, plain = [], {}, {}
    for size in SIZES:
        root = scratch / f"build{size}" / "catalog"
        write(root, size)
        ours[size] = best(
            python("-m", "kb", "build"),
            RUNS[size],
            ROOT,
            KB_CATALOG=str(root),
            KB_SITE_DIR=str(scratch / "ours"),
            NO_MKDOCS_2_WARNING="1",
        )
        plain[size] = _plain(scratch / f"plain{size}", root, RUNS[size])
        rows.append(
            Row(
                f"building {size:,} entries in two languages, with search index and exports",
                ours[size],
                "plain MkDocs Material, the same two trees side by side, its own search",
                plain[size],
                "at most 1.2×, under 1 GB",
            )
        )
    rows.append(
        Row(
            "10,000 entries",
            ours[SIZES[1]],
            "ten times 1,000 entries",
            Run(10 * ours[SIZES[0]].seconds, ours[SIZES[0]].megabytes),
            "linear: about 1×",
        )
    )
    return Section("build", "Building the site", tuple(rows))


_SIDE_BY_SIDE = (
    "import subprocess, sys\n"
    "started = [subprocess.Popen([sys.executable, '-m', 'mkdocs', 'build'], cwd=one)"
    " for one in sys.argv[1:]]\n"
    "sys.exit(max(one.wait() for one in started))\n"
)


def _plain(folder: Path, root: Path, runs: int) -> Run:
    """Plain Material over the same pages, a project for each language, both at once."""
    english, chinese = folder / "en", folder / "zh"
    best(python("-m", "kb", "--root", str(root), "render", str(english / "docs")), 1)
    chinese.mkdir()
    (english / "docs" / "zh").rename(chinese / "docs")
    for place, own in ((english, ROOT / "docs"), (chinese, ROOT / "docs" / "zh")):
        for page in own.glob("*.md"):
            shutil.copy(page, place / "docs")
        _configure(place)
    return best(
        python("-c", _SIDE_BY_SIDE, str(english), str(chinese)), runs, NO_MKDOCS_2_WARNING="1"
    )


def _configure(project: Path) -> None:
    """The same extensions and short navigation as ours."""
    ours = yaml.load(
        (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", ""),
        Loader=yaml.SafeLoader,
    )
    kept = {key: ours[key] for key in ("nav", "markdown_extensions", "validation")}
    theme = {"name": "material", "font": False, "features": ours["theme"]["features"]}
    theme["language"] = project.name
    (project / "mkdocs.yml").write_text(
        yaml.safe_dump({"site_name": "plain", "theme": theme, "plugins": ["search"], **kept}),
        encoding="utf-8",
    )
