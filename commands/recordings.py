"""What was seen when a source was added: one recording a source, beside the catalogue, for `symposia sources check`."""

from __future__ import annotations

from pathlib import Path

from spiders.archive import Archive, Recorded, append_response, start_archive
from spiders.catalogue import Catalogue
from symposia.errors import ArchiveError


def recording_of(catalogue: Catalogue, source_id: str) -> Path:
    """Where the recording of a source is kept, whether or not there is one."""
    return catalogue.path.parent / "recordings" / f"{source_id}.warc.gz"


def recorded(catalogue: Catalogue, source_id: str, url: str) -> Recorded | None:
    """The answer that was recorded for a source; None where none was. Raises ArchiveError."""
    path = recording_of(catalogue, source_id)
    # Not the cached one: `record` may have replaced the file since.
    return Archive(path).find(url) if path.exists() else None


def record(catalogue: Catalogue, source_id: str, url: str, answer: Recorded) -> None:
    """Keep an answer as the recording of a source, in place of an older one. Raises ArchiveError."""
    path = recording_of(catalogue, source_id)
    try:
        path.parent.mkdir(exist_ok=True)
        start_archive(path)
        append_response(path, url, answer.status, list(answer.headers), answer.body, answer.fetched_at)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written: {error.strerror}") from error
