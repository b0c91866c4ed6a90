"""requirements.lock: each package that Symposia needs, at a version that will do, by its hashes, from nowhere in particular."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
NEEDED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["serve"]]
ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; [^\\]+)? \\\n(?P<hashes>(?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE
)


def locked() -> dict[str, tuple[str, list[str]]]:
    """The version and the hashes of each package, by its name."""
    return {one["name"]: (one["version"], one["hashes"].split()) for one in ENTRY.finditer(LOCK)}


@pytest.mark.parametrize("line", NEEDED)
def test_each_dependency_is_locked(line: str) -> None:
    """At or above its lower bound."""
    wanted = Requirement(line)

    version, _ = locked()[canonicalize_name(wanted.name)]

    assert wanted.specifier.contains(version)


def test_each_package_is_known_by_its_hashes() -> None:
    """SHA-256, of every file that is offered; and all lines are read here."""
    found = locked()

    assert found.keys() == set(re.findall(r"^(\S+)==", LOCK, re.MULTILINE))
    for version, hashes in found.values():
        assert re.fullmatch(r"[\w.]+", version)
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}|\\", one) for one in hashes)


def test_no_registry_is_named() -> None:
    """Whoever installs chooses where from."""
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--extra-index" not in LOCK


def test_what_is_installed_fits_together() -> None:
    """Each installed package finds those that it needs, at versions that will do."""
    installed = {canonicalize_name(one.metadata["Name"]): one for one in distributions()}
    unmet = [
        f"{name} needs {line}"
        for name, one in installed.items()
        for line in one.requires or ()
        if (need := Requirement(line))
        and (not need.marker or need.marker.evaluate({**default_environment(), "extra": ""}))
        if (there := installed.get(canonicalize_name(need.name))) is None
        or not need.specifier.contains(there.version, prereleases=True)
    ]

    assert unmet == []
