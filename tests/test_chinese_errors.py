"""What is wrong with files, projects and configurations is told in Chinese, whole, and is English for programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from spoken_chinese import speak_chinese

from pipeline.catalogs.glossary import appended, read_glossary
from pipeline.catalogs.languages import UNKNOWN
from pipeline.catalogs.memory_files import READERS
from pipeline.catalogs.plurals import plural_forms
from pipeline.catalogs.po import read_catalog, whole_catalog
from pipeline.catalogs.tbx import read_tbx
from pipeline.catalogs.xliff import read_xliff
from pipeline.exporters.base import exporter_named
from pipeline.extractors.faults import translation_fault
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.model import PipelineError
from pipeline.project.bare import PAGES, named_file, named_files
from pipeline.project.clock import now
from pipeline.project.config import config_of, course_settings
from pipeline.project.discovery import discovered
from pipeline.project.doctor import needs
from pipeline.project.files import read_bytes, write_atomically
from pipeline.project.lock import LOCK, locked
from pipeline.project.root import project_of
from pipeline.text.encoding import NotTextError, decoded
from pipeline.text.said import words_of
from pipeline.text.script import has_han
from pipeline.text.terms import Term
from pipeline.text.tongue import told
from pipeline.text.traditional import overrides_in

ENGLISH = re.compile(r"\b(?:the|is|are|has|have|which|write|with|and|not|it|them|should|cannot)\b")
QUOTED = re.compile(r"“[^”]*”|'[^']*'|`[^`]*`")  # what files say themselves, and commands
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_chinese(monkeypatch)


def english_left(texts: Iterable[str]) -> list[str]:
    """What of texts is not told in Chinese; each is English before."""
    said = [(text, told(text)) for text in texts if text]
    assert not any(has_han(QUOTED.sub("", text)) for text, _ in said)
    return [told for _, told in said if not has_han(told) or ENGLISH.search(QUOTED.sub("", told))]


def refused(make: Callable[..., object], *arguments: object) -> tuple[str, str]:
    with pytest.raises(PipelineError) as caught:
        make(*arguments)
    return caught.value.message, caught.value.remedy


@pytest.mark.parametrize(
    "body",
    [
        'msgid "a"\nmsgstr "b\n', 'msgid "a\nmsgstr "b"\n', 'msgid "a"\n', 'msgstr "b"\n', 'msgid "a"\nmsgstr b\n',
        'msgid "a"\nmsgstr "b"\n# c\n"lone"\n', 'msgid "a" "b" c\n', "text\n", 'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n',
        '#~ msgid "a"\nmsgstr "b"\n', 'msgctxt "a"\nmsgstr "b"\n', 'msgid "a"\nmsgstr "\\q"\n', 'msgid\nmsgstr ""\n',
        '<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> theirs\n', '>>>>>>> theirs\n',
        'msgid "a"\nmsgid_plural "b"\n',
    ],
)  # fmt: skip
def test_what_breaks_a_catalog(body: str) -> None:
    found = read_catalog((HEAD + body).encode()).findings
    assert found
    assert english_left(text for each in found for text in (each.message, each.fix)) == []
    assert english_left(refused(whole_catalog, (HEAD + body * 3).encode(), "a.po")) == []


@pytest.mark.parametrize(
    "data",
    [
        HEAD.encode() + b'msgid "\xff"\n', HEAD.encode() + b'msgid "\xff\xfe"\n', HEAD.encode("utf-16"), HEAD.encode("utf-32"),
        b"\0\1\2", HEAD.replace("UTF-8", "nonsense").encode(), HEAD.replace("UTF-8", "ASCII").encode() + "# 课\n".encode(),
        HEAD.replace("UTF-8", "GBK").encode() + b'msgid "\xff"\n',
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_bytes_of_a_catalog(data: bytes) -> None:
    found = read_catalog(data).findings
    assert found
    assert english_left(text for each in found for text in (each.message, each.fix)) == []


def test_why_a_plural_formula_is_none() -> None:
    for formula in ("", "n +", "(n", "n n", "n ? 1", "a", "n" * 9000, "!" * 300 + "n", "*"):
        with pytest.raises(ValueError, match=r"due|expression") as caught:
            plural_forms(f"nplurals=2; plural={formula};" if formula else "")
        assert english_left([words_of(caught.value)]) == []


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: a: b\n---\nText\n", b'---\ntitle: "a\n---\nText\n', b"+++\ntitle = \n+++\nText\n",
        "课程".encode() * 20 + b"\xff\n",
        b"\xff\xfea", b"\0\1\2\3" * 9, b"> " * 100_000 + b"a\n",
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_page(data: bytes) -> None:
    found = read_page(data, "a.md").findings
    assert found
    assert english_left(text for each in found for text in (each.message, each.fix)) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("a [b](c)", "甲"), ("a", "甲 [b](c)"), ("a `b`", "甲"), ("a", "甲 <b>x</b>"), ("<b>a</b>", "甲"), ("a {{ b }}", "甲"),
        ("a [[b]]", "甲 [[c]]"), ("a[^1]", "甲"), ("a", "甲 <!-- b -->"), ("[a](b)", "[甲](javascript:b)"), ("a", "甲 ![b](c)"),
    ],
)  # fmt: skip
def test_what_a_translation_would_break(source: str, target: str) -> None:
    page = read_page(f"# {source}\n".encode(), "a.md")
    assert english_left([translation_fault(source, target)]) == []
    assert english_left(each.message for each in translated_page(page, lambda _unit: target).findings) == []


@pytest.mark.parametrize(
    "toml",
    [
        "memory = 3", 'jobs = "x"', "jobs = -1", 'exports = "x"', "exports = [1]", 'exports = [""]', "check = 1", 'context = "x"',
        "[subtitles]\nlines = 20", "[subtitles]\nenglish_speed = 0", '[subtitles]\npreset = "x"', 'source = "/a"', 'bugs = "x"',
        'build = "locales/a"', 'references = "x"', '[[links]]\nfrom = "a"', 'sorce = "a"', 'zzzz = "a"', "a = [", "a b = 1",
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_configuration(toml: str) -> None:
    assert english_left(refused(config_of, toml.encode(), "bilect.toml")) == []


def test_what_is_wrong_with_the_settings_of_a_course() -> None:
    for toml in ("[[pin]]\nlecture = 1", '[[accept]]\nrule = "A101"', 'title.fr = "x"', 'languages = ["fr"]'):
        assert english_left(refused(course_settings, toml.encode(), "course.toml")) == []


def test_what_is_wrong_with_a_glossary() -> None:
    for data in (
        b"",
        b"one\n",
        b"en,note\na,b\n",
        b"zh_CN,note\na,b\n",
        b"a,b\nc,d\n",
        b'en,zh_CN\n"a,b\n',
        b"\0\0\1,\2",
    ):
        assert english_left(refused(read_glossary, data, "glossary.csv")) == []
    rows = "en,zh_CN,case,status\n,a,,\na,,,\na,b,perhaps,\na,b,,perhaps\n汉字词,b,,\n" + ",x,,\n" * 99
    troubles = read_glossary(rows.encode(), "glossary.csv").troubles
    assert english_left(text for each in troubles for text in (each.message, each.remedy)) == []
    proposed = Term("a", ("甲",), status="proposed")
    assert english_left(refused(appended, b"en,zh_CN\na,b\n", [proposed])) == []


def test_what_is_wrong_with_files_of_other_programs() -> None:
    for data in (b"<tbx>", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><tbx/>"):
        assert english_left(refused(read_tbx, data, "a.tbx")) == []
    deep = b'<xliff version="2.1">' + b"<a>" * 99
    odd = b'<?xml version="1.0" encoding="nonsense"?><xliff/>'
    for data in (b"<a/>", b"<a><b></a>", b'<xliff version="9"/>', b"<!DOCTYPE a [<!ENTITY b 'c'>]><xliff/>", deep, odd):
        assert english_left(refused(read_xliff, data, "a.xlf")) == []
    for ending, data in ((".csv", b"a\n"), (".tsv", b"\0"), (".po", b"nonsense\n")):
        assert english_left(refused(READERS[ending], data, "a", UNKNOWN)) == []


def test_what_is_wrong_with_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path.parent)
    asks: list[Callable[[], object]] = [
        lambda: read_bytes(tmp_path / "gone"),
        lambda: read_bytes(tmp_path),
        lambda: write_atomically(tmp_path / "link" / "x", b"", tmp_path),
        lambda: write_atomically(tmp_path / "a.txt" / "x", b""),
        lambda: PAGES.demand(named_file("a.txt", None)),
        lambda: project_of(tmp_path),
        lambda: exporter_named("epubs"),
        lambda: exporter_named("zzzzz"),
        lambda: overrides_in("a\n", "a.txt"),
    ]
    assert english_left(text for ask in asks for text in refused(ask)) == []
    _, troubles = named_files([str(tmp_path / "empty"), str(tmp_path / "gone.md")], PAGES, None)
    troubles += discovered(tmp_path, "empty").troubles
    assert len(troubles) == 3
    assert english_left(text for each in troubles for text in (each.message, each.remedy)) == []


def test_a_clock_that_is_set_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    assert english_left(refused(now)) == []


def test_who_is_at_work(tmp_path: Path) -> None:
    write_atomically(tmp_path / LOCK, b"77 elsewhere\n")
    assert english_left(refused(lambda: locked(tmp_path).__enter__())) == []


def test_what_no_encoding_fits() -> None:
    for data in (
        b"\xef\xbb\xbf\0\xff",
        b"a\0b",
        bytes(range(128, 256)) * 40,
        "あいうえおかきくけこ漢字".encode("shift_jis") * 9,
    ):
        with pytest.raises(NotTextError) as caught:
            decoded(data)
        assert english_left([words_of(caught.value)]) == []


def test_what_doctor_looks_for(tmp_path: Path) -> None:
    assert english_left(each.purpose for each in needs(tmp_path)) == []
