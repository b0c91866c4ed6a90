"""Where the data files are that come with Symposia: in the checkout, else in the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_path(name: str) -> Path:
    """The path of a file or folder in `data/`, given by its path there.

    Raises:
        FileNotFoundError: It is in neither place; the message names both.
    """
    places = (_PACKAGE.parent / "data" / name, _PACKAGE / "data" / name)
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise FileNotFoundError(f"{name} is neither {places[0]} nor {places[1]}")
    return found
