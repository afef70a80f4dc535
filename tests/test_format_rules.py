"""Formats and plurals of messages: what a source must be, which forms say their number, and what Python refuses."""

from __future__ import annotations

import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog

PLURALS = {
    "zh_CN": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
WATCHED = {"source-format", "plural-number-missing", "brace-placeholder", "percent-placeholder"}


def found(language: str, body: str, path: str = "course.po") -> set[str]:
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    if language:
        head += f'"Plural-Forms: {PLURALS[language]}\\n"\n'
    catalog = read_catalog(f"{head}\n{body}".encode(), path)
    return {each.name for each in findings(checked_catalog(catalog, path))} & WATCHED


def plural(flag: str, one: str, other: str, *forms: str) -> str:
    lines = [f"#, {flag}", f'msgid "{one}"', f'msgid_plural "{other}"']
    return "\n".join((*lines, *(f'msgstr[{form}] "{text}"' for form, text in enumerate(forms)), ""))


UNLIKE = {
    "another name": plural("python-brace-format", "{count} page", "{pages} pages", "", ""),
    "another type": plural("c-format", "%d page", "%lu pages", "", ""),
    "lost in the plural": plural("c-format", "%d page", "pages", "", ""),
    "a text only in the plural": plural("c-format", "a page", "pages of %s", "", ""),
    "two only in the plural": plural("perl-brace-format", "a page", "{n} pages of {book}", "", ""),
    "a number without a name": plural("python-format", "a page", "%d pages", "", ""),
    "line break at the start": 'msgid "\\none page"\nmsgid_plural "%d pages"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    "line break at the end": 'msgid "one page"\nmsgid_plural "%d pages\\n"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    "the number of Qt": plural("c-format", "%n page", "%n pages", "", ""),
    "two without names": '#, python-format\nmsgid "Send %s to %s"\nmsgstr ""\n',
    "open brace": '#, python-brace-format\nmsgid "Chapter {"\nmsgstr ""\n',
    "closed brace": '#, perl-brace-format\nmsgid "Chapter }"\nmsgstr ""\n',
}
ALIKE = {
    "a number in words": plural("c-format", "one page", "%d pages", "", ""),
    "a named number in words": plural("python-format", "one page", "%(n)d pages", "", ""),
    "the same": plural("python-brace-format", "{n:d} page of {book}", "{n:d} pages of {book}", "", ""),
    "another width": plural("c-format", "%d page", "%3d pages", "", ""),
    "no format": 'msgid "a page"\nmsgid_plural "{n} pages of {book}"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    "two with names": '#, python-format\nmsgid "Send %(a)s to %(b)s, 100%% sure"\nmsgstr ""\n',
    "doubled braces": '#, python-brace-format\nmsgid "Chapter {{ {n} }}"\nmsgstr ""\n',
    "braces of another language": 'msgid "Chapter {"\nmsgstr ""\n',
}


@pytest.mark.parametrize("body", UNLIKE.values(), ids=UNLIKE)
def test_a_source_that_is_no_format_is_found_in_its_template_alone(body: str) -> None:
    assert "source-format" in found("", body, "course.pot")
    assert "source-format" not in found("zh_CN", body)


@pytest.mark.parametrize("body", ALIKE.values(), ids=ALIKE)
def test_a_source_that_says_its_number_in_words_or_in_another_width_is_good(body: str) -> None:
    assert not found("", body, "course.pot")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("zh_CN", plural("c-format", "one page", "%d pages", "一页")),
        ("zh_CN", plural("python-brace-format", "one page", "{n} pages", "一页")),
        ("uk", plural("c-format", "%d page", "%d pages", "сторінка", "%d сторінки", "%d сторінок")),
        ("en", plural("python-brace-format", "{book} 的一页", "{book} 的几页", "a page", "pages of {book}")),
        ("en", plural("c-format", "%s 页", "%s 页", "a page", "%s pages")),
        ("en", plural("c-format, range: 0..6", "一页", "%d 页", "one page", "several pages")),
    ],
)
def test_a_form_for_several_numbers_without_its_number_is_found(language: str, body: str) -> None:
    expected = {"plural-number-missing"} if "book" not in body else set()
    assert found(language, body) == expected


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("zh_CN", plural("c-format", "one page", "%d pages", "%d 页")),
        ("en", plural("c-format", "%d 页", "%d 页", "one page", "%d pages")),
        ("fr", plural("c-format", "%d page", "%d pages", "une page", "%d pages")),
        ("en", plural("c-format, range: 1..2", "one page", "%d pages", "one page", "two pages")),
        ("en", plural("php-format", "%s comment", "%s comments", "one comment", "%s comments")),
        ("zh_CN", plural("fuzzy, c-format", "one page", "%d pages", "一页")),
        ("zh_CN", plural("c-format", "one page", "all pages", "各页")),
    ],
)
def test_a_form_for_one_number_may_say_it_in_words(language: str, body: str) -> None:
    assert not found(language, body)


def test_a_form_that_lacks_what_both_texts_have_is_told_once() -> None:
    assert found("zh_CN", plural("c-format", "%d page", "%d pages", "页")) == {"percent-placeholder"}


def brace(source: str, target: str) -> str:
    return f'#, python-brace-format\nmsgid "{source}"\nmsgstr "{target}"\n'


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{:s} wrote it", "{:d} 写的"),
        ("{} wrote it", "{:f} 写的"),
        ("{who:s} and {who:s}", "{who:s}和{who:d}"),
        ("{} wrote {}", "{}写了{1}"),
        ("{} wrote it", "{:>99999999} 写的"),
    ],
)
def test_a_field_that_python_refuses_is_found(source: str, target: str) -> None:
    assert found("zh_CN", brace(source, target)) == {"brace-placeholder"}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{} wrote it", "{!s} 写的"),
        ("{} wrote {}", "{1} 是 {0} 写的"),
        ("{n:d} by {who}", "{who} 的 {n:d}"),
        ("{n:>9,.2f} metres", "{n:.2f} 米"),
        ("{a} and {0}", "{0}和{a}"),
    ],
)
def test_fields_in_another_order_or_width_are_good(source: str, target: str) -> None:
    assert not found("zh_CN", brace(source, target))


def test_a_percent_sign_that_takes_a_name_is_a_placeholder_too_many() -> None:
    assert found("zh_CN", '#, python-format\nmsgid "%(n)d of it"\nmsgstr "其中 %(n)d%(m)%"\n') == {
        "percent-placeholder"
    }
    assert not found("zh_CN", '#, python-format\nmsgid "%(n)d%% of it"\nmsgstr "其中 %(n)d%%"\n')
