"""Fixes of subtitle files: what is found goes, nothing else of the bytes changes, and a second run changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import invoked
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model import Cue
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.limits import LIMITS
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.validator.base import findings
from pipeline.validator.track_fixes import mended_track, with_offers
from pipeline.validator.tracks import CheckedTrack

USUAL = LIMITS["netflix"]
SAFE = ("ST104", "ST110", "ST111", "ST123", "ST124")


def mended(data: bytes, *codes: str, name: str = "talk.srt") -> bytes:
    return mended_track(read_track(data, name), codes, USUAL)[0].data


def srt(*cues: tuple[str, str, str], newline: str = "\n") -> bytes:
    """An SRT file of cues with seconds as ``"01,000"``, numbered from 1."""
    blocks = (f"{n}\n00:00:{start} --> 00:00:{end}\n{text}\n\n" for n, (start, end, text) in enumerate(cues, 1))
    return "".join(blocks).replace("\n", newline).encode()


ONE, TWO = ("01,000", "02,000", "One."), ("03,000", "04,000", "Two.")


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("ST110", srt(("01,000", "03,040", "One."), TWO), srt(("01,000", "03,000", "One."), TWO)),
        ("ST111", srt(("01,000", "02,960", "One."), TWO), srt(("01,000", "03,000", "One."), TWO)),
        ("ST123", srt(("01,000", "02,000", " One. \ntwo\t"), TWO), srt(("01,000", "02,000", "One.\ntwo"), TWO)),
        ("ST123", srt(("01,000", "02,000", "One.\n \ntwo"), TWO), srt(("01,000", "02,000", "One.\ntwo"), TWO)),
        ("ST124", srt(("01,000", "02,000", "第２５课Ａ，"), TWO), srt(("01,000", "02,000", "第25课A，"), TWO)),
        ("ST104", srt(ONE, TWO).replace(b"2\n00", b"1\n00"), srt(ONE, TWO)),
        ("ST116", srt(ONE, ("02,000", "02,500", " "), TWO), srt(ONE, TWO)),
        ("ST116", srt(ONE, TWO, ("05,000", "06,000", "")), srt(ONE, TWO)),
        ("ST112", srt(("01,000", "01,400", "One."), TWO), srt(("01,000", "01,833", "One."), TWO)),
        ("ST112", srt(ONE, ("03,000", "03,001", "Two.")), srt(ONE, ("03,000", "03,833", "Two."))),
    ],
)
def test_what_a_rule_finds_is_put_right_and_nothing_else(code: str, before: bytes, after: bytes) -> None:
    for newline in (b"\n", b"\r\n"):
        old, new = before.replace(b"\n", newline), after.replace(b"\n", newline)
        assert mended(old, code) == new
        assert mended(new, code) == new
        assert mended(old) == old


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("ST110", srt(("01,000", "03,500", "One."), TWO)),  # which of them is wrong, nobody knows
        ("ST110", srt(("01,000", "03,040", r"{\an8}One."), TWO)),
        ("ST111", srt(("01,000", "08,000", "One."), ("08,040", "09,000", "Two."))),  # it would be too long
        ("ST112", srt(("02,100", "02,500", "One."), TWO)),  # less than two frames would be left
        ("ST112", srt(("04,000", "09,000", "Over."), ("05,000", "05,100", "One."))),  # it would overlap more
        ("ST112", srt(("01,000", "01,000", "One."), ("02,000", "02,100", ""), TWO)),  # other rules tell these
        ("ST104", b"00:00:01,000 --> 00:00:02,000\nOne.\n\n7\n00:00:03,000 --> 00:00:04,000\nTwo.\n"),
        ("ST116", srt(("01,000", "02,000", ""))),
        ("ST123", srt(("01,000", "02,000", " One.")).replace(b"O", b"\0")),
        ("ST123", srt(("01,000", "02,000", " One.")) + b"\r\n"),  # line ends of two kinds would become one
    ],
)
def test_what_would_need_a_person_or_other_bytes_stays(code: str, data: bytes) -> None:
    assert mended(data, code) == data


def test_two_languages_at_one_time_stay_together() -> None:
    pair = (
        ("01,000", "02,960", "One."),
        ("01,000", "02,960", "一"),
        ("03,000", "04,000", "Two."),
        ("03,000", "04,000", "二"),
    )
    assert mended(srt(*pair), "ST111") == srt(*pair).replace(b"02,960", b"03,000")


def test_a_short_cue_of_ass_is_lengthened_by_whole_hundredths() -> None:
    text = (
        "[Events]\nDialogue: 0,0:00:01.00,0:00:01.40,A,,0,0,0,,One.\nDialogue: 0,0:00:03.00,0:00:04.00,A,,0,0,0,,Two.\n"
    )
    assert mended(text.encode(), "ST112", name="a.ass") == text.replace("01.40", "01.84").encode()


def test_an_empty_cue_leaves_webvtt_with_its_notes_and_names() -> None:
    head, cue, note = "WEBVTT\n\n", "a\n00:01.000 --> 00:02.000\n<i></i>\n\n", "NOTE kept\n\n"
    rest = "b\n00:03.000 --> 00:04.000 align:start\nTwo.\n"
    assert mended((head + cue + note + rest).encode(), "ST116", name="a.vtt") == (head + note + rest).encode()


TEXTS = st.text("ab １。　\n<i>", max_size=8)
CUES = st.lists(st.builds(Cue, st.integers(0, 400), st.integers(0, 400), TEXTS), min_size=1, max_size=8)


@given(CUES)
@example([Cue(0, 3, "<"), Cue(1, 2, "<"), Cue(3, 4, "<")])
def test_a_second_run_finds_nothing_to_mend(cues: list[Cue]) -> None:
    once = mended_track(read_track(srt_bytes(cues), "talk.srt"), (*SAFE, "ST112", "ST116"), USUAL)[0]
    assert mended_track(once, (*SAFE, "ST112", "ST116"), USUAL) == (once, frozenset())


@given(CUES)
def test_what_is_offered_can_be_mended(cues: list[Cue]) -> None:
    track = read_track(srt_bytes(cues), "talk.srt")
    offered = {each.code for each in (*with_offers(track), *findings(CheckedTrack(track))) if each.edit}
    done = mended_track(track, {"ST104", "ST112", "ST123", "ST124"} & offered, USUAL)[1]
    assert done == {"ST104", "ST112", "ST123", "ST124"} & offered


def test_a_check_mends_subtitles_and_shows_what_it_would_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "talk.en.srt"
    file.write_bytes(srt(("01,000", "02,000", "So what is a vector? "), ("02,000", "03,000", "")))
    shown = invoked("check", "talk.en.srt", "--diff")
    assert shown.exit_code == 1
    assert "-So what is a vector? \n+So what is a vector?\n" in shown.stdout
    assert "@@ -1,6 +1,6 @@\n 1\n" in shown.stdout
    fixed = invoked("check", "talk.en.srt", "--fix")
    assert "Fixed 1 finding in 1 file, 1 left." in fixed.stderr
    assert "--unsafe-fixes mends 1 of them" in fixed.stdout
    assert "Fixed 1 finding in 1 file, 0 left." in invoked("check", ".", "--unsafe-fixes").stderr
    assert file.read_bytes() == srt(("01,000", "02,000", "So what is a vector?"))
    assert "Fixed 0 findings in 0 files" in invoked("check", ".", "--unsafe-fixes").stderr
