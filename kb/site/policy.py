"""The content policy of every page: nothing from another origin, no script but named ones.

Scripts are our own files and the theme's few inline ones, named by hash.
"""

import base64
import hashlib
import re

_INLINE = re.compile(r"<script>(.*?)</script>", re.S)
_RULES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def policy(scripts: str, asked: str = "") -> str:
    """A Content-Security-Policy that lets the inline scripts in the HTML ``scripts`` run, only.

    ``asked`` is the one other origin that the page may ask; none if it is empty.
    """
    allowed = " ".join(_hash(script) for script in _INLINE.findall(scripts))
    rules = _RULES | {
        "script-src": f"{_RULES['script-src']} {allowed}".strip(),
        "connect-src": f"{_RULES['connect-src']} {asked}".strip(),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
