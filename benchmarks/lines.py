"""Prints how well lines are broken, and sentences cut onto cues, on real lecture tracks of ../shared/data.

Lines: English cues of 43 to 84 characters, Chinese ones of 17 to 32. Cuts: the Chinese sentences of the gold of merging,
on the times of their English cues.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rjieba import cut as segmented

from pipeline import Cue
from pipeline.subtitles.formats import format_of
from pipeline.subtitles.layout import chinese_lines, english_lines, width
from pipeline.subtitles.recut import recut
from pipeline.text.script import has_han, language_of

SHARED = Path(__file__).resolve().parent.parent.parent / "shared/data"
SAMPLES, SEED = 3_000, 7
# articles and other determiners, prepositions, conjunctions, auxiliaries, subject pronouns
BAD_END = frozenset(
    "a an the my your his its our their this these those of in on at to for from with by about into onto over under between"
    " and or but so if because when while where which who as than that is are was were be been am do does did has have had"
    " can could will would shall should may might must i you he she it we they".split()
)
BAD_START = frozenset("，。、；：？！）】》」』”’的了吗呢吧")
STRAY = re.compile(r"(?<=[\u3400-\u9fff，。、；：？！]) +(?=[\u3400-\u9fff，。、；：？！])")
NAME = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z]{2,}|[B-HJ-Z]")
EN_MARK = re.compile(r"[,;:.?!—–…][\"'”’)]*$")
ZH_MARKS = "，。、；：？！…—"


def main() -> None:
    if not SHARED.is_dir():
        print(f"{Path(__file__).name}: nothing to measure without ../shared/data")
        return
    english, chinese = _texts()
    _lines("English", english, english_lines, _english_faults)
    _lines("Chinese", chinese, chinese_lines, _chinese_faults)
    for name in ("G1", "G2"):
        _cuts(name, list(_sentences(name)))
    _english_cuts()


def _texts() -> tuple[list[str], list[str]]:
    english, chinese = set(), set()
    for path in sorted((SHARED / "subtitles").rglob("*.srt")):
        for cue in format_of(path.name).read(path.read_bytes(), path.name).cues:
            text = STRAY.sub("", " ".join(cue.text.split())) if "auto" in path.name else " ".join(cue.text.split())
            if "<" in text or "{" in text:
                continue
            if has_han(text) and language_of(text) != "en" and 17 <= width(text) <= 32:
                chinese.add(text)
            elif not has_han(text) and 43 <= len(text) <= 84:
                english.add(text)
    draw = random.Random(SEED)
    return tuple(draw.sample(sorted(texts), min(SAMPLES, len(texts))) for texts in (english, chinese))  # type: ignore[return-value]


def _lines(
    name: str,
    texts: Sequence[str],
    broken: Callable[[str], str],
    faults: Callable[[str, list[str], Counter[str]], None],
) -> None:
    tally: Counter[str] = Counter()
    broken(texts[0])
    start = time.perf_counter()
    made = [broken(text).split("\n") for text in texts]
    spent = time.perf_counter() - start
    for text, lines in zip(texts, made, strict=True):
        faults(text, lines, tally)
    breaks = sum(len(lines) - 1 for lines in made)
    two = sum(len(lines) <= 2 for lines in made) / len(made)
    print(f"{name}: {len(texts):,} cues, {spent / len(texts) * 1e6:.0f} us each; 2 lines {two:.1%}", end="")
    print(f", too wide {tally['wide']} of which could be split {tally['splittable']}", end="")
    print(f", bad line end {tally['end'] / breaks:.1%}, bad start {tally['start'] / breaks:.1%}", end="")
    print(
        f", inside a word {tally['inside'] / breaks:.1%}, one line under half {tally['uneven'] / len(made):.1%}", end=""
    )
    print(f", at a mark {tally['mark'] / max(1, tally['could']):.1%} of {tally['could']:,}")


def _english_faults(text: str, lines: list[str], tally: Counter[str]) -> None:
    tally["wide"] += any(len(line) > 42 for line in lines)
    tally["end"] += sum(line.split()[-1].lower() in BAD_END for line in lines[:-1])
    tally["uneven"] += len(lines) == 2 and min(map(len, lines)) < max(map(len, lines)) / 2
    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [(above, below) for above, below in splits if len(above) <= 42 and len(below) <= 42]
    tally["splittable"] += bool(fitting) and any(len(line) > 42 for line in lines)
    if any(EN_MARK.search(above) for above, _ in fitting):
        tally["could"] += 1
        tally["mark"] += bool(EN_MARK.search(lines[0]))


def _chinese_faults(text: str, lines: list[str], tally: Counter[str]) -> None:
    is_wide = any(width(line) > 16 for line in lines)
    tally["wide"] += is_wide
    tally["start"] += sum(line[0] in BAD_START for line in lines[1:])
    tally["inside"] += _inside(text, lines)
    tally["uneven"] += len(lines) == 2 and min(map(width, lines)) < max(map(width, lines)) / 2
    fitting = [at for at in range(1, len(text)) if width(text[:at].strip()) <= 16 and width(text[at:].strip()) <= 16]
    tally["splittable"] += bool(fitting) and is_wide
    if any(_pauses(text, at) for at in fitting):
        tally["could"] += 1
        tally["mark"] += _pauses(text, len(lines[0]))


def _pauses(text: str, at: int) -> bool:
    """Whether a mark stands before a place in a text, or a blank between Chinese characters at it."""
    before, after = text[:at].rstrip(), text[at:].lstrip()
    if len(before) + len(after) < len(text) and has_han(before[-1:]) and has_han(after[:1]):
        return True
    return before[-1:] in ZH_MARKS and after[:1] not in ZH_MARKS + "）】》」』”’"


def _inside(text: str, parts: Sequence[str]) -> int:
    """How many of the cuts between two Chinese characters are inside a word."""
    ends, at = set(), 0
    for word in segmented(text):
        at += len(word)
        ends.add(at)
    at, count = 0, 0
    for part in parts[:-1]:
        at = text.index(part, at) + len(part)
        count += has_han(text[at - 1 : at]) and has_han(text[at : at + 1]) and at not in ends
    return count


def _sentences(name: str) -> Iterator[tuple[str, list[Cue]]]:
    """The Chinese sentences and the English cues that say nothing else."""
    for path in sorted((SHARED / "gold/subtitle_merge").glob(f"{name}_*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for number in range(gold["n"]):
            sides = []
            for texts, owners in (("en", "eo"), ("zh", "zo")):
                rows = zip(gold[texts], gold[owners], strict=True)
                sides.append([row for row, sentences in rows if sentences and number in sentences])
            alone = all(s == [number] for s in gold["eo"] + gold["zo"] if s and number in s)
            blank = "" if name == "G1" else " "
            text = " ".join(blank.join(row[2] for row in sides[1]).replace("\u200b", "").split())
            if alone and len(sides[0]) > 1 and has_han(text):
                yield STRAY.sub("", text) if name == "G1" else text, [Cue(*row) for row in sides[0]]


def _cuts(name: str, sentences: list[tuple[str, list[Cue]]]) -> None:
    tally: Counter[str] = Counter()
    late: list[float] = []
    recut(*sentences[0], "zh_CN")
    start = time.perf_counter()
    made = [recut(text, cues, "zh_CN") for text, cues in sentences]
    spent = time.perf_counter() - start
    for (text, cues), parts in zip(sentences, made, strict=True):
        tally["cues"] += len(cues)
        tally["cuts"] += len(cues) - 1
        said = [part for part in parts if part]
        tally["empty"] += len(parts) - len(said)
        tally["inside"] += _inside(text, said)
        tally["start"] += sum(part[0] in BAD_START for part in said[1:])
        tally["mark"] += sum(_pauses(text, text.find(part) + len(part)) for part in said[:-1])
        _anchors(text, cues, parts, tally)
        late += _seconds_off(cues, parts)
        tally["fast"] += sum(width(p) > 9 * (c.end_ms - c.start_ms) / 1000 for p, c in zip(parts, cues, strict=True))
        whole = width(text) > 9 * sum(c.end_ms - c.start_ms for c in cues) / 1000
        tally["fast anyway"] += whole * len(cues)
    cuts = tally["cuts"]
    late.sort()
    print(
        f"{name}: {len(sentences):,} sentences on {tally['cues']:,} cues, {spent / tally['cues'] * 1e6:.0f} us a cue",
        end="",
    )
    print(
        f": cuts inside a word {tally['inside'] / cuts:.2%}, before a closing mark or 的 {tally['start'] / cuts:.2%}",
        end="",
    )
    print(f", at a mark {tally['mark'] / cuts:.1%}, cues without text {tally['empty']}", end="")
    print(f", names in the cue of their source {tally['right'] / tally['names']:.1%} of {tally['names']:,}", end="")
    print(
        f", over 9 characters a second {tally['fast'] / tally['cues']:.1%} ({tally['fast anyway'] / tally['cues']:.1%})",
        end="",
    )
    print(
        f", off the time share by {late[len(late) // 2]:.2f} s, one in ten by {late[len(late) * 9 // 10]:.2f} s or more"
    )


def _english_cuts() -> None:
    """The same the other way round: English sentences on the times of Chinese cues, for tracks that are Chinese first."""
    tally: Counter[str] = Counter()
    for path in sorted((SHARED / "gold/subtitle_merge").glob("G2_*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for number in range(gold["n"]):
            en, zh = (
                [row for row, of in zip(gold[s], gold[o], strict=True) if of == [number]]
                for s, o in (("en", "eo"), ("zh", "zo"))
            )
            parts = [part for part in recut(" ".join(row[2] for row in en), [Cue(*row) for row in zh], "en") if part]
            tally["cuts"] += max(0, len(parts) - 1)
            tally["end"] += sum(part.split()[-1].lower() in BAD_END for part in parts[:-1])
            tally["mark"] += sum(bool(EN_MARK.search(part)) for part in parts[:-1])
    end, mark = (tally[fault] / tally["cuts"] for fault in ("end", "mark"))
    print(f"G2, English: {tally['cuts']:,} cuts, bad end {end:.1%}, at a mark {mark:.1%}")


def _anchors(text: str, cues: Sequence[Cue], parts: Sequence[str], tally: Counter[str]) -> None:
    """Count numbers and Latin words that both languages have once, and those that stand in the cue of their source."""
    english, chinese = (NAME.findall(said) for said in (" ".join(cue.text for cue in cues), text))
    for name in {name for name in chinese if chinese.count(name) == 1 and english.count(name) == 1}:
        tally["names"] += 1
        tally["right"] += any(
            name in NAME.findall(cue.text) and name in part for cue, part in zip(cues, parts, strict=True)
        )


def _seconds_off(cues: Sequence[Cue], parts: Sequence[str]) -> Iterator[float]:
    total = sum(cue.end_ms - cue.start_ms for cue in cues) / 1000
    wide = sum(width(part) for part in parts)
    time_over = said = 0.0
    for cue, part in list(zip(cues, parts, strict=True))[:-1]:
        time_over += (cue.end_ms - cue.start_ms) / 1000
        said += width(part)
        yield abs(said / wide * total - time_over)


if __name__ == "__main__":
    main()
