"""Rules whose findings are made elsewhere: while subtitles and catalogs are read, while pages and handouts are exported.

They are registered here, so that `bilect rule` explains them, and a course.toml can accept them.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.subtitles.track import CODES
from pipeline.text.said import Said, said
from pipeline.validator.base import found_elsewhere

_SUBTITLES: Mapping[str, Said] = {
    "ST101": said("A subtitle file holds subtitles."),
    "ST102": said("Every cue has its times on a line of their own, its text below, and a blank line behind."),
    "ST103": said("A subtitle file is UTF-8 with plain line ends."),
    "ST104": said("Cues are numbered from 1 without a gap."),
    "ST105": said("Every cue is shown for some time."),
    "ST106": said("Cues stand in the order in which they are shown."),
}

for _code, _sentence in _SUBTITLES.items():
    found_elsewhere(_code, *CODES[_code], _sentence)
found_elsewhere("PO101", "po-syntax", "error", "A catalog is one that gettext can read.")
found_elsewhere(
    "PO102", "encoding-invalid", "error", "Every byte of a catalog belongs to the charset that its header names."
)
found_elsewhere("P201", "translation-left-out", "error", "Every translation can stand in its page without breaking it.")
found_elsewhere(
    "H101", "glyph-missing", "warning", "Every character of a handout has a font on the machine that makes it."
)
found_elsewhere("H102", "picture-broken", "warning", "Every picture beside a page is one that a handout can show.")
