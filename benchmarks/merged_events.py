"""Prints how many events of merged tracks have more lines than they should, or are shown for too long or too short."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pipeline import Cue, pair_tracks
from pipeline.exporters.subtitles import bilingual_events
from pipeline.subtitles.layout import english_lines
from pipeline.subtitles.limits import LIMITS

GOLD = Path(__file__).parent.parent.parent / "shared" / "data" / "gold" / "subtitle_merge"
LIMIT = LIMITS["netflix"]


def main() -> None:
    """Print a line for each kind of Chinese."""
    for kind in ("G1", "G2"):
        tally: Counter[str] = Counter()
        for path in sorted(GOLD.glob(f"{kind}_*.json")):
            gold = json.loads(path.read_text("utf-8"))
            en, zh = ([Cue(*row) for row in gold[name] if row[1] > row[0]] for name in ("en", "zh"))
            _count(en, zh, tally)
        print(
            f"{kind}: {tally['events']:,} events; more than two lines of English {tally['en']:,}"
            f" ({tally['one']:,} of one cue), of Chinese {tally['zh']:,};"
            f" over 7 s {tally['long']:,}; under 833 ms {tally['short']:,}"
        )


def _count(en: list[Cue], zh: list[Cue], tally: Counter[str]) -> None:
    alone = {english_lines(cue.text) for cue in en}
    for event in bilingual_events(en, zh, pair_tracks(en, zh)):
        tally["events"] += 1
        many = event.en.count("\n") >= LIMIT.lines
        tally["en"] += many
        tally["one"] += many and event.en in alone
        tally["zh"] += event.zh.count("\n") >= LIMIT.lines
        tally["long"] += event.end_ms - event.start_ms > LIMIT.longest
        tally["short"] += event.end_ms - event.start_ms < LIMIT.shortest


if __name__ == "__main__":
    main()
