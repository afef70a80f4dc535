"""Catalogs that go to other programs and come back: XLIFF 2.1 and 1.2, TMX 1.4b, compiled catalogs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal import started as bilect

from pipeline.catalogs.catalog import Catalog, read_catalog
from pipeline.catalogs.exchanged import Exchanged, exchanged, outgoing, segments_of
from pipeline.catalogs.form import rendered
from pipeline.catalogs.message import said_by
from pipeline.catalogs.mo import mo_bytes
from pipeline.catalogs.taking import Taken, taken_back
from pipeline.catalogs.tmx import exchanged_units, read_tmx, tmx_bytes
from pipeline.catalogs.writing import formatted
from pipeline.catalogs.xliff import Version, read_xliff, xliff_bytes
from pipeline.model import PipelineError
from pipeline.project.exchange import made_catalog

HEADER = r"""# 译者：一二三
msgid ""
msgstr ""
"Project-Id-Version: stars 1\n"
"POT-Creation-Date: 2026-01-01 10:00+0800\n"
"PO-Revision-Date: 2026-02-03 10:00+0800\n"
"Last-Translator: 王 <w@example.org>\n"
"Language: zh_CN\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"
"X-Own: kept\n"
"""
BODY = """
# a translator's note
#
# more of it
#. kind: heading
#. <b>& ]]>
#: a.md:3 \u2068b c.md\u2069:12 d#e.md
#, python-format, max-length:20
#= sticky
msgctxt "menu <\\"x\\">\\n\\tline"
msgid "One <b>`code`</b> {{ x }} [l](u) & &amp; ]]>\\r\\n\\t end "
msgstr "一 <b>`code`</b> {{ x }} [l](u) & &amp; ]]>\\r\\n\\t 尾 "

#, fuzzy, max-length:9
#| msgctxt "old place"
#| msgid "Old"
msgid "New"
msgstr "新\\a\\v"

msgid "bell \\a"
msgstr ""

#
#.
msgid "blank comments"
msgstr "空"

#: a.md:4
#, fuzzy
#| msgid "%d fil"
#| msgid_plural "%d fils"
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "一份"
msgstr[1] ""

msgctxt ""
msgid "empty context"
msgstr "空白"

#, fuzzy
msgid "fuzzy and empty"
msgstr ""

msgid "same"
msgstr "same"

# note of an old one
#, fuzzy
#~| msgid "very old"
#~ msgid "gone"
#~ msgstr "走了"

#~ msgctxt "menu"
#~ msgid "gone"
#~ msgid_plural "all gone"
#~ msgstr[0] "走"
#~ msgstr[1] "都走了"
"""
PO = formatted(read_catalog((HEADER + BODY).encode("utf-8"))).decode("utf-8")
VERSIONS: tuple[Version, ...] = ("2.1", "1.2")


def catalog_of(text: str) -> Catalog:
    return read_catalog(text.encode("utf-8"), "a.po")


def exported(text: str, version: Version = "2.1") -> str:
    return xliff_bytes([outgoing(catalog_of(text), "a.po", "en", "zh_CN")], version).decode("utf-8")


def brought(document: str) -> list[Exchanged]:
    (sheet,) = read_xliff(document.encode("utf-8"), "a.xlf")
    return sheet.messages


@pytest.mark.parametrize("version", VERSIONS)
def test_xliff_gives_back_every_byte_of_a_catalog(version: Version) -> None:
    (sheet,) = read_xliff(exported(PO, version).encode("utf-8"), "a.xlf")
    assert (sheet.path, sheet.source_locale, sheet.target_locale) == ("a.po", "en", "zh_CN")
    assert made_catalog(sheet).decode("utf-8") == PO


def test_a_memory_gives_back_every_translation_with_all_that_gettext_knows_of_it() -> None:
    catalog = catalog_of(PO)
    units = list(read_tmx(tmx_bytes([outgoing(catalog, "a.po", "en", "zh_CN")]), "a.tmx"))
    found = {rendered(each.message, 79) for each in exchanged_units(units)}
    translated = [message for message in catalog if message.msgstr or all(message.msgstr_plural.values() or [""])]
    assert {rendered(message, 79) for message in translated} <= found
    assert [unit.origin for unit in units] == ["a.po"] * len(units)
    assert [(unit.source, unit.fuzzy) for unit in units if unit.fuzzy or unit.obsolete] == [
        ("New", True), ("%d file", True), ("gone", True), ("gone", False), ("all gone", False),
    ]  # fmt: skip
    assert units[0].note == "kind: heading\n<b>& ]]>"
    assert (units[0].context, units[0].source_locale, units[0].target_locale) == ('menu <"x">\n\tline', "en", "zh_CN")


def test_a_memory_has_tags_of_bcp_47_and_may_leave_out_what_is_not_final() -> None:
    files = [outgoing(catalog_of(PO), "a.po", "en", "zh_CN"), outgoing(catalog_of(PO), "b.po", "en", "zh_TW")]
    document = tmx_bytes([file._replace(messages=list(file.messages)) for file in files]).decode("utf-8")
    assert set(re.findall('xml:lang="(.*?)"', document)) == {"en", "zh-CN", "zh-TW"}
    assert 'changedate="20260203T020000Z" changeid="王 &lt;w@example.org&gt;"' in document
    final = tmx_bytes([outgoing(catalog_of(PO), "a.po", "en", "zh_CN")], with_fuzzy=False)
    assert not any(unit.fuzzy or unit.obsolete for unit in read_tmx(final, "a.tmx"))


TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.text("\0\x07\r\n\t <&>]\ufffe\ud800\"'", max_size=6)
MESSAGES = st.builds(
    lambda msgid, msgstr, context, comment, previous, fuzzy, obsolete: polib.POEntry(
        msgid=msgid, msgstr=msgstr, msgctxt=context, tcomment=comment, previous_msgid=previous,
        flags=["fuzzy"] * fuzzy, obsolete=obsolete, encoding="utf-8",
    ),
    TEXT.filter(bool), TEXT, st.none() | TEXT, TEXT, st.none() | TEXT, st.booleans(), st.booleans(),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(MESSAGES, max_size=3))
def test_any_text_survives_xliff_of_either_version(messages: list[polib.POEntry]) -> None:
    file = outgoing(catalog_of(HEADER), "a.po", "en", "zh_CN")
    segments = [segments_of(message, f"m{number}") for number, message in enumerate(messages)]
    for version in VERSIONS:
        (sheet,) = read_xliff(xliff_bytes([file._replace(messages=segments)], version), "a.xlf")
        assert [said_by(each.message) for each in sheet.messages] == [said_by(message) for message in messages]


@settings(max_examples=60)
@given(MESSAGES.filter(lambda message: bool(message.msgstr)))
def test_any_text_survives_a_memory(message: polib.POEntry) -> None:
    file = outgoing(catalog_of(HEADER), "a.po", "en", "zh_CN")._replace(messages=[segments_of(message, "m")])
    (only,) = exchanged_units(read_tmx(tmx_bytes([file]), "a.tmx"))
    assert said_by(only.message) == said_by(message)


# The written rules of the formats, as far as a catalog touches them; the schemas themselves are no part of the project.

CORE, META = "{urn:oasis:names:tc:xliff:document:2.0}", "{urn:oasis:names:tc:xliff:metadata:2.0}"
OLD = "{urn:oasis:names:tc:xliff:document:1.2}"


def in_order(element: ET.Element, *names: str) -> bool:
    ranks = [names.index(child.tag) for child in element]
    return ranks == sorted(ranks)


def test_xliff_2_1_keeps_its_rules() -> None:
    root = ET.fromstring(exported(PO))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "en", "zh-CN")
    ids = [element.get("id", "") for element in root.iter() if element.tag in {f"{CORE}unit", f"{CORE}group"}]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[\w.-]+", each) for each in ids)
    for unit in root.iter(f"{CORE}unit"):
        assert in_order(unit, f"{META}metadata", f"{CORE}notes", f"{CORE}segment")
        assert all(len(group) for group in unit.iter(f"{META}metaGroup"))
        assert all(meta.get("type") for meta in unit.iter(f"{META}meta"))
        for segment in unit.iter(f"{CORE}segment"):
            assert in_order(segment, f"{CORE}source", f"{CORE}target")
            assert segment.get("state") in {None, "initial", "translated", "final"}
            assert segment.get("subState") in {None, "bilect:fuzzy"}
    plural = [group for group in root.iter(f"{CORE}group") if group.get("type") == "bilect:plural"]
    assert [len(list(group)) for group in plural] == [2, 2]


def test_xliff_1_2_keeps_its_rules() -> None:
    root = ET.fromstring(exported(PO, "1.2"))
    (file,) = root
    assert (file.get("source-language"), file.get("target-language"), file.get("datatype")) == ("en", "zh-CN", "po")
    assert [group.get("restype") for group in root.iter(f"{OLD}group")] == ["x-gettext-plurals"] * 2
    for unit in root.iter(f"{OLD}trans-unit"):
        first = [child.tag for child in unit][:2]
        assert first in ([f"{OLD}source", f"{OLD}target"], [f"{OLD}source", f"{OLD}context-group"])
        assert all(other.find(f"{OLD}target") is not None for other in unit.iter(f"{OLD}alt-trans"))
    (previous,) = (each for each in root.iter(f"{OLD}alt-trans") if each.findtext(f"{OLD}source") == "Old")
    assert previous.get("alttranstype") == "previous-version"


def message(text: str, source: str) -> polib.POEntry:
    return next(each for each in catalog_of(text) if each.msgid == source)


SIMPLE = (
    HEADER
    + '\nmsgid "one"\nmsgstr "一"\n\n#, fuzzy\n#| msgid "to"\nmsgid "two"\nmsgstr "二"\n\nmsgid "three"\nmsgstr ""\n'
)


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


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><xliff version="1.2"><file>&b;</file></xliff>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><tmx><body>&a;</body></tmx>'


@pytest.mark.parametrize(
    ("document", "saying"),
    [
        (BOMB, "a.xlf:1: declares an entity, a"),
        (OUTSIDE, "a.xlf:1: declares an entity, a"),
        ('<!DOCTYPE x SYSTEM "x.dtd"><xliff version="1.2"><file>&x;</file></xliff>', "undefined entity"),
        ("<xliff version='1.2'>\n <file></body></xliff>", "a.xlf:2: column 10: is not well-formed XML: mismatched tag"),
        ("<xliff version='1.2'>" + "<g>" * 100, "nested more than 64 deep"),
        ("<html/>", "is no XLIFF file"),
        ("<xliff version='9'><file/></xliff>", "XLIFF 9"),
        ("<?xml version='1.0' encoding='x-none'?><xliff/>", "names an unknown encoding, x-none"),
        ("", "a.xlf:1: column 1: is not well-formed XML: no element found"),
    ],
)  # fmt: skip
def test_bad_files_are_one_line_and_nothing_is_expanded_or_fetched(document: str, saying: str) -> None:
    with pytest.raises(PipelineError, match=re.escape(saying)):
        read_xliff(document.encode("utf-8"), "a.xlf")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "euc_jp"])
def test_files_in_other_encodings_are_read(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    document = exported(SIMPLE.replace("译者：", "")).replace('encoding="UTF-8"', f'encoding="{name}"')
    (sheet,) = read_xliff(document.encode(encoding), "a.xlf")
    assert sheet.messages[1].message.msgstr == "一"


def test_forms_of_a_plural_are_one_message_and_equal_texts_are_two() -> None:
    plural = message(PO, "%d file")
    twice = [*segments_of(plural, "m1"), *segments_of(plural, "m2")]
    assert [len(each.message.msgstr_plural) for each in exchanged(twice)] == [2, 2]


def test_a_compiled_catalog_says_what_that_of_msgfmt_says(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PO, "utf-8")
    (tmp_path / "ours.mo").write_bytes(mo_bytes(catalog_of(PO)))
    sources = {each.msgid: each.msgstr for each in polib.mofile(str(tmp_path / "ours.mo"))}
    assert sources["empty context"] == "空白"
    assert "New" not in sources
    if not shutil.which("msgfmt"):
        pytest.skip("gettext's msgfmt is not installed")
    subprocess.run(["msgfmt", "-o", "theirs.mo", "a.po"], cwd=tmp_path, check=True)
    ours, theirs = (
        subprocess.run(["msgunfmt", name], cwd=tmp_path, check=True, capture_output=True).stdout
        for name in ("ours.mo", "theirs.mo")
    )
    assert ours == theirs


def test_export_and_import_through_real_processes(tmp_path: Path) -> None:
    page = tmp_path / "locales/zh_CN/LC_MESSAGES/a.po"
    page.parent.mkdir(parents=True)
    page.write_text(PO, "utf-8")
    (tmp_path / "source_docs").mkdir()
    shown = bilect("export", "xliff", cwd=tmp_path)
    assert (shown.status, shown.stderr) == (0, "1 file exported, 1 written\n")
    carrier = tmp_path / "build/xliff/zh_CN/LC_MESSAGES/a.xlf"
    carrier.write_text(carrier.read_text("utf-8").replace("空白", "空的"), "utf-8")
    assert bilect("import", carrier, "--dry-run", cwd=tmp_path).status == 0
    assert page.read_text("utf-8") == PO
    shown = bilect("import", carrier, cwd=tmp_path, environment={"SOURCE_DATE_EPOCH": "1800000000"})
    assert (shown.status, shown.stderr) == (0, "locales/zh_CN/LC_MESSAGES/a.po: 1 taken, 9 as they were\n")
    changed = PO.replace("空白", "空的").replace("2026-02-03 10:00+0800", "2027-01-15 08:00+0000")
    assert page.read_text("utf-8") == changed
    page.write_text(PO.replace("空白", "空无"), "utf-8")
    shown = bilect("import", carrier, cwd=tmp_path)
    assert shown.status == 1
    assert '.po:55: "empty context" was changed here since the export, and in the file; kept' in shown.stderr
    assert page.read_text("utf-8") == PO.replace("空白", "空无")


def test_a_folder_with_templates_gives_its_catalogs_alone(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(SIMPLE, "utf-8")
    (tmp_path / "a.pot").write_text(SIMPLE.replace("Language: zh_CN", "Language: "), "utf-8")
    shown = bilect("export", "xliff", ".", "-o", "out", cwd=tmp_path)
    assert (shown.status, shown.stderr) == (0, "1 file exported, 1 written\n")
    assert bilect("export", "xliff", "a.pot", "--lang", "zh_TW", cwd=tmp_path).status == 0


def test_no_file_leads_an_import_out_of_its_folder_or_over_a_catalog(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "a.po").write_text(SIMPLE, "utf-8")
    (inside / "a.xlf").write_text(exported(SIMPLE).replace("一", "壹").replace('"a.po"', '"../a.po"'), "utf-8")
    shown = bilect("import", "a.xlf", cwd=inside)
    assert (shown.status, "is outside the folder" in shown.stderr) == (2, True)
    assert (tmp_path / "a.po").read_text("utf-8") == SIMPLE
    (inside / "b.po").write_text(PO, "utf-8")
    assert bilect("import", "a.xlf", "-o", "b.po", cwd=inside).status == 2
    assert (inside / "b.po").read_text("utf-8") == PO
    (inside / "a.po").write_text(HEADER + "\n" + '#~ msgid "kept"\n#~ msgstr "留"\n', "utf-8")
    shown = bilect("import", "a.xlf", "a.po", "-o", "a.po", cwd=inside)
    assert "留" in (inside / "a.po").read_text("utf-8")


SCHEMAS = {"2.1": "xliff_core_2.0.xsd", "1.2": "xliff-core-1.2-strict.xsd", "tmx": "tmx14.dtd"}


@pytest.mark.parametrize("form", list(SCHEMAS))
def test_files_are_valid_by_the_schemas_of_their_formats(form: Literal["2.1", "1.2", "tmx"]) -> None:
    folder = Path(os.environ.get("BILECT_SCHEMAS", "no folder"))
    path = next(folder.rglob(SCHEMAS[form]), None)
    if path is None:
        pytest.skip(
            f"BILECT_SCHEMAS names no folder that holds {SCHEMAS[form]}; docs/exchange.md says where it is from"
        )
    etree = pytest.importorskip("lxml.etree")
    file = [outgoing(catalog_of(PO), "a.po", "en", "zh_CN")]
    document = etree.fromstring(tmx_bytes(file) if form == "tmx" else xliff_bytes(file, form))
    if form == "tmx":
        schema = etree.DTD(str(path))
    else:  # both import the schema of the xml: attributes, from the network unless told
        beside = next(folder.rglob("xml.xsd")).absolute().as_uri()
        text = re.sub(r'schemaLocation="[^"]*xml\.xsd"', f'schemaLocation="{beside}"', path.read_text("utf-8"))
        schema = etree.XMLSchema(etree.fromstring(text.encode("utf-8"), base_url=str(path)))
    assert schema.validate(document), schema.error_log
    if form == "2.1":
        module = etree.XMLSchema(etree.parse(str(next(path.parent.rglob("metadata.xsd")))))
        assert all(module.validate(each) for each in document.iter(f"{META}metadata")), module.error_log
