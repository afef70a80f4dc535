"""`bilect import` of tracks: an exported one gives its edits, another one fills what is empty."""

from __future__ import annotations

from pathlib import Path

import click
import polib
import pytest
from commands import invoked
from test_talk_catalogs import CATALOG, CHINESE, ENGLISH, SENTENCES, cues_of, said, translate, write

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.srt_format import srt_bytes

EXPORT = "build/course/talk.zh.srt"
SOURCE = "source_docs/course/talk.en.srt"


@pytest.fixture(autouse=True)
def _translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    Path("source_docs/course").mkdir(parents=True)
    write("talk.en.srt", ENGLISH)
    invoked("update")
    translate(SENTENCES)
    invoked("run")


def edited(*changes: tuple[str, str]) -> None:
    text = Path(EXPORT).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    Path(EXPORT).write_text(text, encoding="utf-8")


def test_an_exported_track_that_comes_back_changes_nothing() -> None:
    before = CATALOG.read_bytes()
    result = invoked("import", EXPORT, SOURCE)
    assert result.exit_code == 0
    assert "nothing to take" in result.stderr
    assert CATALOG.read_bytes() == before


def test_a_narrow_track_that_comes_back_changes_nothing() -> None:
    Path("bilect.toml").write_text('[subtitles]\npreset = "bilibili"\nchinese_width = 6\n', encoding="utf-8")
    invoked("export", "srt")
    before = CATALOG.read_bytes()
    assert invoked("import", EXPORT, SOURCE).exit_code == 0
    assert CATALOG.read_bytes() == before


def test_edits_of_a_track_and_nothing_else_are_taken() -> None:
    edited(("二十个电话", "20 通电话"), ("谁先就诊", "先救谁"))
    assert invoked("import", EXPORT, SOURCE).exit_code == 0
    assert said() == SENTENCES | {
        "A nurse can make twenty calls a day.": "一名护士每天可以打20 通电话。",
        "Today we talk about triage, that is, about who is seen first.": "今天我们讲分诊，也就是先救谁。",
    }


def test_an_edit_in_a_cue_of_two_sentences_is_that_of_its_sentence() -> None:
    edited(("大家早上好", "同学们早"))
    assert invoked("import", EXPORT, SOURCE).exit_code == 0
    assert said() == SENTENCES | {"Good morning, everyone.": "同学们早。"}


def test_cues_that_were_joined_or_moved_a_little_keep_their_sentences() -> None:
    cues = list(cues_of(EXPORT))
    joined = Cue(cues[3].start_ms + 30, cues[4].end_ms, f"{cues[3].text}\n{cues[4].text}".replace("病人", "患者"))
    Path(EXPORT).write_bytes(srt_bytes([*cues[:3], joined]))
    assert invoked("import", EXPORT, SOURCE).exit_code == 0
    last = list(SENTENCES)[-1]
    assert said() == SENTENCES | {last: SENTENCES[last].replace("病人", "患者")}


def test_a_cue_that_was_deleted_empties_nothing_and_one_that_was_added_is_told() -> None:
    cues = list(cues_of(EXPORT))
    Path(EXPORT).write_bytes(srt_bytes([*cues[:2], *cues[3:], Cue(20_000, 21_000, "谢谢观看")]))
    result = invoked("import", EXPORT, SOURCE)
    assert result.exit_code == 1
    assert "谢谢观看" in result.stderr
    assert said() == SENTENCES


def test_a_track_made_elsewhere_fills_what_is_empty_and_replaces_nothing() -> None:
    catalog = polib.pofile(str(CATALOG))
    catalog[2].msgstr = ""
    catalog.save(str(CATALOG))
    Path("other.zh.srt").write_bytes(srt_bytes(CHINESE))
    result = invoked("import", "other.zh.srt", SOURCE)
    assert "filled in" in result.stderr
    assert said() == SENTENCES | {"A nurse can make twenty calls a day.": "一名护士每天可以打二十个电话"}


def test_a_track_is_imported_with_its_source_only() -> None:
    with pytest.raises(click.UsageError, match="SOURCE"):
        invoked("import", EXPORT)
    Path("broken.zh.srt").write_text("nothing here\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="no subtitles"):
        invoked("import", "broken.zh.srt", SOURCE)
    Path("page.en.md").write_text("# A page\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="is no page"):
        invoked("import", EXPORT, "page.en.md")
