"""The responses that `symposia add` read, one recording per source beside the catalogue, for `symposia sources check`."""

from __future__ import annotations

from pathlib import Path

from spiders.archive import Archive, RecordedResponse, append_response, start_archive
from spiders.catalogue import Catalogue
from symposia.errors import ArchiveError


def recording_path(catalogue: Catalogue, source_id: str) -> Path:
    """The file of a source's recording, whether or not it exists."""
    return catalogue.path.parent / "recordings" / f"{source_id}.warc.gz"


def read_recording(catalogue: Catalogue, source_id: str, url: str) -> RecordedResponse | None:
    """Read the recorded response of a source; None where there is none. Raise ArchiveError for a damaged file."""
    path = recording_path(catalogue, source_id)
    # Not `open_archive`, which caches: `write_recording` may have replaced the file since.
    return Archive(path).find(url) if path.exists() else None


def write_recording(catalogue: Catalogue, source_id: str, url: str, response: RecordedResponse) -> None:
    """Write the response that a source was added for, replacing an older recording.

    Raises:
        ArchiveError: The file cannot be written.
    """
    path = recording_path(catalogue, source_id)
    try:
        path.parent.mkdir(exist_ok=True)
        start_archive(path)
        append_response(path, url, response.status, list(response.headers), response.body, response.fetched_at)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written: {error.strerror}") from error
