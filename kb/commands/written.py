"""Findings in the format that was asked for, signed with this program's version and site."""

import os
from collections.abc import Sequence
from importlib.metadata import version

from kb import report
from kb.findings import Finding


def written(findings: Sequence[Finding], format: str, command: str = "kb check") -> str:
    """``findings`` of ``command`` in ``format``.

    The site with the rules' pages is `KB_SITE_URL`, as in its build; without it, no address is
    given, because the preview is not there for whoever reads the log.
    """
    if format != "sarif":
        return report.FORMATS[format](findings)
    site = os.environ.get("KB_SITE_URL", "")
    return report.sarif(findings, report.Tool(version("kb"), site, command))
