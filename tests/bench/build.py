"""Building the site against plain MkDocs Material on the same Markdown."""

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
            python("-m", "mkdocs", "build", "--site-dir", str(scratch / "ours")),
            RUNS[size],
            ROOT,
            KB_CATALOG=str(root),
            NO_MKDOCS_2_WARNING="1",
        )
        plain[size] = _plain(scratch / f"plain{size}", root, RUNS[size])
        rows.append(
            Row(
                f"building {size:,} entries, with search index and exports",
                ours[size],
                "plain MkDocs Material, same Markdown, its own search",
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


def _plain(folder: Path, root: Path, runs: int) -> Run:
    """Plain Material over the same pages, with the same extensions and short navigation."""
    best(python("-m", "kb", "--root", str(root), "render", str(folder / "docs")), 1)
    for page in (ROOT / "docs").glob("*.md"):
        shutil.copy(page, folder / "docs")
    ours = yaml.load(
        (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", ""),
        Loader=yaml.SafeLoader,
    )
    kept = {key: ours[key] for key in ("nav", "markdown_extensions", "validation")}
    theme = {"name": "material", "font": False, "features": ours["theme"]["features"]}
    (folder / "mkdocs.yml").write_text(
        yaml.safe_dump({"site_name": "plain", "theme": theme, "plugins": ["search"], **kept}),
        encoding="utf-8",
    )
    return best(python("-m", "mkdocs", "build"), runs, folder, NO_MKDOCS_2_WARNING="1")
