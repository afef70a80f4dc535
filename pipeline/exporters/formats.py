"""Which module of this package makes a format: an export of one loads no other.

A module that is named nowhere is found too, by a walk, when a format is asked for that is named nowhere; a test holds what
is named to what the modules register.
"""

from __future__ import annotations

from collections.abc import Mapping

MODULES: Mapping[str, str] = {
    "anki": "anki",
    "ass": "bilingual_files",
    "bcc": "bilingual_files",
    "bilibili": "upload",
    "csv": "tables",
    "docx": "docx",
    "epub": "epub",
    "html": "html",
    "map": "coursemap",
    "md": "markdown",
    "page": "pages",
    "pdf": "pdf",
    "player": "player",
    "sbv": "bilingual_files",
    "site": "site",
    "srt": "subtitles",
    "tracks": "bilingual_files",
    "vtt": "bilingual_files",
    "youtube": "upload",
}
"""The modules by the names of what they make."""

IN_RUN = ("csv", "map", "md", "page", "srt")
"""What every run makes, sorted: those that are registered without ``in_run=False``."""
