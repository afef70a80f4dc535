"""Malformed subtitle files: every one is repaired with a finding that names the line, or refused with a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest
from malformed import BCC, FILES, SBV, SRT, VTT, ZH
from terminal import bilect

from pipeline import pair_tracks
from pipeline.model import Cue
from pipeline.subtitles.formats import format_of, read_track, track_bytes


def bytes_of(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@pytest.mark.parametrize("name", FILES)
def test_a_malformed_file_is_repaired_or_refused_and_says_where(name: str) -> None:
    text, cues, told = FILES[name]
    track = read_track(bytes_of(text), name)
    assert track.cues == cues
    said = [f"{finding.line}: {finding.message.removeprefix('no subtitles: ')}" for finding in track.findings]
    assert all(any(each.startswith(words) for each in said) for words in told), said
    assert bool(told) == bool(said)
    assert cues or [finding.severity for finding in track.findings] == ["error"]


@pytest.mark.parametrize("name", FILES)
def test_no_word_of_a_malformed_file_is_lost_without_a_word(name: str) -> None:
    data = bytes_of(FILES[name][0])
    track = read_track(data, name)
    kept = "\n".join(
        [*(cue.text for cue in track.cues), *(f"{found.message}\n{found.source}" for found in track.findings)]
    )
    if track.cues:
        for word in ("Hello", "World", "there", "again", "example.org"):
            assert kept.count(word) >= data.count(word.encode()), word
    assert track_bytes(track) == data


@pytest.mark.parametrize("name", [name for name, (_, cues, _) in FILES.items() if cues])
def test_what_was_repaired_is_written_whole_in_every_format(name: str) -> None:
    cues = read_track(bytes_of(FILES[name][0]), name).cues
    for path in ("a.srt", "a.vtt", "a.sbv", "a.bcc"):
        again = read_track(format_of(path).write(cues), path).cues
        assert len(again) == len(cues), path


WHOLE = {"a.srt": SRT, "b.srt": ZH, "a.vtt": VTT, "a.sbv": SBV, "a.bcc": BCC}


@pytest.mark.parametrize("path", WHOLE)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
def test_a_file_cut_off_anywhere_is_read_up_to_there_or_refused(path: str, codec: str) -> None:
    data = WHOLE[path].encode(codec)
    whole = read_track(data, path).cues[0].text
    unclear = 0 if whole.isascii() else len(WHOLE[path][:50].encode(codec))  # two characters do not tell their encoding
    for end in range(unclear, len(data)):
        track = read_track(data[:end], path)
        text = track.cues[0].text.rstrip("�") if track.cues else ""
        assert whole.startswith(text) or text.startswith(whole)
        assert track.cues or [finding.severity for finding in track.findings] == ["error"]
        assert track_bytes(track) == data[:end]


def test_the_commands_say_it_in_lines_and_go_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (text, _, _) in FILES.items():
        (tmp_path / "in" / name).write_bytes(bytes_of(text))
    shown = bilect("subs", "convert", "in", "-o", "out", "--to", "vtt", cwd=tmp_path)
    assert shown.status == 2
    assert "Traceback" not in shown.stderr
    refused = {name for name, (_, cues, _) in FILES.items() if not cues}
    assert all(f"in/{name}: " in shown.stderr for name in refused)
    assert len(list((tmp_path / "out").iterdir())) <= len(FILES) - len(refused)


def test_a_cue_a_million_hours_on_takes_no_longer_to_pair_than_any_other() -> None:
    en = [Cue(3000 * n, 3000 * n + 2500, f"Sentence {n} about risk.") for n in range(20)]
    zh = [Cue(3000 * n, 3000 * n + 2500, f"第 {n} 句讲风险。") for n in range(20)]
    late = [Cue(10**13, 10**13 + 2000, "The end."), Cue(10**15, 10**15 + 2000, "完。")]
    pairing = pair_tracks([*en, late[0]], [*zh, late[1]])
    assert sum(pair.en == pair.zh for pair in pairing.pairs) >= 18
