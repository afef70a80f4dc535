"""Prints how many real subtitle files are read, written again to the byte, changed without loss, converted and split.

``python benchmarks/subtitle_files.py [FOLDER]``; ../shared/data/subtitles unless a folder is named. Cues are counted in the
bytes, by their arrows or the word Dialogue, and not by the readers that are measured.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.model import Cue
from pipeline.subtitles.bilingual import sides_of
from pipeline.subtitles.formats import format_of, formats, read_track, track_bytes
from pipeline.subtitles.markup import converted
from pipeline.subtitles.retiming import retimed_bytes, shifted
from pipeline.subtitles.track import Track

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "subtitles"
MARKS = {
    ".ass": re.compile(rb"^Dialogue:", re.MULTILINE),
    ".bcc": re.compile(rb'"content"\s*:'),
    ".sbv": re.compile(rb"^[0-9:.]+,[0-9:.]+\s*$", re.MULTILINE),
}
ARROWS = re.compile(rb"^[^\n]*[0-9][:.,][0-9]+[^\n]*-->[^\n]*[0-9]", re.MULTILINE)
WRITTEN = ("ass", "bcc", "sbv", "srt", "ssa", "vtt")
BLANKS = re.compile(r"\s+")


def counted(track: Track) -> int:
    """The cues of a file, counted in its bytes."""
    suffix = Path(track.path).suffix.lower()
    marks = MARKS.get(".ass" if suffix == ".ssa" else suffix, ARROWS)
    return len(marks.findall(track.data.replace(b"\0", b"").replace(b"\r", b"\n")))


def said(cues: Sequence[Cue]) -> list[str]:
    """What cues say without blanks, sorted, since writers put cues in the order of their times."""
    return sorted(BLANKS.sub("", cue.text) for cue in cues)


def there_and_back(track: Track) -> bytes:
    """The file after its middle cue got another time and text, and in a second reading its own again."""
    place = len(track.cues) // 2
    cue = track.cues[place]
    other = Cue(cue.start_ms + 10, cue.end_ms + 10, "changed")
    changed = read_track(track_bytes(replace(track, cues=with_cue(track, place, other))), track.path)
    return track_bytes(replace(changed, cues=with_cue(changed, place, cue)))


def with_cue(track: Track, place: int, cue: Cue) -> tuple[Cue, ...]:
    return (*track.cues[:place], cue, *track.cues[place + 1 :])


def measured(track: Track, totals: Counter[str]) -> None:
    path = track.path
    totals["cues"] += len(track.cues)
    totals["counted"] += counted(track)
    if len(track.cues) != counted(track):
        print(f"  {path}: {len(track.cues)} cues, {counted(track)} counted")
    totals["identical"] += track_bytes(track) == track.data
    totals["identical when a cue was changed and changed back"] += there_and_back(track) == track.data
    fresh = format_of(path).write(track.cues)
    totals["identical when written anew"] += fresh == track.data
    again = read_track(fresh, path)
    totals["texts changed when written anew"] += said(again.cues) != said(track.cues)
    totals["cues lost or doubled when written anew"] += abs(len(again.cues) - len(track.cues))
    moved = shifted(track, 1230)
    totals["cues lost or changed when moved"] += read_track(retimed_bytes(moved), path).cues != moved.cues
    for form in WRITTEN:
        other = read_track(format_of(f"x.{form}").write(converted(track.cues, track.format, form)), f"x.{form}")
        totals[f"cues lost or doubled as {form}"] += abs(len(other.cues) - len(track.cues))
        plain = [converted(each.cues, each.format, "bcc") for each in (other, track)]
        totals[f"texts changed as {form}"] += said(plain[0]) != said(plain[1])
    sides = sides_of(track)
    held = Counter(cue.start_ms for side in (sides.en, sides.zh) for cue in side)
    lost = [cue for cue in track.cues if cue.start_ms not in held and cue.text.strip()]
    totals["cues lost when split"] += len(lost)
    words = Counter(BLANKS.sub("", "".join(cue.text for side in (sides.en, sides.zh) for cue in side)))
    totals["texts changed when split"] += words != Counter(BLANKS.sub("", "".join(cue.text for cue in track.cues)))
    totals["bilingual"] += sides.together > len(track.cues) / 4


def main(folder: Path) -> None:
    suffixes = tuple(suffix for known in formats() for suffix in known.suffixes)
    paths = sorted(path for path in folder.rglob("*") if path.name.lower().endswith(suffixes))
    totals: Counter[str] = Counter()
    for path in paths:
        track = replace(read_track(path.read_bytes(), str(path)), path=str(path.relative_to(folder)))
        if track.cues:
            totals["read"] += 1
            measured(track, totals)
        else:
            print(f"  {track.path}: {track.findings[0].message}")
    print(f"{len(paths)} files: {totals['read']} read, {len(paths) - totals['read']} refused")
    for what, count in totals.items():
        if what != "read":
            print(f"{what}: {count:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
