"""What is read in a bounded process ends, whatever it does."""

from __future__ import annotations

import os

from tests.bounded_process import BoundedProcess


def misbehave(how: str) -> str:
    """Take too much memory, end the process, never return, or do nothing of the kind."""
    if how == "take":
        try:
            return str(len(bytes(2_000_000_000)))
        except MemoryError:
            return "refused"
    if how == "end":
        os._exit(3)
    while how == "never return":
        pass
    return how


def test_calls_that_misbehave() -> None:
    """Memory beyond the bound is refused; after a process that ended, or was killed, another answers."""
    with BoundedProcess(misbehave, memory=1_000_000_000, cpu=1) as child:
        answers = [child.call(how) for how in ("take", "end", "never return", "well")]

    assert [answer and answer.value for answer in answers] == ["refused", None, None, "well"]
