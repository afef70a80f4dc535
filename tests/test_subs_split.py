"""`bilect subs split`: each line of a bilingual track goes to its language, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.align.tracks import pair_tracks
from pipeline.exporters.base import Order
from pipeline.exporters.bilingual_files import FORMS, Look, bilingual_bytes
from pipeline.model import Cue
from pipeline.subtitles.bilingual import sides_of
from pipeline.subtitles.formats import labels_of, read_track
from pipeline.subtitles.srt_format import read_srt, srt_bytes

SAMPLE = ROOT / "source_docs/sample-lecture"
EN, ZH = SAMPLE / "risk-stratification.en.srt", SAMPLE / "risk-stratification.zh.srt"
USUAL = ["两个病人\nTwo patients.", "发热\nFever.", "寒战\nChills.", "疼痛\nPain."] * 5


def split(texts: list[str]) -> list[tuple[str, str]]:
    """What becomes of the texts, shown one after the other: English and Chinese of each."""
    cues = [Cue(1000 * place, 1000 * place + 900, text) for place, text in enumerate(texts)]
    sides = sides_of(read_srt(srt_bytes(cues)))
    said = [{cue.start_ms: cue.text for cue in side} for side in (sides.en, sides.zh)]
    return [(said[0].get(cue.start_ms, ""), said[1].get(cue.start_ms, "")) for cue in cues]


@pytest.mark.parametrize(("form", "is_told"), [("srt", True), ("bcc", True), ("ssa", False), ("vtt", False)])
def test_converting_two_languages_at_one_time_says_how_they_become_one_cue(
    tmp_path: Path, form: str, is_told: bool
) -> None:
    (tmp_path / "talk.ass").write_bytes(merged("ass"))
    result = bilect("subs", "convert", "talk.ass", "-o", f"talk.{form}", cwd=tmp_path)
    assert ("bilect subs split and merge make one of them" in result.stderr) is is_told
    assert result.status == 0
    bilect("subs", "split", f"talk.{form}", "-o", "talk.en.srt", "-o", "talk.zh.srt", cwd=tmp_path)
    bilect("subs", "merge", "talk.en.srt", "talk.zh.srt", "-o", "both.srt", cwd=tmp_path)
    again = bilect("subs", "convert", "both.srt", "-o", "both.sbv", cwd=tmp_path)
    assert "at one time" not in again.stderr


def merged(form: str) -> bytes:
    en, zh = read_srt(EN.read_bytes()), read_srt(ZH.read_bytes())
    return bilingual_bytes(en, zh, pair_tracks(en.cues, zh.cues), form, Look())


@pytest.mark.parametrize("order", ["zh-en", "en-zh"])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_merged_is_split_into_what_it_was(form: str, order: Order) -> None:
    en, zh = read_srt(EN.read_bytes()), read_srt(ZH.read_bytes())
    data = bilingual_bytes(en, zh, pair_tracks(en.cues, zh.cues), form, Look(order))
    sides = sides_of(read_track(data, f"a.{form}"))
    for found, track in ((sides.en, en), (sides.zh, zh)):
        words = ["".join("".join(cue.text for cue in cues).split()) for cues in (found, track.cues)]
        assert words[0] == words[1]
    assert (sides.mixed, sides.empty) == ((), 0)


def test_lines_go_where_their_script_says_in_any_order() -> None:
    texts = ["Fever.\n发热", "寒战\nand\nchills", "只有中文\n两行", "Only English.", "<i>疼</i>\n<i>Pain</i>"]
    assert split(texts) == [
        ("Fever.", "发热"), ("and\nchills", "寒战"), ("", "只有中文\n两行"), ("Only English.", ""), ("<i>Pain</i>", "<i>疼</i>"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPU\nGPU", ("GPU", "GPU")),
        ("b=1/m\nb is one over m", ("b is one over m", "b=1/m")),
        ("a 是 b\nthis is the sigmoid of (他说乘以)", ("this is the sigmoid of (他说乘以)", "a 是 b")),
        ("只有中文\n两行", ("", "只有中文\n两行")),
        ("a\nb\nc", ("a\nb\nc", "")),
    ],
)
def test_lines_without_a_language_go_by_their_place_where_all_others_stand_alike(
    text: str, expected: tuple[str, str]
) -> None:
    assert split([*USUAL, text])[-1] == expected


def test_cues_of_one_time_and_one_number_are_told_apart() -> None:
    first = "1\n00:00:01,000 --> 00:00:02,000\n"
    blocks = f"{first}Fever.\n\n{first}发热\n\n2\n00:00:03,000 --> 00:00:04,000\n\n"
    sides = sides_of(read_srt(blocks.encode()))
    assert ([cue.text for cue in sides.en], [cue.text for cue in sides.zh]) == (["Fever."], ["发热"])
    assert (sides.together, sides.empty) == (1, 1)


def test_the_styles_of_ass_say_what_a_text_does_not_and_stay() -> None:
    shown = [
        ("Two patients.", "两个病人"),
        ("OK", "OK"),
        ("Fever.", "发热"),
        ("Chills", "寒战"),
        ("Pain", "疼"),
        ("Go", "走"),
    ]
    rows = [
        f"Dialogue: 0,0:00:0{place}.00,0:00:0{place}.90,{style},,0,0,0,,{text}\n"
        for place, texts in enumerate(shown)
        for style, text in zip(("Lower", "Upper"), texts, strict=True)
    ]
    track = read_track(("[Events]\n" + "".join(rows)).encode(), "a.ass")
    sides = sides_of(track)
    assert [cue.text for cue in sides.en] == [en for en, _ in shown]
    assert [cue.text for cue in sides.zh] == [zh for _, zh in shown]


def test_a_line_with_both_languages_stays_whole_and_is_told() -> None:
    line = "这一行 holds both of the languages together 两种语言"
    sides = sides_of(read_srt(srt_bytes([Cue(0, 900, line), Cue(1000, 1900, "Fever\n发热")])))
    assert line in [cue.text for cue in (*sides.en, *sides.zh)]
    assert sides.mixed == (2,)


def test_the_command_names_and_counts_what_it_writes(tmp_path: Path) -> None:
    assert bilect("subs", "merge", EN, ZH, "-o", "talk.ass", cwd=tmp_path).status == 0
    shown = bilect("subs", "split", "talk.ass", "-o", "out", cwd=tmp_path)
    assert (shown.status, shown.stdout) == (0, "")
    assert " English to out/talk.en.ass and " in shown.stderr
    chinese = read_track((tmp_path / "out/talk.zh.ass").read_bytes(), "talk.zh.ass")
    assert set(labels_of(chinese)) == {"Chinese"}
    shown = bilect("subs", "split", "talk.ass", "-o", "a.srt", "-o", "b.vtt", cwd=tmp_path)
    assert shown.status == 0
    assert (tmp_path / "b.vtt").read_text("utf-8").startswith("WEBVTT")
    shown = bilect(
        "subs", "split", "-", "-o", "out", "--to", "vtt", cwd=tmp_path, stdin=srt_bytes([Cue(0, 9, "发热\nFever")])
    )
    assert shown.status == 0
    assert "发热" in (tmp_path / "out/stdin.zh.vtt").read_text("utf-8")


def test_what_cannot_be_split_is_one_line_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "en.srt").write_bytes(EN.read_bytes())
    for name in ("talk.en.srt", "own.zh.srt"):
        (tmp_path / name).write_bytes(srt_bytes([Cue(0, 9, "发热\nFever")]))
    for arguments in (
        ("en.srt", "-o", "out"),
        ("none.srt", "-o", "out"),
        ("talk.en.srt", "-o", "."),
        ("own.zh.srt", "-o", "."),
        ("talk.en.srt", "-o", "x.srt"),
        ("talk.en.srt", "-o", "x.srt", "-o", "./x.srt"),
        ("talk.en.srt", "-o", "x.srt", "-o", "x.doc"),
        ("talk.en.srt", "-o", "x.srt", "-o", "y.srt", "-o", "z.srt"),
        ("talk.en.srt", "-o", "x.srt", "-o", "y.srt", "--to", "vtt"),
        ("talk.en.srt", "-o", "out", "--to", "ttml"),
        ("talk.en.srt", "-o", "out", "--to", "docx"),
    ):
        shown = bilect("subs", "split", *arguments, cwd=tmp_path)
        assert (shown.status, len(shown.stderr.splitlines())) == (2, 1), (arguments, shown.stderr)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.srt", "own.zh.srt", "talk.en.srt"]


def test_webvtt_keeps_its_styles_notes_and_settings_in_both_languages(tmp_path: Path) -> None:
    head = "WEBVTT\n\nSTYLE\n::cue(.zh) { color: red }\n\nfirst\n00:00:01.000 --> 00:00:02.000 align:start\n"
    times, note = "00:00:03.000 --> 00:00:04.000 line:", "\n\nNOTE about two\n\n"
    both = f"{note}{times}0\n两个病人\n\n{times}90%\nTwo patients\n"
    (tmp_path / "talk.vtt").write_text(f"{head}<c.zh>发热</c>\n<c.en>Fever</c>{both}", "utf-8")
    bilect("subs", "split", "talk.vtt", "-o", "out", cwd=tmp_path)
    assert (tmp_path / "out/talk.en.vtt").read_text("utf-8") == f"{head}Fever{note}{times}90%\nTwo patients\n"
    assert (tmp_path / "out/talk.zh.vtt").read_text("utf-8") == f"{head}发热{note}{times}0\n两个病人\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("merge", EN, ZH, "-o", "a.srt", "--report", "./a.srt"), "two files cannot be one"),
        (("sync", ZH, "--to", EN, "-o", "a.srt", "--report", "b/../a.srt"), "two files cannot be one"),
        (("split", "-", "-o", "a.srt", "-o", "b/../a.srt"), "name one folder, or two files that are not the same"),
        (("split", "-", "-o", "out", "--to", "xyz"), "--to xyz is no format"),
        (("convert", ZH, "-o", "out", "--to", "xyz"), "--to xyz is no format"),
    ],
)
def test_two_results_in_one_file_by_whatever_name_and_unknown_formats_are_refused(
    tmp_path: Path, arguments: tuple[str | Path, ...], said: str
) -> None:
    (tmp_path / "b").mkdir()
    result = bilect("subs", *arguments, cwd=tmp_path, stdin=merged("srt"))
    assert (result.status, [*tmp_path.iterdir()]) == (2, [tmp_path / "b"])
    assert said in result.stderr
