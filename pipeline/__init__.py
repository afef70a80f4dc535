"""bilect keeps English and Chinese course material in step.

The public interface is loaded when it is first used, so that `bilect --help` stays quick:
`align_lists`, `align_blocks`, `pair_tracks` and the values they take and give.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.model import Finding, PipelineError, Unit

if TYPE_CHECKING:
    from pipeline.align.lists import align_lists
    from pipeline.align.pages import align_blocks
    from pipeline.align.tracks import pair_tracks
    from pipeline.model import Alignment, Cue, Pair, TrackPairing

__version__ = "0.1.0"
__all__ = [
    "Alignment",
    "Cue",
    "Finding",
    "Pair",
    "PipelineError",
    "TrackPairing",
    "Unit",
    "align_blocks",
    "align_lists",
    "pair_tracks",
]

_HOMES = {
    "align_blocks": "pipeline.align.pages",
    "align_lists": "pipeline.align.lists",
    "pair_tracks": "pipeline.align.tracks",
    **dict.fromkeys(("Alignment", "Cue", "Pair", "TrackPairing"), "pipeline.model"),
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})  # `help` and completion show what is not loaded yet too
