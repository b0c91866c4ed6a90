"""Input that may run away is read in a child process, which may use so much memory and no more, and may be killed.

Neither bound depends on how busy the machine is: one is of memory, the other of the time that the child itself computes.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from tests.command_line import PATIENCE, PROCESSES

MAX_CPU = 120
"""Seconds of the processor that a call may take before the child is killed: ten times as much as any needs, to end what never would."""


class Answer(NamedTuple):
    """What a call returned, and how many bytes of memory more than ever before it made the child hold."""

    value: Any
    memory: int


class BoundedProcess:
    """Calls a function in a child process, which is replaced when a call kills it."""

    def __init__(self, function: Callable[[str], object], *, memory: int, cpu: int = MAX_CPU) -> None:
        """Start nothing yet.

        Args:
            function: A function of a module.
            memory: Bytes that a child may ask for beyond what it has when it starts.
            cpu: Seconds of the processor that a call may take.
        """
        self._work = (function, memory, cpu)
        self._child: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def call(self, argument: str) -> Answer | None:
        """Call the function; None where the child did not live to answer."""
        if self._child is None:
            self._child = self._start()
        calls = self._child[1]
        calls.send(argument)
        try:
            if calls.poll(PATIENCE):
                return Answer(*calls.recv())
        except (EOFError, OSError):  # the other end is gone
            pass
        self._stop()
        return None

    def _start(self) -> tuple[BaseProcess, Connection]:
        ours, theirs = PROCESSES.Pipe()
        process = PROCESSES.Process(target=_answer_calls, args=(theirs, *self._work))
        process.start()
        theirs.close()
        return process, ours

    def _stop(self) -> None:
        if self._child is None:
            return
        process, calls = self._child
        self._child = None
        calls.close()
        process.kill()
        process.join()


def _answer_calls(calls: Connection, function: Callable[[str], object], memory: int, cpu: int) -> None:
    """Answer calls in the child process until the other end is closed."""
    _limit_memory(memory)
    with suppress(EOFError):
        while True:
            argument = calls.recv()
            before = _start_clock(cpu)
            value = function(argument)
            calls.send((value, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024))


def _limit_memory(memory: int) -> None:
    """Let this process take no more than so many bytes beyond what it has; nothing where the system does not say what it has."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        most = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _start_clock(cpu: int) -> int:
    """Have this process killed after so many more seconds of computing; return the most memory it has held, in kilobytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + cpu
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return used.ru_maxrss
