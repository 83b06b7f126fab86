"""Findings in the format that was asked for, signed with this program's version and site."""

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from kb import report
from kb.findings import Finding
from kb.site.mkdocs import repository

_FOLDER = Path(__file__).parents[2]
"""That of the project, where it is not installed."""


def written(findings: Sequence[Finding], format: str, command: str = "kb check") -> str:
    """``findings`` of ``command`` in ``format``.

    The site with the rules' pages is `KB_SITE_URL`, as in its build; without it, no page of a rule
    is given, because the preview is not there for whoever reads the log.
    """
    if format != "sarif":
        return report.FORMATS[format](findings)
    site, number = os.environ.get("KB_SITE_URL", ""), version("kb")
    home = site or repository.of(_FOLDER) if (_FOLDER / "mkdocs.yml").is_file() else site
    return report.sarif(findings, report.Tool(number, site, command, home))
