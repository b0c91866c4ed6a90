"""What was seen when a source was added: one recording a source, beside the catalogue, for `symposia sources check`."""

from __future__ import annotations

from pathlib import Path

from spiders.archive import Recorded, append_response, start_archive
from spiders.catalogue import Catalogue


def recording_of(catalogue: Catalogue, source_id: str) -> Path:
    """Where the recording of a source is kept, whether or not there is one."""
    return catalogue.path.parent / "recordings" / f"{source_id}.warc.gz"


def record(catalogue: Catalogue, source_id: str, url: str, answer: Recorded) -> None:
    """Keep an answer as the recording of a source, in place of an older one. Raises ArchiveError."""
    path = recording_of(catalogue, source_id)
    path.parent.mkdir(exist_ok=True)
    start_archive(path)
    append_response(path, url, answer.status, list(answer.headers), answer.body, answer.fetched_at)
