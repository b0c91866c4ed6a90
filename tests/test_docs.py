"""What the documents say is true: commands, links, files, modules, the tree of rooms, and the scripts of the cron page."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from pkgutil import resolve_name

import pytest
from click.testing import CliRunner

from commands.main import COMMANDS, cli
from tests.command_line import PATIENCE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
ROOMS = ("symposia", "spiders", "pipelines", "calendar_export", "commands")
FOLDERS = (*ROOMS, "data", "docs", "tests", "benchmarks")
WRITTEN = ("data/store", "data/export", "data/crawl.log")
"""What a crawl, an export and the script of the cron page write: not part of the repository."""
FILES_NOT_MODULES = ("toml", "db", "timer", "service")
"""What follows `symposia.` in the name of a file."""


def read_page(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_and_is_in_the_readme(name: str) -> None:
    """So that nobody has to read the code to find it."""
    shown = CliRunner().invoke(cli, [name, "--help"])

    assert shown.exit_code == 0, shown.output
    assert f"symposia {name}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links only: a test asks nothing of the web."""
    for target in re.findall(r"\]\(([^)#:]+)\)", read_page(page)):
        assert (page.parent / target).exists(), target


def test_the_commands_of_the_documents_exist() -> None:
    """Every `symposia WORD` and every `make WORD` in any of them."""
    text = "\n".join(map(read_page, PAGES))

    assert set(re.findall(r"`(?:\.venv/bin/)?symposia ([a-z]+)", text)) <= set(COMMANDS)
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= set(
        re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)
    )


def find_code_words(text: str) -> Iterator[str]:
    """Every word in backticks and in code blocks, without the punctuation around it."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    for code in (*blocks, *spans):
        yield from (word.strip(".,:;()\"'") for word in code.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_that_the_documents_name_exist(page: Path) -> None:
    """Each path from the root of the repository, and each Python module by its file name."""
    words = set(find_code_words(read_page(page)))
    paths = {word for word in words if re.fullmatch(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*", word)}
    modules = {word for word in words if re.fullmatch(r"(?:\w+/)*\w+\.py", word)} - paths

    assert [path for path in paths if not path.startswith(WRITTEN) and not (ROOT / path).exists()] == []
    assert [name for name in modules if not any(file for room in ROOMS for file in (ROOT / room).rglob(name))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_modules_that_the_documents_name_exist(page: Path) -> None:
    """Each `room.module` and `room.module.Name` can be imported; among them, where the glossary finds each term."""
    for word in set(find_code_words(read_page(page))):
        dotted = re.fullmatch(rf"(?:{'|'.join(ROOMS)})\.(\w+)(?:\.\w+)*", word)
        if dotted and dotted[1] not in FILES_NOT_MODULES:
            resolve_name(word)


def test_each_term_of_the_glossary_says_where_it_is() -> None:
    """By the dotted name of a module, or of something in one."""
    rows = re.findall(r"^\| (?!term)(.+?) \| .+ \| (.+?) \|$", read_page(ROOT / "docs/glossary.md"), re.MULTILINE)

    assert len(rows) > 40
    assert [term for term, where in rows if not re.fullmatch(rf"`(?:{'|'.join(ROOMS)})(?:\.\w+)+`", where)] == []


def read_tree() -> dict[Path, tuple[str, ...]]:
    """Each folder in the tree of docs/how-it-works.md, with the rooms that it may import by its own line."""
    (tree,) = re.findall(r"^```\n(room .*?)^```", read_page(ROOT / "docs/how-it-works.md"), re.DOTALL | re.MULTILINE)
    column = tree.index("imports")
    found: dict[Path, tuple[str, ...]] = {}
    above: list[str] = []
    for line in filter(None, tree.splitlines()[1:]):
        name = line.split("/")[0]
        above = [*above[: (len(name) - len(name.lstrip())) // 2], name.strip()]
        found[Path(*above)] = tuple(filter(None, line[column:].split(", ")))
    return found


def test_the_tree_of_rooms_is_complete() -> None:
    """Every folder of the five rooms that holds a file stands in it, and no other."""
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*") if file.is_file())
    folders = {file.parent.relative_to(ROOT) for file in files}

    assert set(read_tree()) == {folder for folder in folders if folder.name != "__pycache__"}


def may_import(room: Path) -> set[Path]:
    """The rooms that a room may import by its own line, and by those of the rooms around it."""
    tree = read_tree()
    allowed: set[Path] = set()
    for outer in (room, *room.parents[:-1]):
        for name in tree[outer]:
            inner = outer.parent / name
            allowed |= set(map(Path, ROOMS)) if name == "all" else {inner if inner in tree else Path(name)}
    return allowed


def find_imports(room: Path) -> Iterator[Path]:
    """The modules and packages of the five rooms that the modules directly in a room import, as paths."""
    for file in (ROOT / room).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ROOMS:
                yield Path(*node.module.split("."))


@pytest.mark.parametrize("room", read_tree(), ids=str)
def test_the_tree_of_rooms_says_what_each_may_import(room: Path) -> None:
    """What it names, itself and the rooms inside it, and the modules directly in the room around it."""
    rooms, allowed = read_tree(), may_import(room)

    for imported in find_imports(room):
        is_beside = imported not in rooms and imported.parent == room.parent
        assert is_beside or {imported, *imported.parents} & {room, *allowed}, imported


def test_the_wheel_lists_the_five_rooms() -> None:
    """Without a mapping of names, and with the data."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]

    assert tuple(wheel["packages"]) == ROOMS
    for inside in wheel["force-include"]:
        assert (ROOT / inside).exists(), inside


def test_every_dependency_has_a_lower_bound() -> None:
    """So that no resolver picks an ancient release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?>=[0-9.]+", line), line


def test_dates_are_read_in_one_room() -> None:
    """Only symposia.when reads what a source wrote. The others read what Symposia or a WARC writer wrote."""
    own = {"symposia/moments.py", "spiders/archive.py", "commands/options.py"}
    reading = re.compile(
        r"^(?! *(?:>>>|\.\.\.)).*(?:strptime|fromisoformat|dateutil\.parser|\bdateparser\b)", re.MULTILINE
    )
    found = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8")) and "symposia/when" not in str(path)
    }

    assert found <= own


CRON = (ROOT / "docs/cron.md").read_text(encoding="utf-8")


def find_blocks(kind: str) -> list[str]:
    """The code blocks of that kind on the cron page."""
    return re.findall(rf"```{kind}\n(.*?)```", CRON, re.DOTALL)


def test_the_units_of_the_cron_page_can_be_parsed() -> None:
    """They have the sections of their kind, and start commands that exist."""
    service, timer = find_blocks("ini")
    commands = re.findall(r"^ExecStart=-?/srv/symposia/\.venv/bin/symposia (\w+)", service, re.MULTILINE)
    assert commands == ["crawl", "export", "health"]
    for text, section in ((service, "Service"), (timer, "Timer")):
        parsed = ConfigParser(strict=False, interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's documentation says
        parsed.read_string(text)
        assert {"Unit", section, "Install"} == set(parsed.sections())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """It knows every line of them."""
    for name, text in zip(("service", "timer"), find_blocks("ini"), strict=True):
        text = text.replace("/srv/symposia/.venv/bin/symposia", sys.executable)
        (tmp_path / f"symposia.{name}").write_text(text, encoding="utf-8")
    units = [str(tmp_path / "symposia.service"), str(tmp_path / "symposia.timer")]

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=PATIENCE
    )

    assert "symposia." not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell here")
@pytest.mark.parametrize(
    ("crawl", "called", "mailed"),
    [
        (0, ["crawl", "export", "health"], ""),
        (3, ["crawl", "export", "health"], ""),
        (4, ["crawl"], ""),
        (1, ["crawl", "export", "health"], "the crawl did not run:\nnot well: crawl\n"),
    ],
)
def test_the_script_of_the_cron_page(tmp_path: Path, crawl: int, called: list[str], mailed: str) -> None:
    """Which commands it runs, and what cron mails, for each exit status of a crawl."""
    (script,) = find_blocks("sh")
    stub = tmp_path / ".venv/bin/symposia"
    stub.parent.mkdir(parents=True)
    stub.write_text(
        f'#!/bin/sh\necho "$1" >>called\n[ "$1" = crawl ] || exit 0\necho "not well: $1" >&2\nexit {crawl}\n'
    )
    stub.chmod(0o755)
    (tmp_path / "data").mkdir()
    nightly = script.replace("/srv/symposia", str(tmp_path))

    done = subprocess.run(["sh", "-c", nightly], capture_output=True, text=True, timeout=PATIENCE)

    assert (done.stdout, done.stderr) == (mailed, "")
    assert (tmp_path / "called").read_text().split() == called


def test_the_workflow_of_the_cron_page() -> None:
    """It runs commands that exist, gives each job only the rights it needs, installs the locked packages, and keeps the store."""
    yaml = pytest.importorskip("yaml", reason="pre-commit and Apprise bring it along")
    (text,) = find_blocks("yaml")
    workflow = yaml.safe_load(text)
    jobs, steps = workflow["jobs"], workflow["jobs"]["crawl"]["steps"]
    runs = "\n".join(step.get("run", "") for step in steps)
    kept = [step["with"]["path"] for step in steps if "cache/" in step.get("uses", "")]

    assert re.findall(r"python -m commands\.main (\w+)", runs) == ["crawl", "export", "lint", "health"]
    assert re.findall(r"pip install (.*)", runs) == ["--require-hashes -r requirements.lock"]
    assert (workflow["permissions"], workflow["concurrency"]["cancel-in-progress"]) == ({}, False)
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "crawl": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
        "tell": {},
    }
    assert kept == ["data/store\nsite\n"] * 2
    assert [step["if"] for step in steps if "cache/save" in step.get("uses", "")] == ["always()"]


def test_the_commands_of_the_workflow_run_from_the_checkout() -> None:
    """Symposia itself need not be installed."""
    done = subprocess.run(
        [sys.executable, "-m", "commands.main", "--help"], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )

    assert (done.returncode, done.stdout[:16]) == (0, "Usage: symposia "), done.stderr
