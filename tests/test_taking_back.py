"""What changed in a file of another program, taken into its catalog."""

from __future__ import annotations

import pytest
from exchanging import SIMPLE, VERSIONS, brought, catalog_of, exported

from pipeline.catalogs.taking import Taken, taken_back
from pipeline.catalogs.tmx import exchanged_units, read_tmx
from pipeline.catalogs.xliff import Version


def back(document: str, now: str = SIMPLE, *, theirs: bool = False) -> Taken:
    return taken_back(catalog_of(now), brought(document), theirs=theirs)


def by_source(taken: Taken) -> dict[str, tuple[str, bool]]:
    return {each.msgid: (each.msgstr, each.fuzzy) for each in taken.catalog}


@pytest.mark.parametrize("version", VERSIONS)
def test_only_what_changed_in_the_file_is_taken(version: Version) -> None:
    document = exported(SIMPLE, version)
    same = back(document)
    assert (same.taken, same.same, same.told) == (0, 3, [])
    later = SIMPLE.replace("二", "两个")  # typed here meanwhile, and not touched in the file
    taken = back(document.replace("一", "壹"), later)
    assert by_source(taken) == {"one": ("壹", False), "two": ("两个", True), "three": ("", False)}
    assert (taken.taken, taken.told) == (1, [])


@pytest.mark.parametrize("version", VERSIONS)
def test_what_changed_on_both_sides_is_kept_and_told_unless_theirs(version: Version) -> None:
    document = exported(SIMPLE, version).replace("一", "壹")
    later = SIMPLE.replace("一", "1")
    kept = back(document, later)
    assert by_source(kept)["one"] == ("1", False)
    assert [(told.reason, told.message and told.message.msgid) for told in kept.told] == [("both changed", "one")]
    assert by_source(back(document, later, theirs=True))["one"] == ("壹", False)


def test_a_reviewed_state_ends_fuzziness_and_an_initial_one_begins_it() -> None:
    document = exported(SIMPLE)
    reviewed = back(document.replace('state="initial" subState="bilect:fuzzy"', 'state="reviewed"'))
    assert by_source(reviewed)["two"] == ("二", False)
    assert next(each for each in reviewed.catalog if each.msgid == "two").previous_msgid is None
    doubted = back(document.replace('state="translated"', 'state="initial"'))
    assert by_source(doubted)["one"] == ("一", True)
    old = exported(SIMPLE, "1.2")
    approved = old.replace('approved="no"', 'approved="yes"').replace("needs-review-translation", "final")
    assert by_source(back(approved))["two"] == ("二", False)


@pytest.mark.parametrize("version", VERSIONS)
def test_programs_that_know_no_states_can_fill_what_was_empty(version: Version) -> None:
    document = exported(SIMPLE, version)
    filled = document.replace("<source>three</source>", "<source>three</source><target>三</target>")
    assert by_source(back(filled))["three"] == ("三", False)
    copied = document.replace("<source>three</source>", "<source>three</source><target>three</target>")
    assert back(copied).taken == 0  # OmegaT writes the source where nothing was translated


def test_an_emptied_translation_is_kept_and_a_changed_source_gets_it_as_fuzzy() -> None:
    emptied = back(exported(SIMPLE).replace(">一<", "><"))
    assert (by_source(emptied)["one"], emptied.told[0].reason) == (("一", False), "emptied")
    document = exported(SIMPLE).replace("一", "壹")
    renamed = SIMPLE.replace('msgid "one"', '#, fuzzy\n#| msgid "one"\nmsgid "the one"')
    moved = back(document, renamed)
    assert (by_source(moved)["the one"], moved.taken) == (("壹", True), 1)
    gone = back(document, SIMPLE.replace('msgid "one"', 'msgid "no more"'))
    assert [told.reason for told in gone.told] == ["no such message"]
    obsolete = back(document, SIMPLE.replace('msgid "one"\nmsgstr "一"', "") + '\n#~ msgid "one"\n#~ msgstr "一"\n')
    assert by_source(obsolete)["one"] == ("壹", False)


def test_a_memory_fills_what_is_empty_and_says_what_it_would_have_otherwise() -> None:
    tmx = (
        '<tmx version="1.4"><header srclang="en"/><body>'
        + "".join(
            f'<tu><tuv xml:lang="en"><seg>{en}</seg></tuv><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv></tu>'
            for en, zh in (("one", "壹"), ("two", "二"), ("three", "三"), ("open", "开"), ("nowhere", "无"))
        )
        + "</body></tmx>"
    )
    two_contexts = 'msgid "open"\nmsgstr "打开"\n\nmsgctxt "state"\nmsgid "open"\nmsgstr "开着"\n'
    catalog = catalog_of(SIMPLE + "\n" + two_contexts)
    taken = taken_back(catalog, exchanged_units(read_tmx(tmx.encode("utf-8"), "a.tmx")))
    found = by_source(taken)
    assert (found["one"], found["two"], found["three"]) == (("一", False), ("二", False), ("三", False))
    assert [told.reason for told in taken.told] == ["differs", "several"]
    assert (taken.taken, taken.absent) == (2, 1)
    assert {each.msgid: each.msgstr for each in catalog}["three"] == ""  # the catalog itself is as it was


@pytest.mark.parametrize("place", ["      <segment", "        <source>"])  # the second is translate-toolkit's
def test_a_note_typed_by_a_translator_comes_back_as_a_comment(place: str) -> None:
    document = exported(SIMPLE).replace(place, f"<notes><note>ask the author</note></notes>{place}", 2)
    assert next(each for each in back(document).catalog if each.msgid == "one").tcomment == "ask the author"


def test_inline_codes_of_other_programs_become_what_they_stand_for() -> None:
    two = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="zh-Hans"><file id="f">'
        '<unit id="u"><originalData><data id="d1">&lt;b></data><data id="d2">&lt;/b></data></originalData>'
        '<segment state="final"><source>a <pc id="1" dataRefStart="d1" dataRefEnd="d2">b</pc>. </source>'
        '<target><pc id="1" dataRefStart="d1" dataRefEnd="d2">乙</pc><ph id="2" equiv="%d"/>。</target></segment>'
        '<segment><source><mrk id="m">c</mrk><cp hex="0007"/></source><target>丙</target></segment></unit></file></xliff>'
    )
    (only,) = brought(two)
    assert (only.message.msgid, only.message.msgstr) == ("a <b>b</b>. c\a", "<b>乙</b>%d。丙")
    assert not only.is_bound
    tmx = (
        '<tmx version="1.4"><header srclang="EN-us"/><body><tu><prop type="x-context">menu</prop><note>n</note>'
        '<tuv xml:lang="zh-Hans-CN"><seg><bpt i="1">&lt;b></bpt>乙<ept i="1">&lt;/b></ept><hi>丙</hi></seg></tuv>'
        '<tuv xml:lang="en-US"><seg>b<ph x="1">{1}</ph><it pos="begin">&lt;br></it></seg></tuv>'
        '<tuv lang="zh_tw"><seg>臺</seg></tuv></tu></body></tmx>'
    )
    assert [tuple(unit)[:7] for unit in read_tmx(tmx.encode("utf-8"), "a.tmx")] == [
        ("b{1}<br>", "<b>乙</b>丙", "en", "zh_CN", "menu", "", "n"),
        ("b{1}<br>", "臺", "en", "zh_TW", "menu", "", "n"),
    ]
