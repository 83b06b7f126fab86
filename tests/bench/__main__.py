"""Runs groups of measurements and writes their sections of docs/benchmarks.md; others stay."""

import datetime
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import build, check, links, preview, run, search
from tests.bench.table import Section, markdown
from tests.catalogs import ROOT

GROUPS: dict[str, Callable[[Path], Section]] = {
    "check": check.measure,
    "build": build.measure,
    "preview": preview.measure,
    "search": search.measure,
    "run": run.measure,
    "links": links.measure,
}
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """---
title: Benchmarks
description: How fast it is, as ratios against named baselines in the same run.
---

# Benchmarks <span lang="zh">性能测试</span>

Written by `make bench`. Seconds move with the machine; the ratio of two figures of one run \
moves little. Each section says when and where it was measured. Memory is the peak of the process, \
or of the largest one that it started.
<span lang="zh">由 `make bench` 生成。秒数随机器变化，同一次运行中的比值则相对稳定；\
每节都注明测量的日期和机器。</span>
"""


def main(names: list[str]) -> int:
    """Measure the groups in ``names``, or all."""
    if unknown := set(names) - GROUPS.keys():
        print(
            f"no group {', '.join(sorted(unknown))}; there are: {', '.join(GROUPS)}",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        for number, name in enumerate(chosen := names or list(GROUPS), 1):
            start = time.perf_counter()
            print(f"[{number}/{len(chosen)}] {name} …", flush=True)
            section = GROUPS[name](Path(scratch))
            text = markdown(section)
            print(f"{text}\n{time.perf_counter() - start:.0f} s in all\n", flush=True)
            _keep(name, text)
    return 0


def _keep(name: str, text: str) -> None:
    """Put ``text`` into its place on the page."""
    page = PAGE.read_text(encoding="utf-8")
    sections = dict(re.findall(r"<!-- (\w+) -->\n(.*?)<!-- /\1 -->\n", page, re.S))
    sections[name] = f"{text}\n{_where()}\n"
    order = [*GROUPS, *(other for other in sections if other not in GROUPS)]
    body = "\n".join(
        f"<!-- {one} -->\n{sections[one]}<!-- /{one} -->\n" for one in order if one in sections
    )
    PAGE.write_text(f"{HEAD}\n{body}", encoding="utf-8")


def _where() -> str:
    cores = len(os.sched_getaffinity(0))
    return (
        f"Measured {datetime.date.today()} on {platform.system()} "
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
