"""Bilibili's JSON: an object whose ``body`` lists cues with ``from`` and ``to`` in seconds, and ``content``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from pipeline.model import Cue
from pipeline.subtitles.blocks import unreadable
from pipeline.subtitles.decoding import subtitle_text
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.track import Remark, Track, findings_of, time_remarks
from pipeline.text.encoding import NotTextError
from pipeline.text.said import said, words_of

_LOOK = {
    "font_size": 0.4,
    "font_color": "#FFFFFF",
    "background_alpha": 0.5,
    "background_color": "#9C27B0",
    "Stroke": "none",
}  # what Bilibili itself writes
_LONGEST = 1e10  # seconds; what is longer is no time
_SURROGATES = re.compile("[\ud800-\udfff]")
_KEY = re.compile(r'(?<!\\)"content"\s*:|\n')


def _read(data: bytes, path: str = "") -> Track:
    track = Track(path, "bcc", (), (), "utf-8", data)
    try:
        source = subtitle_text(data)
        whole = _json(source.text)
    except NotTextError as error:
        return unreadable(track, "the file is no text", words_of(error))
    except RecursionError:
        return unreadable(track, "the file is no JSON of Bilibili", said("it is nested too deeply"))
    except json.JSONDecodeError as error:
        return unreadable(track, "the file is no JSON", str(error))
    except ValueError:
        why = said("it holds a number of thousands of digits")
        return unreadable(track, "the file is no JSON of Bilibili", why)
    body = whole.get("body") if isinstance(whole, dict) else None
    if not isinstance(body, list):
        return unreadable(track, "the file is no JSON of Bilibili", said("it has no list named body"))
    lines = _lines(source.text, len(body))
    read = [_cue(each) for each in body]
    kept = [(cue, line) for cue, line in zip(read, lines, strict=True) if cue is not None]
    if not kept:
        return unreadable(track, "its body holds no cue")
    cues, places = tuple(cue for cue, _ in kept), tuple(line for _, line in kept)
    remarks = [*source.remarks, *_remarks(body, read, lines), *time_remarks(cues, places)]
    return Track(path, "bcc", cues, places, source.encoding, data, findings_of(path, remarks))


def _remarks(body: Sequence[object], read: Sequence[Cue | None], lines: Sequence[int]) -> Iterator[Remark]:
    """What is wrong with the fields of cues: first of those that are left out, then of those that are not all text."""
    cues = [*zip(body, read, lines, strict=True)]
    yield from (
        Remark("ST105", line, "a cue without readable from, to and content, left out", said("number {number}", number=number),
               json.dumps(fields, ensure_ascii=False), "mend the cue or take it out", "error")
        for number, (fields, cue, line) in enumerate(cues, 1) if cue is None
    )  # fmt: skip
    yield from (
        Remark("ST102", line, "characters that are no text, left out or read as U+FFFD", source=cue.text)
        for fields, cue, line in cues if cue is not None and isinstance(fields, dict) and _is_rubble(fields["content"])
    )  # fmt: skip


def _json(text: str) -> object:
    whole: object = json.loads(text.removeprefix("\ufeff"))
    return whole


def _cue(fields: object) -> Cue | None:
    if not isinstance(fields, dict):
        return None
    start, end, text = _time(fields.get("from")), _time(fields.get("to")), fields.get("content")
    if start is None or end is None or not isinstance(text, str):
        return None
    if _is_rubble(text):
        text = _SURROGATES.sub("\ufffd", text.replace("\0", ""))
    return Cue(start, end, text.replace("\r\n", "\n"))


def _is_rubble(text: str) -> bool:
    """Whether JSON escapes stand for NUL, or for half of a character."""
    return (not text.isascii() and _SURROGATES.search(text) is not None) or "\0" in text


def _time(seconds: object) -> int | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    return round(seconds * 1000) if abs(seconds) < _LONGEST else None  # not-a-number is not less than anything


def _lines(text: str, count: int) -> list[int]:
    """The line of each cue's text; 1 for all where the file has other keys of that name."""
    lines, line = [], 1
    for match in _KEY.finditer(text):
        if match[0] == "\n":
            line += 1
        else:
            lines.append(line)
    return lines if len(lines) == count else [1] * count


def _write(cues: Sequence[Cue]) -> bytes:
    """A file as Bilibili's editor saves it: the cues by start and end, none left out."""
    ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))
    body = [{**_times(cue), "location": 2, "content": cue.text} for cue in ordered]
    return _bytes({**_LOOK, "body": body}, None)


def _times(cue: Cue) -> dict[str, float]:
    return {"from": max(0, cue.start_ms) / 1000, "to": max(0, cue.end_ms) / 1000}


def _bytes(whole: object, indent: int | None) -> bytes:
    separators = (",", ":") if indent is None else None
    return (json.dumps(whole, ensure_ascii=False, indent=indent, separators=separators) + "\n").encode(
        "utf-8", "replace"
    )


def _rewrite(track: Track) -> bytes:
    """The file of a track: its own bytes where no cue changed, else with what changed replaced in its JSON."""
    before = _read(track.data, track.path).cues
    if before == track.cues:
        return track.data
    text = subtitle_text(track.data).text if before else "{}"
    whole = _json(text)
    if len(before) != len(track.cues) or not isinstance(whole, dict):
        return _write(track.cues)
    fields = [each for each in whole["body"] if _cue(each)]
    for each, old, cue in zip(fields, before, track.cues, strict=True):
        if (cue.start_ms, cue.end_ms) != (old.start_ms, old.end_ms):
            each.update(_times(cue))
        if cue.text != old.text:
            each["content"] = cue.text
    return _bytes(whole, 2 if "\n" in text.strip() else None)


BCC = register(Format("bcc", (".bcc",), _read, _write, _rewrite))
