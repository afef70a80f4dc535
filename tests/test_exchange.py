"""Catalogs that go to other programs and come back: XLIFF 2.1 and 1.2, TMX 1.4b, compiled catalogs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from exchanging import HEADER, PO, SIMPLE, VERSIONS, catalog_of, exported, message
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogs.exchanged import exchanged, outgoing, segments_of
from pipeline.catalogs.form import rendered
from pipeline.catalogs.message import said_by
from pipeline.catalogs.mo import mo_bytes
from pipeline.catalogs.tmx import exchanged_units, read_tmx, tmx_bytes
from pipeline.catalogs.xliff import Version, read_xliff, xliff_bytes
from pipeline.model import PipelineError
from pipeline.project.exchange import made_catalog


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
