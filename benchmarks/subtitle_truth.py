"""Prints findings on subtitle tracks for a person to judge, and tallies how many of those judged are true.

python benchmarks/subtitle_truth.py FOLDER [--size 50] [--seed 2024] [--rule CODE_OR_NAME] [--new] [--warnings]
python benchmarks/subtitle_truth.py FOLDER --false 3,17     keep what was judged: these are false, the others printed are true

FOLDER holds a folder for each talk with english/*.srt and chinese/*.srt; what a machine translated (auto…) is left out.
Warnings are told for each cue alone, not counted as `bilect check` counts those of a kind; --warnings leaves out the infos.
A finding is true if a careful editor of subtitles would change the track there. What was judged is kept by a fingerprint of
rule, place and texts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import truth

from pipeline.align.tracks import pair_tracks
from pipeline.model import Finding
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.track import Track
from pipeline.validator import tracks
from pipeline.validator.base import findings

JUDGED = truth.JUDGED.with_name("judged_subtitles.tsv")


def main() -> None:
    parser = truth.arguments()
    parser.description = __doc__
    parser.add_argument("--warnings", action="store_true", help="only warnings and errors")
    asked = parser.parse_args()
    tracks._SHOWN = 1_000_000  # noqa: SLF001 - a sample of what is told of many cues at once says nothing of each
    found = sorted(found_in(asked.catalog), key=lambda each: (each.path, each.line, each.code, each.message))
    certain = truth.certain(found)
    judged = truth.verdicts(JUDGED)
    chosen = [
        each
        for each in (certain if asked.warnings else found)
        if not asked.rule or asked.rule in (each.name, each.code)
    ]
    if asked.new:
        chosen = [each for each in chosen if truth.fingerprint(each) not in judged]
    sample = random.Random(asked.seed).sample(chosen, min(asked.size, len(chosen)))
    if asked.false is not None:
        wrong = {int(number) for number in asked.false.split(",") if number.isdigit()}
        truth.keep(sample, asked.catalog.name, wrong, JUDGED)
        judged = truth.verdicts(JUDGED)
    else:
        for number, finding in enumerate(sample, 1):
            print(finding.path)
            print(truth.shown(number, finding, judged))
    print(truth.tally("all findings", found, judged))
    print(truth.tally(f"the sample (seed {asked.seed})", sample, judged))


def found_in(folder: Path) -> Iterator[Finding]:
    """Yield what is found in the tracks that people made, and in each Chinese one beside the English captions."""
    for path in sorted(folder.rglob("*.srt")):
        if path.parent.name not in {"english", "chinese"} or path.name.startswith("auto"):
            continue
        track = read(path, folder)
        yield from map(placed, (*track.findings, *findings(tracks.CheckedTrack(track))))
        captions = path.parent.parent / "english" / "captions.srt"
        if path.parent.name == "chinese" and track.cues and captions.is_file():
            yield from map(placed, of_pair(read(captions, folder), track))


def of_pair(en: Track, zh: Track) -> Iterator[Finding]:
    from pipeline.validator.track_pairs import PairedTracks  # reads the lexicon

    if en.cues:
        yield from findings(PairedTracks(en, zh, pair_tracks(en.cues, zh.cues)))


def read(path: Path, folder: Path) -> Track:
    return read_track(path.read_bytes(), path.relative_to(folder).as_posix())


def placed(finding: Finding) -> Finding:
    """The finding with its place, which tells it from others with the same text."""
    return replace(finding, key=f"{finding.path}:{finding.line}")


if __name__ == "__main__":
    main()
