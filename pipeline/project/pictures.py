"""Pictures of a project for handouts: read only inside its folder, and only what is small enough to be carried along."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

LARGEST_PICTURE = 16 * 1024 * 1024
"""In bytes; a larger picture is a link."""


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """Gives the bytes of the files below ``root`` by their paths relative to it."""

    root: str

    def __call__(self, path: str) -> bytes | None:
        """Return the bytes of a file, None where there is none, or it lies outside, also by a link, or is too large."""
        try:
            root = Path(self.root).resolve()
            place = (root / path).resolve()
            if not place.is_relative_to(root) or not place.is_file() or os.path.getsize(place) > LARGEST_PICTURE:
                return None
            return place.read_bytes()
        except (OSError, ValueError):
            return None
