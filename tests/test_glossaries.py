"""Glossaries as files: tables and TBX, read and written."""

from __future__ import annotations

import pytest

from pipeline.catalogs.glossary import appended, glossary_bytes, read_glossary
from pipeline.catalogs.tbx import Version, is_tbx, read_tbx, tbx_bytes
from pipeline.model import PipelineError
from pipeline.text.terms import Term

TRAIT = Term("trait", ("特征", "特质"), ("特徵",), "noun", "not 特性", ("特性",))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("titles", ["en {0} zh_CN {0} Forbidden", "术语 {0} 译名 {0} 禁用译法"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_any_encoding_delimiter_and_language(delimiter: str, titles: str, encoding: str) -> None:
    text = titles.replace(" {0} ", delimiter) + "\r\n" + delimiter.join(["trait", "特征|特质", "特性"]) + "\r\n"
    (term,) = read_glossary(text.encode(encoding), "terms.csv").terms
    assert (term.en, term.simplified, term.forbidden, term.place) == (
        "trait",
        ("特征", "特质"),
        ("特性",),
        "terms.csv:2",
    )


def test_a_table_without_titles_is_read_by_its_languages() -> None:
    (term,) = read_glossary("鞍点\tsaddle point\n".encode()).terms
    assert (term.en, term.simplified) == ("saddle point", ("鞍点",))


def test_a_row_that_is_no_term_is_told_with_its_line_and_the_rest_is_read() -> None:
    glossary = read_glossary(
        "en,zh_CN,status\ntrait,特征,\n,无,\nbox,,\nlint,检查,maybe\nloop,循环,proposed\n".encode(), "t.csv"
    )
    assert [(term.en, term.status) for term in glossary.terms] == [("trait", "approved"), ("loop", "proposed")]
    assert [error.line for error in glossary.troubles] == [3, 4, 5]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\0\x01\xff" * 50, "not a text"),
        (b"just words\n", "one cell"),
        (b"en,note\ntrait,x\n", "no column for Chinese"),
        ('en,zh\n"trait,特征\n'.encode(), "never closed"),
        ("en,zh\n<<<<<<< HEAD\ntrait,特征\n=======\n".encode(), "merge conflict"),
    ],
)
def test_a_file_that_is_no_glossary_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(PipelineError, match=message) as error:
        read_glossary(data, "terms.csv")
    assert "terms.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_written_as_a_table_is_read_back() -> None:
    terms = [TRAIT, Term("IT", ("信息技术",), case_sensitive=True), Term("Rust", ("Rust",), status="proposed")]
    back = read_glossary(glossary_bytes(terms)).terms
    assert [(*term.renderings("zh_CN"), term.case_sensitive, term.status) for term in back] == [
        ("特征", "特质", False, "approved"), ("信息技术", True, "approved"), ("Rust", False, "proposed"),
    ]  # fmt: skip


def test_rows_are_added_in_the_form_of_the_file_and_the_others_stay() -> None:
    old = "译名;我的列;术语;状态\r\n特征;x;trait;\r\n循环;;loop;".encode("gb18030")
    new = appended(old, [Term("closure", ("闭包",), status="proposed")])
    assert new == old + "\r\n闭包;;closure;proposed\r\n".encode("gb18030")
    with pytest.raises(PipelineError, match="no column for the status"):
        appended("en,zh\na,啊\n".encode(), [Term("b", ("吧",), status="proposed")])


@pytest.mark.parametrize("version", [2, 3])
def test_what_is_written_as_tbx_is_read_back(version: Version) -> None:
    terms = [TRAIT, Term("I/O <&>", ("输入输出",), note="a & b", case_sensitive=True, status="proposed")]
    data = tbx_bytes(terms, version)
    assert is_tbx(data)
    back = [
        Term(**{name: getattr(term, name) for name in Term.__slots__} | {"place": ""}) for term in read_tbx(data).terms
    ]
    assert back == terms


def test_tbx_with_data_categories_as_tags_is_read() -> None:
    data = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://m">
    <text><body><conceptEntry id="c1"><langSec xml:lang="en-US"><termSec><term>trait</term></termSec></langSec>
    <langSec xml:lang="zh-Hans-CN"><termSec><term>特性</term>
    <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec><termSec><term>特征</term></termSec></langSec></conceptEntry></body></text></tbx>"""
    (term,) = read_tbx(data.encode(), "a.tbx").terms
    assert (term.simplified, term.forbidden, term.place) == (("特征",), ("特性",), "a.tbx:#1")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<tbx><text>", "is no XML"),
        ("<html/>", "is no TBX"),
        ('<!DOCTYPE tbx [<!ENTITY a "aaaa">]><tbx>&a;</tbx>', "entities"),
    ],
)
def test_a_broken_tbx_is_told_in_one_line(data: str, message: str) -> None:
    with pytest.raises(PipelineError, match=message):
        read_tbx(data.encode(), "a.tbx")
