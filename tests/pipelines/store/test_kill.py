"""A crawl that is killed at any moment: run again, nothing is lost and nothing is there twice."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from pipelines.normalize.normalize import normalize
from pipelines.normalized import NormalizedPosting
from pipelines.store.store import Store
from symposia.outcome import Run, RunStatus
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
SOURCES = ("guild", "library", "museum")


def readings(source: str) -> list[NormalizedPosting]:
    """What a source lists: half of it is listed by the others too."""
    origin = Origin(
        source=source, url=f"https://{source}.example/", fetched_at=NOW, extractor="json-ld", timezone="UTC"
    )
    shared = [f"Reading circle of the {town} schools" for town in ("Leeds", "York", "Hull", "Ripon", "Selby", "Otley")]
    own = [f"{name} with the {source}" for name in shared]
    return [
        normalize(
            Posting(origin=origin, source_key=str(number), name=name, start=f"2027-03-{1 + number % 28:02}T16:00")
        )
        for number, name in enumerate((shared + own) * 3)
    ]


def night(path: Path) -> None:
    """A whole night's crawls."""
    with Store.open(path) as store:
        for source in SOURCES:
            found = readings(source)
            run = Run(source=source, started=NOW, finished=NOW, status=RunStatus.OK, postings=len(found), whole=True)
            store.save_crawl(source, found, now=NOW, run=run)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
@pytest.mark.parametrize("kills", [5, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_at_random_moments(tmp_path: Path, kills: int) -> None:
    """Nights that are cut short by kill -9 somewhere; each finished by another run."""
    began = time.perf_counter()
    night(tmp_path / "whole.db")
    takes = time.perf_counter() - began
    with Store.open(tmp_path / "whole.db") as store:
        expected = list(store.get_events())
    assert len(expected) > 20
    random = Random(kills)
    for number in range(kills):
        path = tmp_path / f"{number}.db"
        child = multiprocessing.get_context("fork").Process(target=night, args=(path,))
        child.start()
        time.sleep(random.random() * takes)
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        night(path)

        with Store.open(path) as store:
            assert list(store.get_events()) == expected
            assert {source: run.whole for source, run in store.get_last_runs().items()} == dict.fromkeys(SOURCES, True)
