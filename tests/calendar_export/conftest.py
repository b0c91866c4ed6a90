"""LibreOffice, where it is there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import PATIENCE


@pytest.fixture
def convert(tmp_path: Path) -> Callable[[Path, str, str | None], Path]:
    """Opens a file in LibreOffice, read through a filter where one is named, and saves it as another kind."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not there: apt-get install --no-install-recommends libreoffice-calc")

    def converted(path: Path, kind: str, read_as: str | None = None) -> Path:
        out = tmp_path / f"{path.stem}-as-{kind[:4].rstrip(':')}"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        reading = [f"--infilter={read_as}"] if read_as else []
        call = [found, profile, "--headless", *reading, "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(call, check=True, capture_output=True, timeout=PATIENCE)
        return next(out.iterdir())

    return converted
