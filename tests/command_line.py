"""`symposia` in processes of their own: Scrapy's reactor cannot be started twice in one.

Each process is forked from one that has imported Scrapy already, which takes longer than most of these crawls.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import reload
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import spiders.settings
from commands.main import main

PATIENCE = 600
"""Seconds after which a command counts as hung: far more than the slowest takes on a busy machine."""
PROCESSES: Any = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
if hasattr(os, "fork"):
    PROCESSES.set_forkserver_preload(["tests.command_line", "tests.preloaded"])

FILES = {"SYMPOSIA_STORE": "s.db", "SYMPOSIA_SOURCES": "sources.toml"}
"""What a command works on, in the folder it runs in."""
Result = subprocess.CompletedProcess[str]


class StartedCommand:
    """A command at work in a process of its own, which writes its output to two files."""

    def __init__(self, process: BaseProcess, words: Sequence[str], outputs: tuple[Path, Path]) -> None:
        self._process = process
        self._words = words
        self._outputs = outputs

    @property
    def pid(self) -> int:
        """The id of the process."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def stderr(self) -> str:
        """What was written to standard error so far."""
        return self._outputs[1].read_text("utf-8")

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the process, if it is still there, and wait until it is gone."""
        self._process.kill()
        self._process.join()

    def wait(self) -> Result:
        """Wait until the command ends.

        Raises:
            subprocess.TimeoutExpired: It did not end within PATIENCE seconds; it is killed.
        """
        self._process.join(PATIENCE)
        code = self._process.exitcode
        if code is None:
            self.kill()
            raise subprocess.TimeoutExpired(self._words, PATIENCE, *(path.read_bytes() for path in self._outputs))
        return subprocess.CompletedProcess(self._words, code, *(path.read_text("utf-8") for path in self._outputs))


def start_command(
    *words: str, cwd: Path, env: Mapping[str, str] | None = None, before: Callable[[], object] | None = None
) -> StartedCommand:
    """Start `symposia WORDS`.

    Args:
        words: The command and its arguments.
        cwd: The folder that it runs in.
        env: Variables to set besides those of the tests.
        before: Called in the process first.
    """
    folder = Path(mkdtemp(prefix="output-", dir=cwd.parent))
    outputs = folder / "stdout", folder / "stderr"
    for path in outputs:
        path.touch()
    environment = {**os.environ, **(env or {})}
    process = PROCESSES.Process(target=_run_in_child, args=(words, cwd, environment, outputs, before))
    process.start()
    return StartedCommand(process, words, outputs)


def run_command(
    *words: str, cwd: Path, env: Mapping[str, str] | None = None, before: Callable[[], object] | None = None
) -> Result:
    """Run `symposia WORDS` to its end, with the arguments of `start_command`."""
    return start_command(*words, cwd=cwd, env=env, before=before).wait()


def _run_in_child(
    words: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    outputs: tuple[Path, Path],
    before: Callable[[], object] | None,
) -> None:
    """Make the child process what a shell would have started, and run the command line in it."""
    os.environ.clear()
    os.environ.update(environment)
    reload(spiders.settings)  # which reads the environment when it is imported
    os.chdir(cwd)
    for stream, path in zip((1, 2), outputs, strict=True):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), stream)
    if before:
        before()
    sys.argv = ["symposia", *words]
    main()
