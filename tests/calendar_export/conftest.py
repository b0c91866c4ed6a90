"""LibreOffice, where it is there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import PATIENCE


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """LibreOffice's settings, which it takes a while to make: an argument for it."""
    return f"-env:UserInstallation={tmp_path_factory.mktemp('profile').as_uri()}"


@pytest.fixture
def convert(tmp_path: Path, profile: str) -> Callable[[Path, str, str | None], Path]:
    """Opens a file in LibreOffice, read through a filter where one is named, and saves it as another kind."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not there: apt-get install --no-install-recommends libreoffice-calc")

    def converted(path: Path, kind: str, read_as: str | None = None) -> Path:
        out = tmp_path / f"{path.stem}-as-{kind[:4].rstrip(':')}"
        reading = [f"--infilter={read_as}"] if read_as else []
        call = [found, profile, "--headless", *reading, "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(call, check=True, capture_output=True, timeout=PATIENCE)
        return next(out.iterdir())

    return converted
