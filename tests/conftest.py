"""What the tests add to pytest: one option, and how many run side by side."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no reason for a property to fail.
settings.register_profile("kb", deadline=None)
settings.load_profile("kb")


def pytest_xdist_auto_num_workers():
    """One worker more than there are cores: many tests wait for a browser or a clock."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files again; look at the difference before you commit it",
    )


@pytest.fixture
def golden(request):
    """Compares a text with its golden file."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
