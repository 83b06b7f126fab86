"""The repository's web page, from what people have as a remote."""

import subprocess

import pytest

from kb.site.mkdocs.repository import address, of

REMOTES = {
    "https": ("https://github.com/ada/kb.git", "https://github.com/ada/kb"),
    "https without .git": ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c"),
    "a token is dropped": ("https://x-token:secret@github.com/ada/kb", "https://github.com/ada/kb"),
    "git@": ("git@github.com:ada/kb.git", "https://github.com/ada/kb"),
    "ssh with a port": ("ssh://git@codeberg.org:22/ada/kb.git", "https://codeberg.org/ada/kb"),
    "a path": ("/srv/git/kb.git", ""),
    "a relative path": ("../kb", ""),
    "a file": ("file:///srv/git/kb.git", ""),
    "http": ("http://github.com/ada/kb", ""),
    "a host of this machine": ("https://localhost/ada/kb", ""),
    "an IP address": ("https://10.0.0.5/ada/kb", ""),
    "a port": ("https://github.com:8443/ada/kb", ""),
    "no owner": ("https://github.com/kb", ""),
    "markup": ('https://github.com/ada/"><script>', ""),
    "parents": ("https://github.com/ada/../kb", ""),
    "nothing": ("", ""),
    "no address": ("https://[", ""),
}


@pytest.mark.parametrize("case", REMOTES)
def test_only_a_remote_on_a_forge_has_a_page(case):
    remote, wanted = REMOTES[case]
    assert address(remote) == wanted


def test_git_is_asked_for_the_remote(tmp_path):
    assert of(tmp_path) == ""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert of(tmp_path) == ""
    wanted = "https://github.com/ada/kb"
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", f"{wanted}.git"], check=True)
    assert of(tmp_path) == wanted
