"""`bilect subs` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.subtitles.srt_format import read_srt
from pipeline.text.script import has_han

SAMPLE = ROOT / "source_docs/sample-lecture"
EN, ZH = SAMPLE / "risk-stratification.en.srt", SAMPLE / "risk-stratification.zh.srt"


def one_line(text: str) -> str:
    return "".join(text.split())


def test_two_tracks_become_one_in_which_nothing_is_lost(tmp_path: Path) -> None:
    shown = bilect("subs", "merge", EN, ZH, "-o", "talk.srt", "--report", "report.json", cwd=tmp_path)
    assert (shown.status, shown.stdout) == (0, "")
    assert " cues are in " in shown.stderr
    merged = read_srt((tmp_path / "talk.srt").read_bytes())
    lines = [line for cue in merged.cues for line in cue.text.split("\n")]
    for path, is_chinese in ((EN, False), (ZH, True)):
        said = one_line("".join(line for line in lines if has_han(line) is is_chinese))
        assert said == one_line("".join(cue.text for cue in read_srt(path.read_bytes()).cues))
    assert merged.cues[0].text.splitlines()[0] == "大家早上好"
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert list(report) == ["offset_ms", "drift", "pairs", "en_only", "zh_only", "warnings"]
    assert list(report["pairs"][0]) == ["en", "zh", "score"]
    for key, path in (("en", EN), ("zh", ZH)):
        places = sorted([*(place for pair in report["pairs"] for place in pair[key]), *report[f"{key}_only"]])
        assert places == list(range(len(read_srt(path.read_bytes()).cues)))


def test_a_track_may_come_from_standard_input_and_the_result_go_to_standard_output(tmp_path: Path) -> None:
    shown = bilect("subs", "merge", "-", ZH, "--order", "en-zh", "-q", cwd=tmp_path, stdin=EN.read_bytes())
    assert (shown.status, shown.stderr) == (0, "")
    assert read_srt(shown.stdout.encode()).cues[0].text.splitlines()[0] == "Good morning, everyone."


def test_merged_lines_keep_to_the_preset_or_to_what_the_command_says(tmp_path: Path) -> None:
    (tmp_path / "bilect.toml").write_text("[subtitles]\nchinese_width = 9\n", "utf-8")
    (tmp_path / "en.srt").write_text("1\n00:00:00,000 --> 00:00:04,000\nSome sleep well, and others do not.\n", "utf-8")
    (tmp_path / "zh.srt").write_text("1\n00:00:00,000 --> 00:00:04,000\n有些人睡得很好，其他人却不是这样。\n", "utf-8")
    cases = {
        (): "有些人睡得很好，|其他人却不是这样。|Some sleep well, and others do not.",
        ("--preset", "bilibili"): "有些人睡得很好，其他人却不是这样|Some sleep well, and others do not.",
        (
            "--preset",
            "ted",
            "--width",
            "24,20",
        ): "有些人睡得很好，其他人却不是这样。|Some sleep well,|and others do not.",
        ("--no-wrap",): "有些人睡得很好，其他人却不是这样。|Some sleep well, and others do not.",
        ("--no-wrap", "--stops", "drop"): "有些人睡得很好，其他人却不是这样|Some sleep well, and others do not.",
        ("--stops", "drop"): "有些人睡得很好|其他人却不是这样|Some sleep well, and others do not.",
    }
    for options, lines in cases.items():
        shown = bilect("subs", "merge", "en.srt", "zh.srt", "-q", *options, cwd=tmp_path)
        assert (shown.status, shown.stderr) == (0, "")
        assert shown.stdout.rstrip("\n").split("\n")[2:] == lines.split("|")
    shown = bilect("subs", "merge", "en.srt", "zh.srt", "--preset", "bbk", cwd=tmp_path)
    assert (shown.status, shown.stderr.count("\n")) == (2, 1)
    assert "'bbk' is not one of 'netflix', " in shown.stderr


def test_a_damaged_track_is_merged_and_told(tmp_path: Path) -> None:
    damaged = EN.read_bytes().replace(b"00:00:01,200 --> 00:00:02,640", b"00:00:01.2 -> 00:00:02,640")
    (tmp_path / "en.srt").write_bytes(damaged)
    shown = bilect("subs", "merge", "en.srt", ZH, "-o", "talk.srt", cwd=tmp_path)
    assert shown.status == 0
    assert "en.srt:2:1: warning ST102 subtitle-syntax: " in shown.stderr
    assert "Good morning, everyone." in (tmp_path / "talk.srt").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "empty.srt").write_bytes(b"")
    (tmp_path / "words.srt").write_text("No subtitles here.\n", "utf-8")
    (tmp_path / "binary.srt").write_bytes(bytes(range(256)))
    (tmp_path / "en.srt").write_bytes(EN.read_bytes())
    (tmp_path / "zh.srt").write_bytes(ZH.read_bytes())
    (tmp_path / "talk.doc").write_bytes(b"")
    return tmp_path


def test_what_cannot_be_merged_is_one_line_and_changes_nothing(folder: Path) -> None:
    cases = {
        ("en.srt", "empty.srt"): "bilect: empty.srt: is empty (restore the file, or leave it out)",
        ("en.srt", "words.srt"): "bilect: words.srt: no subtitles: no line holds the times of a cue: the file says",
        ("en.srt", "binary.srt"): "bilect: binary.srt: no subtitles: the file is no text: ",
        ("en.srt", "talk.doc"): "bilect: talk.doc: no subtitle format has the suffix '.doc' (known are ",
        ("en.srt", "."): "bilect: .: is a folder (name a file in it)",
        ("zh.srt", "en.srt"): "bilect: zh.srt: is Chinese, and the English track comes first (name en.srt first)",
        ("en.srt", "zh.srt", "-o", "en.srt"): "bilect: en.srt: is an input, and is not overwritten",
        ("en.srt", "zh.srt", "-o", "x.srt", "--report", "x.srt"): "bilect subs merge: two files cannot be one",
        ("-", "-"): "bilect subs merge: two files cannot be one: name each of them (see bilect subs merge --help)",
    }
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for arguments, said in cases.items():
        shown = bilect("subs", "merge", *arguments, cwd=folder)
        assert (shown.status, shown.stdout) == (2, "")
        assert shown.stderr.startswith(said), shown.stderr
        assert shown.stderr.count("\n") == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_project_whose_players_wrap_keeps_the_lines_of_its_tracks_until_a_command_says_otherwise(
    tmp_path: Path,
) -> None:
    (tmp_path / "bilect.toml").write_text("[subtitles]\nchinese_width = 9\nwrap = false\n", "utf-8")
    (tmp_path / "en.srt").write_text("1\n00:00:00,000 --> 00:00:04,000\nSome sleep well,\nothers do not.\n", "utf-8")
    (tmp_path / "zh.srt").write_text("1\n00:00:00,000 --> 00:00:04,000\n有些人睡得很好，其他人却不是这样。\n", "utf-8")
    shown = [bilect("subs", "merge", "en.srt", "zh.srt", "-q", *option, cwd=tmp_path) for option in ([], ["--wrap"])]
    kept, broken = ("\n".join(each.stdout.rstrip().split("\n")[2:]) for each in shown)
    assert kept == "有些人睡得很好，其他人却不是这样。\nSome sleep well,\nothers do not."
    assert broken == "有些人睡得很好，\n其他人却不是这样。\nSome sleep well,\nothers do not."
    assert bilect("subs", "wrap", "zh.srt", "-o", "-", "-q", cwd=tmp_path).stdout.count("，\n") == 1
