"""Two versions of a catalog merged by message: both changes, no conflict without cause, nothing typed lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogs.po import catalog_bytes, read_catalog
from pipeline.catalogs.reconcile import joined, moment, other_translation, resolve
from pipeline.catalogs.threeway import ThreeWay, can_merge, three_way

OLD, LATER, LATEST = "2026-01-01 10:00+0000", "2026-02-02 10:00+0000", "2026-03-03 10:00+0000"


def header(revised: str = OLD, *, created: str = OLD, by: str = "A", more: str = "") -> str:
    return (
        f'msgid ""\nmsgstr ""\n"POT-Creation-Date: {created}\\n"\n"PO-Revision-Date: {revised}\\n"\n'
        f'"Last-Translator: {by} <{by}@example.org>\\n"\n"Language: zh_CN\\n"\n{more}'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )


def block(msgid: str, msgstr: str = "", before: str = "") -> str:
    return f'\n{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


def merge(base: str, ours: str, theirs: str) -> ThreeWay:
    merged = three_way(*(read_catalog(each.encode()) for each in (base, ours, theirs)))
    again = read_catalog(merged.data)
    assert can_merge(again), again.findings
    assert len({(message.msgctxt, message.msgid) for message in again}) == len(again)
    return merged


def text(base: str, ours: str, theirs: str) -> str:
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    return merged.data.decode()


H = header()
BASE = H + block("a", "甲") + block("b", "乙") + block("c")


def test_two_translators_of_different_messages_both_stay_and_no_other_byte_changes() -> None:
    assert text(BASE, BASE.replace("甲", "甲一"), BASE.replace("乙", "乙二")) == BASE.replace("甲", "甲一").replace(
        "乙", "乙二"
    )


def test_neighbours_at_one_place_are_no_conflict_as_they_are_for_lines() -> None:
    assert text(BASE, BASE + block("d", "丁"), BASE + block("e", "戊")) == BASE + block("d", "丁") + block("e", "戊")
    assert text("", BASE, BASE) == BASE
    assert text("", H + block("a", "甲"), H + block("a")) == H + block("a", "甲")


def test_the_same_change_on_both_sides_is_one_change() -> None:
    changed = BASE.replace("甲", "改")
    assert text(BASE, changed, changed) == changed


def test_of_dates_and_translators_the_newest_stay() -> None:
    made = text(
        header(OLD) + block("a"),
        header(LATER, created=LATER, by="B") + block("a"),
        header(LATEST, by="C") + block("a"),
    )
    assert made == header(LATEST, created=LATER, by="C") + block("a")
    made = text(header(OLD, more='"X-G: 1\\n"\n'), header(LATEST, by="B", more='"X-G: 1\\n"\n'), header(LATER, by="C"))
    assert made == header(LATEST, by="B")


def test_line_numbers_never_conflict_and_those_of_the_newer_template_stay() -> None:
    def at(line: int, created: str, msgstr: str = "甲") -> str:
        return header(created=created) + block("a", msgstr, f"#. note {line}\n#: p.md:{line}\n")

    assert text(at(1, OLD), at(2, LATER), at(3, LATEST)) == at(3, LATEST)
    assert text(at(1, OLD), at(2, LATEST), at(3, LATER)) == at(2, LATEST)
    assert text(at(1, OLD), at(2, LATER), at(1, OLD, "改")) == at(2, LATER, "改")


def test_a_fuzzy_mark_that_one_cleared_stays_cleared_and_a_new_text_wins_over_it() -> None:
    fuzzy = H + block("a", "甲", '#, fuzzy, x\n#| msgid "was"\n')
    clear = H + block("a", "甲", "#, x\n")
    assert text(fuzzy, clear, fuzzy) == clear
    assert text(fuzzy, clear, H + block("a", "改", "#, x\n")) == H + block("a", "改", "#, x\n")
    unsure = fuzzy.replace("甲", "改")
    assert text(fuzzy, clear, unsure) == unsure
    assert text(fuzzy, clear, H + block("a", before="#, x\n")) == clear


def test_what_an_update_carried_over_gives_way_to_what_a_person_typed() -> None:
    carried = BASE + block("a longer", "甲", '#, fuzzy\n#| msgid "a"\n')
    typed = BASE + block("a longer", "更长")
    assert text(BASE, carried, typed) == text(BASE, typed, carried) == typed


def test_what_one_side_dropped_and_the_other_translated_is_kept_as_obsolete() -> None:
    dropped = H + block("a", "甲") + block("b", "乙")
    translated = BASE.replace('msgid "c"\nmsgstr ""', 'msgid "c"\nmsgstr "丙"')
    kept = dropped + '\n#~ msgid "c"\n#~ msgstr "丙"\n'
    assert text(BASE, dropped, translated) == text(BASE, translated, dropped) == kept
    obsolete = H + block("b", "乙") + block("c") + '\n#~ msgid "a"\n#~ msgstr "甲"\n'
    assert text(BASE, obsolete, BASE.replace("甲", "改")) == obsolete.replace("甲", "改")
    assert text(BASE, dropped, BASE) == dropped


def test_a_translation_follows_its_message_when_the_other_side_changed_the_source() -> None:
    updated = H + block("a!", "甲", '#, fuzzy\n#| msgid "a"\n') + block("b", "乙") + block("c")
    assert text(BASE, updated, BASE.replace("甲", "改")) == updated.replace("甲", "改")
    assert text(BASE, BASE.replace("甲", "改"), updated) == updated.replace("甲", "改")


def test_a_first_translation_follows_its_message_too_as_fuzzy() -> None:
    base = H + block("a", "甲") + block("A short course for all") + block("c")
    updated = base.replace("A short course for all", "A very short course for all")
    translated = base.replace('for all"\nmsgstr ""', 'for all"\nmsgstr "短课"')
    note = "#. changed: A {+very+} short course …\n"
    followed = (
        H + block("a", "甲")
        + block("A very short course for all", "短课", f'{note}#, fuzzy\n#| msgid "A short course for all"\n') + block("c")
    )  # fmt: skip
    assert text(base, updated, translated) == text(base, translated, updated) == followed


def test_comments_and_flags_of_both_stay_and_what_one_took_away_goes() -> None:
    base = H + block("a", "甲", "# one\n# two\n#, x, y\n")
    ours = H + block("a", "甲", "# two\n# ours\n#, x, z\n")
    theirs = H + block("a", "改", "# one\n# two\n# theirs\n#, x, y, w\n")
    assert text(base, ours, theirs) == H + block("a", "改", "# two\n# ours\n# theirs\n#, x, z, w\n")


def test_added_messages_stand_where_the_templates_have_them_also_where_obsolete_ones_follow() -> None:
    gone = '\n#~ msgid "g"\n#~ msgstr "庚"\n'
    ours = H + block("first") + block("a", "甲") + block("b", "乙") + block("c") + gone
    theirs = H + block("a", "甲") + block("after a") + block("b", "乙") + block("c") + block("last") + gone
    order = [message.msgid for message in read_catalog(merge(BASE + gone, ours, theirs).data)]
    assert order == ["first", "a", "after a", "b", "c", "last", "g"]


def test_lines_broken_anew_are_no_change_and_the_new_breaks_stay() -> None:
    words = "word " * 40
    broken = H + block("a", "甲") + '\nmsgid ""\n' + f'"{words}"\n"{words}end"\n' + 'msgstr "乙"\n'
    whole = H + block("a", "甲") + block(words * 2 + "end", "乙")
    assert text(broken, whole, broken) == text(broken, broken, whole) == whole
    assert text(broken, broken.replace("乙", "改"), whole) == whole.replace("乙", "改")


def test_a_conflict_is_one_fuzzy_message_with_both_translations_that_gettext_can_read(tmp_path: Path) -> None:
    theirs = header(LATER, by="Li Lei") + block("a", '他们的\\n\\"译\\"') + block("b", "乙") + block("c", "丙")
    merged = merge(BASE, BASE.replace("甲", "我们的"), theirs)
    assert merged.conflicts == ((None, "a"),)
    first = read_catalog(merged.data)[0]
    assert (first.msgstr, first.fuzzy) == ("我们的", True)
    assert 'merge-conflict: msgstr "他们的\\n\\"译\\""' in first.tcomment
    assert "the other side (Li Lei, 2026-02-02 10:00+0000)" in first.tcomment
    other = other_translation(first)  # type: ignore[arg-type]
    assert other
    assert (other.forms, other.fuzzy) == (('他们的\n"译"',), False)
    resolve(first, take_theirs=True)  # type: ignore[arg-type]
    assert (first.msgstr, first.fuzzy, first.tcomment) == ('他们的\n"译"', False, "")
    assert b"<<<<<<<" not in merged.data
    assert "丙" in merged.data.decode()
    (tmp_path / "a.po").write_bytes(merged.data)
    assert len(polib.pofile(str(tmp_path / "a.po"))) == 3
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "--check", "-o", tmp_path / "a.mo", tmp_path / "a.po"], check=True)


def test_a_conflict_of_plural_forms_keeps_all_forms_and_the_previous_text() -> None:
    def forms(one: str, many: str) -> str:
        return H + f'\n#, fuzzy\n#| msgid "was"\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "{one}"\nmsgstr[1] "{many}"\n'

    merged = merge(forms("", ""), forms("一", "二"), forms("三", "四"))
    (message,) = read_catalog(merged.data)
    assert (message.msgstr_plural, message.previous_msgid, message.fuzzy) == ({0: "一", 1: "二"}, "was", True)
    other = other_translation(message)  # type: ignore[arg-type]
    assert other
    assert (other.forms, other.fuzzy) == (("三", "四"), True)
    resolve(message, take_theirs=False)  # type: ignore[arg-type]
    assert (message.msgstr_plural, message.fuzzy, message.tcomment) == ({0: "一", 1: "二"}, True, "")


def test_a_resolved_conflict_is_an_ordinary_change_to_the_next_merge() -> None:
    kept = merge(BASE, BASE.replace("甲", "我"), BASE.replace("甲", "他")).data.decode()
    assert text(kept, BASE.replace("甲", "定"), kept.replace("乙", "改")) == BASE.replace("甲", "定").replace(
        "乙", "改"
    )


def test_sides_with_other_line_ends_or_charsets_come_out_in_one() -> None:
    crlf = BASE.replace("\n", "\r\n")
    assert merge(crlf, crlf.replace("甲", "改"), BASE.replace("乙", "二")).data == (
        BASE.replace("甲", "改").replace("乙", "二").encode()
    )
    gbk = BASE.replace("UTF-8", "GBK").encode("gbk")
    sides = [read_catalog(each) for each in (gbk, gbk, BASE.replace("乙", "ữ").encode())]
    assert three_way(sides[0], sides[1], sides[2]).data.decode() == BASE.replace("乙", "ữ")
    alien = BASE.replace("UTF-8", "GBK").replace("乙", "一二").encode("gbk")
    sides[1] = read_catalog(alien.replace("甲".encode("gbk"), b""))
    assert "charset=UTF-8" in three_way(sides[0], sides[1], sides[2]).data.decode()


def test_what_is_no_message_stops_the_merge_before_it_begins() -> None:
    assert can_merge(read_catalog(BASE.encode()))
    assert not can_merge(read_catalog(BASE.encode() + b"<<<<<<< HEAD\n"))
    assert not can_merge(read_catalog(b'domain "x"\n' + BASE.encode()))


def test_dates_are_compared_by_their_moment() -> None:
    assert moment("2026-11-20 18:00+0800") == moment("2026-11-20 10:00+0000") == moment("2026-11-20 10:00")
    assert moment("yesterday") == moment(None) == -1
    assert joined(["x"], [], ["x", "y"]) == ["y"]


# --- properties

TEXTS = st.sampled_from(["", "一", "二", "三\\n", "很长 " * 30])
IDS = [f"message {number}" for number in range(8)]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A catalog, two versions of it that change different messages, and one with all changes."""
    before = {msgid: draw(TEXTS) for msgid in IDS}
    owner = {msgid: draw(st.sampled_from(["nobody", "ours", "theirs"])) for msgid in IDS}
    after = {msgid: draw(TEXTS) for msgid in IDS}

    def version(*sides: str) -> str:
        return H + "".join(
            block(msgid, after[msgid] if owner[msgid] in sides else before[msgid], f"#: p.md:{len(msgid)}\n")
            for msgid in IDS
        )

    return version(), version("ours"), version("theirs"), version("ours", "theirs")


@settings(max_examples=50)
@given(edits())
def test_merging_changes_of_different_messages_is_applying_both(made: tuple[str, str, str, str]) -> None:
    base, ours, theirs, both = made
    assert text(base, ours, theirs) == both
    assert text(base, theirs, ours) == both


@st.composite
def versions(draw: st.DrawFn) -> str:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    blocks = []
    for msgid in ids:
        msgstr = draw(st.sampled_from(["", *(f"{word} {msgid}" for word in "一二三")]))
        marks = draw(
            st.sampled_from(["", "# note\n", "#, fuzzy\n", f'#, fuzzy\n#| msgid "{draw(st.sampled_from(IDS))}"\n'])
        )
        one = block(msgid, msgstr, marks)
        is_obsolete = msgstr and draw(st.booleans())
        blocks.append(
            (
                bool(is_obsolete),
                one.replace("msg", "#~ msg").replace("#| #~ msg", "#~| msg").replace("message", "message")
                if is_obsolete
                else one,
            )
        )
    return H + "".join(one for _, one in sorted(blocks, key=lambda each: each[0])).replace("#~ message", "message")


@settings(max_examples=60)
@given(versions(), versions(), versions())
def test_nothing_that_either_typed_is_lost_and_both_directions_say_the_same(base: str, ours: str, theirs: str) -> None:
    merged, turned = merge(base, ours, theirs), merge(base, theirs, ours)
    for side in (ours, theirs):
        for message in read_catalog(side.encode()):
            if message.msgstr and f'"{message.msgstr}"' not in base:
                assert f'"{message.msgstr}"' in merged.data.decode()
    assert sorted(map(str, merged.conflicts)) == sorted(map(str, turned.conflicts))
    if not merged.conflicts:
        sets = [
            {(m.msgid, m.msgstr, m.fuzzy, bool(m.obsolete)) for m in read_catalog(each.data)}
            for each in (merged, turned)
        ]
        assert sets[0] == sets[1]


@settings(max_examples=50)
@given(versions(), versions())
def test_a_side_that_changed_nothing_changes_nothing(base: str, other: str) -> None:
    assert text(base, base, other) == other
    assert text(base, other, base) == other
    assert text(base, other, other) == other
    assert catalog_bytes(read_catalog(base.encode())) == base.encode()


@pytest.mark.parametrize("size", [0, 1, 5])
def test_an_empty_file_is_a_catalog_without_messages(size: int) -> None:
    ours = H + "".join(block(str(number), "译") for number in range(size))
    assert text("", ours, "") == ours
    assert text("", "", ours) == ours


def test_two_messages_that_both_seem_to_have_become_one_are_both_kept() -> None:
    base = H + block("a wave of light", "") + block("a wave of sound", "")
    ours = H + block("a wave of heat", "", '#, fuzzy\n#| msgid "a wave of light"\n')
    theirs = H + block("a wave of light", "光波") + block("a wave of sound", "声波")
    merged = text(base, ours, theirs)
    assert block("a wave of heat", "光波", '#, fuzzy\n#| msgid "a wave of light"\n') in merged
    assert '#~ msgid "a wave of sound"\n#~ msgstr "声波"\n' in merged
