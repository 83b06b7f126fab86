"""Findings in the format that was asked for, signed with this program's version and site."""

import os
from collections.abc import Sequence
from importlib.metadata import version

from kb import report
from kb.findings import Finding


def written(findings: Sequence[Finding], format: str) -> str:
    """``findings`` in ``format``. The site with the rules' pages is `KB_SITE_URL`, as in its build;
    without it, that of the preview.
    """
    if format != "sarif":
        return report.FORMATS[format](findings)
    site = os.environ.get("KB_SITE_URL") or report.Tool().site
    return report.sarif(findings, report.Tool(version("kb"), site))
