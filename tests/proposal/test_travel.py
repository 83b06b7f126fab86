"""What travels to the page for new entries is complete."""

import gzip
import io
import os
import subprocess
import sys
import zipfile

from kb.site.shelf import checking
from tests.catalogs import toy


def test_the_modules_that_travel_need_no_other_of_ours(tmp_path):
    packed = checking(tmp_path, toy().catalog)["checker.zip.packed"]
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(packed))) as checker:
        own = [name for name in checker.namelist() if name.startswith("kb/")]
        checker.extractall(tmp_path, own)
    done = subprocess.run(
        [sys.executable, "-c", "import kb.proposal.page as page; print(page.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))
