"""Bilingual tracks in the forms of players: nothing is lost, each language is known, and no text does harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.align.tracks import pair_tracks
from pipeline.exporters.bilingual_files import FORMS, Look, bilingual_bytes
from pipeline.model import Cue
from pipeline.subtitles.formats import labels_of, read_track
from pipeline.subtitles.markup import converted
from pipeline.subtitles.srt_format import read_srt, srt_bytes
from pipeline.subtitles.track import Track
from pipeline.text.script import has_han

SAMPLE = ROOT / "source_docs/sample-lecture"
EN, ZH = SAMPLE / "risk-stratification.en.srt", SAMPLE / "risk-stratification.zh.srt"
HOSTILE_EN = "set {1, 2} \\Nope <3 vector<int> --> </x> {\\frac12}"
HOSTILE_ZH = "集合 {甲} 00:00:01.000 --> 00:00:02.000"


def track(text: str) -> Track:
    return read_srt(srt_bytes([Cue(1000, 3000, text)]))


def merged(form: str, en: Track, zh: Track, look: Look = Look()) -> bytes:  # noqa: B008
    return bilingual_bytes(en, zh, pair_tracks(en.cues, zh.cues), form, look)


def words(text: str) -> str:
    return "".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_both_tracks_is_in_the_file(form: str) -> None:
    en, zh = read_srt(EN.read_bytes()), read_srt(ZH.read_bytes())
    found = read_track(merged(form, en, zh), f"a.{form}")
    lines = [line for cue in converted(found.cues, form, "srt") for line in cue.text.split("\n")]
    for cues, is_chinese in ((en.cues, False), (zh.cues, True)):
        said = words("".join(line for line in lines if has_han(line) is is_chinese))
        assert said == words("".join(cue.text for cue in cues))
    assert [finding.code for finding in found.findings] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_text_comes_back_as_text(form: str) -> None:
    found = read_track(merged(form, track(HOSTILE_EN), track(HOSTILE_ZH)), f"a.{form}")
    assert len(found.cues) == (2 if form == "ass" else 1)
    said = words("\n".join(cue.text for cue in converted(found.cues, form, "sbv")))
    for text in (HOSTILE_EN, HOSTILE_ZH):
        assert words(text).replace("-->", "").replace(".", "") in said.replace("-->", "").replace("⟶", "").replace(
            ".", ""
        )


def test_in_ass_each_language_has_its_style_and_the_lower_one_comes_first() -> None:
    en, zh = track("Two patients."), track("两个病人")
    data = merged("ass", en, zh)
    found = read_track(data, "a.ass")
    assert [(cue.text, style) for cue, style in zip(found.cues, labels_of(found), strict=True)] == [
        ("Two patients.", "English"), ("两个病人", "Chinese"),
    ]  # fmt: skip
    turned = read_track(merged("ass", en, zh, Look("en-zh", 70, 30)), "a.ass")
    assert labels_of(turned) == ("Chinese", "English")
    assert b"Style: Chinese,Noto Sans CJK SC,70," in turned.data
    assert b"Style: English,Arial,30," in turned.data


def test_in_webvtt_each_language_has_its_class() -> None:
    lines = merged("vtt", track("Two <b>patients</b>."), track("两个病人")).decode().splitlines()
    assert lines[:3] == ["WEBVTT", "", "STYLE"]
    assert lines[-2:] == ["<c.zh>两个病人</c>", "<c.en>Two <b>patients</b>.</c>"]


def test_the_commands_write_what_the_name_says(tmp_path: Path) -> None:
    shown = bilect("subs", "merge", EN, ZH, "-o", "talk.ass", "--sizes", "72", "40", "--order", "en-zh", cwd=tmp_path)
    assert shown.status == 0
    assert "Chinese,Noto Sans CJK SC,72," in (tmp_path / "talk.ass").read_text("utf-8")
    shown = bilect("subs", "merge", EN, ZH, "-o", "talk.txt", cwd=tmp_path)
    assert (shown.status, shown.stderr.count("\n")) == (2, 1)
    shown = bilect("export", "tracks", EN, ZH, "-o", "out/", cwd=tmp_path)
    assert shown.status == 0
    for path in (EN, ZH):
        plain = read_srt((tmp_path / "out" / path.name).read_bytes())
        assert words("".join(cue.text for cue in plain.cues)) == words(
            "".join(cue.text for cue in read_srt(path.read_bytes()).cues)
        )
    assert bilect("export", "vtt", EN, ZH, "-o", "out/", cwd=tmp_path).status == 0
    assert (tmp_path / "out/risk-stratification.vtt").read_text("utf-8").startswith("WEBVTT\n\nSTYLE\n")


def test_a_bilingual_track_beside_its_two_languages_is_no_third(tmp_path: Path) -> None:
    course = tmp_path / "source_docs/course"
    course.mkdir(parents=True)
    (tmp_path / "bilect.toml").touch()
    en, zh = read_srt(EN.read_bytes()), read_srt(ZH.read_bytes())
    (course / "talk.en.srt").write_bytes(EN.read_bytes())
    (course / "talk.zh.srt").write_bytes(ZH.read_bytes())
    (course / "talk.ass").write_bytes(merged("ass", en, zh))
    shown = bilect("export", "srt", cwd=tmp_path)
    assert (shown.status, shown.stderr) == (0, "1 file exported, 1 written\n")
    found = read_srt((tmp_path / "build/course/talk.srt").read_bytes())
    assert words("".join(cue.text for cue in found.cues)).count(words(zh.cues[0].text)) == 1
    shown = bilect("check", "source_docs/course/talk.ass", cwd=tmp_path)
    assert "ST110" not in shown.stdout
