"""The documentation says what the code does."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.main import COMMANDS, cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_and_is_in_the_readme(name: str) -> None:
    """No command without a word on it."""
    shown = CliRunner().invoke(cli, [name, "--help"])

    assert shown.exit_code == 0, shown.output
    assert f"symposia {name}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links only; others are not asked for in a test."""
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_commands_of_the_documents_exist() -> None:
    """Every `symposia WORD` and every `make WORD` that is written anywhere."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert set(re.findall(r"`(?:\.venv/bin/)?symposia ([a-z]+)", text)) <= set(COMMANDS)
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= set(
        re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)
    )


def test_the_wheel_lists_the_five_rooms() -> None:
    """No mapping of names, and the data goes along."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]

    assert wheel["packages"] == ["symposia", "spiders", "pipelines", "calendar_export", "commands"]
    for inside in wheel["force-include"]:
        assert (ROOT / inside).exists(), inside


def test_every_dependency_has_a_lower_bound() -> None:
    """So that an old one is not picked in silence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?>=[0-9.]+", line), line


def test_dates_are_read_in_one_room() -> None:
    """What a source writes is read by symposia.when alone; the others read what Symposia itself or WARC wrote."""
    own = {"symposia/codec.py", "spiders/archive.py", "commands/options.py"}
    rooms = ("symposia", "spiders", "pipelines", "calendar_export", "commands")
    reading = re.compile(r"strptime|fromisoformat|dateutil\.parser|\bdateparser\b")
    found = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8")) and "symposia/when" not in str(path)
    }

    assert found <= own


def test_the_units_of_the_cron_page_are_units() -> None:
    """They parse, begin what is installed, and may write where they must."""
    page = (ROOT / "docs/cron.md").read_text(encoding="utf-8")
    service, timer = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    commands = re.findall(r"^ExecStart=-?/srv/symposia/\.venv/bin/symposia (\w+)", service, re.MULTILINE)
    assert commands == ["crawl", "export", "health"]
    for text, section in ((service, "Service"), (timer, "Timer")):
        parsed = ConfigParser(strict=False, interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's documentation says
        parsed.read_string(text)
        assert {"Unit", section, "Install"} == set(parsed.sections())


def test_the_workflow_of_the_cron_page() -> None:
    """Its commands exist, it may do no more than it must, and it installs what is locked."""
    page = (ROOT / "docs/cron.md").read_text(encoding="utf-8")
    (workflow,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    assert set(re.findall(r"run: symposia (\w+)", workflow)) == {"crawl", "export", "lint", "health"}
    assert "--require-hashes -r requirements.lock" in workflow
    assert re.search(r"^permissions:\n  contents: read\n(?=\S)", workflow, re.MULTILINE)
    assert "\t" not in workflow
