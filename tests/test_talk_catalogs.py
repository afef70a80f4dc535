"""Tracks translated by sentence: catalogs that follow the English, are filled from Chinese tracks, and become tracks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polib
import pytest
from commands import invoked

from pipeline.model import Cue
from pipeline.subtitles.srt_format import read_srt, srt_bytes

CATALOG = Path("locales/zh_CN/LC_MESSAGES/course/talk.subtitles.po")
ENGLISH = [
    Cue(1_000, 3_000, "Good morning, everyone. Today\nwe talk about triage,"),
    Cue(3_000, 6_000, "that is, about who is seen first."),
    Cue(7_000, 9_000, "A nurse can make twenty calls a day."),
    Cue(10_000, 12_000, "So whom should she call first?"),
    Cue(12_500, 15_000, "Those who are most likely\nto come back to the hospital."),
]
CHINESE = [
    Cue(1_000, 1_900, "大家早上好"),
    Cue(1_900, 4_000, "今天我们讲分诊"),
    Cue(4_000, 6_000, "也就是谁先就诊"),
    Cue(7_100, 9_000, "一名护士每天可以打二十个电话"),
    Cue(10_000, 11_900, "那么她应该先打给谁"),
    Cue(12_500, 15_000, "最有可能再次住院的病人"),
]
SENTENCES = {
    "Good morning, everyone.": "大家早上好。",
    "Today we talk about triage, that is, about who is seen first.": "今天我们讲分诊，也就是谁先就诊。",
    "A nurse can make twenty calls a day.": "一名护士每天可以打二十个电话。",
    "So whom should she call first?": "那么她应该先打给谁？",
    "Those who are most likely to come back to the hospital.": "最有可能再次住院的病人。",
}


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    Path("source_docs/course").mkdir(parents=True)
    write("talk.en.srt", ENGLISH)


def write(name: str, cues: Sequence[Cue]) -> None:
    Path("source_docs/course", name).write_bytes(srt_bytes(cues))


def said() -> dict[str, str]:
    return {each.msgid: each.msgstr for each in polib.pofile(str(CATALOG)) if not each.obsolete and not each.fuzzy}


def translate(texts: dict[str, str]) -> None:
    catalog = polib.pofile(str(CATALOG))
    for each in catalog:
        each.msgstr = texts.get(each.msgid, each.msgstr)
    catalog.save(str(CATALOG))


def cues_of(path: str) -> tuple[Cue, ...]:
    return read_srt(Path(path).read_bytes(), path).cues


def test_a_track_has_a_catalog_of_whole_sentences_beside_that_of_a_page_of_its_name() -> None:
    Path("source_docs/course/talk.en.md").write_text("# A talk\n", encoding="utf-8")
    result = invoked("run")
    assert result.exit_code == 0
    assert "0 of 6 messages translated" in result.stdout
    assert list(said()) == list(SENTENCES)
    notes = polib.pofile(str(CATALOG))[1].comment.splitlines()
    assert notes == [
        "time 0:01–0:06 · 36 characters can be read in it",
        "before it: Good morning, everyone.",
        "after it: A nurse can make twenty calls a day.",
    ]
    assert Path("locales/zh_CN/LC_MESSAGES/course/talk.po").is_file()
    assert Path("locales/templates/course/talk.subtitles.pot").is_file()
    assert invoked("run").stdout.count("Nothing has changed") == 1


def test_translations_stay_when_the_english_is_timed_anew() -> None:
    invoked("update")
    translate(SENTENCES)
    write(
        "talk.en.srt",
        [Cue(cue.start_ms * 25 // 24 + 2_000, cue.end_ms * 25 // 24 + 2_000, cue.text) for cue in ENGLISH],
    )
    assert invoked("update").exit_code == 0
    assert said() == SENTENCES


def test_translations_stay_when_the_english_is_cut_anew() -> None:
    invoked("update")
    translate(SENTENCES)
    cut_anew = [
        Cue(1_000, 2_000, "Good morning, everyone."),
        Cue(2_000, 4_000, "Today we talk about triage, that is,"),
        Cue(4_000, 9_000, "about who is seen first. A nurse can make\ntwenty calls a day."),
        *ENGLISH[3:],
    ]
    write("talk.en.srt", cut_anew)
    assert invoked("update").exit_code == 0
    assert said() == SENTENCES


def test_a_sentence_that_was_split_keeps_its_translation_for_review() -> None:
    invoked("update")
    translate(SENTENCES)
    split = [ENGLISH[0], Cue(3_000, 6_000, "that is. About who is seen first."), *ENGLISH[2:]]
    write("talk.en.srt", split)
    invoked("update")
    kept = [each for each in polib.pofile(str(CATALOG)) if "triage" in each.msgid and not each.obsolete]
    assert [(each.msgstr, each.fuzzy) for each in kept] == [("今天我们讲分诊，也就是谁先就诊。", True)]


def test_a_chinese_track_fills_the_catalog() -> None:
    write("talk.zh.srt", [Cue(cue.start_ms + 400, cue.end_ms + 400, cue.text) for cue in CHINESE])
    invoked("run")
    found = said()
    assert found["A nurse can make twenty calls a day."] == "一名护士每天可以打二十个电话"
    assert found["So whom should she call first?"] == "那么她应该先打给谁"
    shared = {each.msgid: each for each in polib.pofile(str(CATALOG))}
    assert (
        shared["Today we talk about triage, that is, about who is seen first."].msgstr
        == "今天我们讲分诊 也就是谁先就诊"
    )
    assert shared["Good morning, everyone."].msgstr == "大家早上好"
    assert all("aligned: " in each.comment for each in shared.values() if each.fuzzy)


def test_a_chinese_track_replaces_nothing_that_is_typed() -> None:
    invoked("update")
    translate({"A nurse can make twenty calls a day.": "每名护士一天能打二十通电话。"})
    write("talk.zh.srt", CHINESE)
    invoked("update")
    assert said()["A nurse can make twenty calls a day."] == "每名护士一天能打二十通电话。"


def test_who_names_the_chinese_track_means_the_catalog_that_it_fills() -> None:
    invoked("update")
    write("talk.zh.srt", CHINESE)
    assert invoked("update", "source_docs/course/talk.zh.srt").exit_code == 0
    assert said()["A nurse can make twenty calls a day."] == "一名护士每天可以打二十个电话"


def test_tracks_of_different_talks_fill_nothing() -> None:
    other = [Cue(cue.start_ms, cue.end_ms, "海豚在海里游泳") for cue in CHINESE]
    write("talk.zh.srt", other[:1])
    invoked("update")
    assert not any(said().values())


def test_stats_and_check_take_a_track_for_its_catalog() -> None:
    invoked("run")
    translate(dict(list(SENTENCES.items())[:2]))
    assert "talk.subtitles" in invoked("stats", "source_docs/course/talk.en.srt").stdout
    assert invoked("check", "source_docs/course/talk.en.srt").exit_code in {0, 1}
    assert "Nothing" in invoked("update", "source_docs/course/talk.en.srt").stdout


def test_a_translation_is_cut_back_onto_the_times_of_its_cues() -> None:
    invoked("update")
    translate(SENTENCES)
    assert invoked("run").exit_code == 0
    cues = cues_of("build/course/talk.zh.srt")
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(cue.start_ms, cue.end_ms) for cue in ENGLISH]
    assert cues[2].text == "一名护士每天可以打二十个电话。"
    assert "".join(cue.text for cue in cues).replace("\n", "").replace(" ", "") == "".join(SENTENCES.values())
    both = cues_of("build/course/talk.srt")
    assert both[2].text == "一名护士每天可以打二十个电话。\nA nurse can make twenty calls a day."


def test_what_is_not_translated_is_the_source_or_left_out() -> None:
    invoked("update")
    translate(dict(list(SENTENCES.items())[:3]))
    assert invoked("export", "srt").exit_code == 0
    assert cues_of("build/course/talk.zh.srt")[3].text == ENGLISH[3].text
    assert cues_of("build/course/talk.srt")[3].text == ENGLISH[3].text
    assert invoked("export", "srt", "--min", "61", "-o", "other").exit_code == 0
    assert not Path("other").exists()
    assert invoked("export", "vtt", "--min", "60", "-o", "other").exit_code == 0
    assert sorted(path.name for path in Path("other").rglob("*.vtt")) == ["talk.vtt", "talk.zh.vtt"]


def test_fuzzy_translations_are_shown_as_wished() -> None:
    invoked("update")
    catalog = polib.pofile(str(CATALOG))
    catalog[2].msgstr, catalog[2].flags = "护士可以打电话。", ["fuzzy"]
    catalog.save(str(CATALOG))
    invoked("export", "srt")
    assert not Path("build/course/talk.zh.srt").exists()
    invoked("export", "srt", "--fuzzy", "mark")
    assert cues_of("build/course/talk.zh.srt")[2].text == "⚠ 护士可以打电话。"


def test_a_track_made_by_hand_is_used_and_never_overwritten() -> None:
    write("talk.zh.srt", CHINESE)
    invoked("run")
    assert not Path("build/course/talk.zh.srt").exists()
    assert CHINESE[0].text in cues_of("build/course/talk.srt")[0].text
    Path("loose").mkdir()
    for name, cues in (("talk.en.srt", ENGLISH), ("talk.zh.srt", CHINESE)):
        Path("loose", name).write_bytes(srt_bytes(cues))
    translate(SENTENCES)
    result = invoked("export", "srt", "loose/talk.en.srt", "--catalog", str(CATALOG), "-o", "loose/")
    assert result.exit_code == 2
    assert "may be hand-made" in result.stderr
    assert cues_of("loose/talk.zh.srt") == tuple(CHINESE)


def test_one_file_of_two_is_named_by_its_language() -> None:
    invoked("update")
    translate(SENTENCES)
    assert invoked("export", "srt", "source_docs/course/talk.en.srt", "-o", "a.zh.srt").exit_code == 0
    assert cues_of("a.zh.srt")[2].text == "一名护士每天可以打二十个电话。"
    assert invoked("export", "srt", "source_docs/course/talk.en.srt", "-o", "a.srt").exit_code == 0
    assert cues_of("a.srt")[2].text.endswith(ENGLISH[2].text)


def test_a_track_of_no_project_has_a_template_beside_that_of_a_page() -> None:
    Path("loose").mkdir()
    Path("loose/talk.en.srt").write_bytes(srt_bytes(ENGLISH))
    Path("loose/talk.en.md").write_text("# A talk\n", encoding="utf-8")
    assert invoked("extract", "loose", "-o", "out").exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["talk.en.pot", "talk.en.subtitles.pot"]
    assert [each.msgid for each in polib.pofile("out/talk.en.subtitles.pot")] == list(SENTENCES)
    Path("loose/broken.srt").write_text("nothing\n", encoding="utf-8")
    assert "subtitle-unreadable" in invoked("extract", "loose/broken.srt", "-o", "none.pot").stderr
    assert not Path("none.pot").exists()


def test_a_chinese_track_alone_is_translated_into_english() -> None:
    Path("source_docs/course/talk.en.srt").unlink()
    write("talk.zh.srt", CHINESE)
    invoked("run")
    catalog = Path("locales/en/LC_MESSAGES/course/talk.subtitles.po")
    found = polib.pofile(str(catalog))
    assert "一名护士每天可以打二十个电话" in [each.msgid for each in found]
    for each in found:
        each.msgstr = "Some words."
    found.save(str(catalog))
    invoked("run")
    assert cues_of("build/course/talk.en.srt")[0].text == "Some"
    assert cues_of("build/course/talk.srt")[0].text == "大家早上好\nSome"


def test_chinese_subtitles_may_leave_final_stops_out() -> None:
    write("talk.zh.srt", CHINESE)
    invoked("run")
    assert "M131" not in invoked("check").stdout
