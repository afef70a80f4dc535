"""The form of msgcat: the width of lines, the order of comments, and the same bytes as msgcat itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_po import EVERYTHING, FILES, HEADER, TEXTS

from pipeline.catalogs.po import (
    NEWLINES_ONLY,
    PAGE_WIDTH,
    Catalog,
    catalog_bytes,
    formatted,
    formatted_bytes,
    new_catalog,
    read_catalog,
    wrap_of,
)
from pipeline.model import PipelineError


class TestWrapping:
    def test_no_line_ends_inside_a_format_directive(self) -> None:
        catalog = Catalog()
        catalog.append(polib.POEntry(msgid="a" * 60 + " %(name of the thing)s", flags=["python-format"]))
        assert '"%(name of the thing)s"' in formatted(catalog, PAGE_WIDTH).decode()

    def test_new_catalogs_break_after_newlines_only(self) -> None:
        catalog = new_catalog("zh_CN", "course 1", "2026-01-02 03:04+0000")
        catalog.append(polib.POEntry(msgid="a " * 100, msgstr="b\nc"))
        assert f'msgid "{"a " * 100}"\nmsgstr ""\n"b\\n"\n"c"\n' in catalog_bytes(catalog).decode()

    @pytest.mark.parametrize("width", [NEWLINES_ONLY, 60, PAGE_WIDTH, 100])
    def test_the_width_of_a_file_is_found(self, width: int) -> None:
        words = "Lecture notes on representation learning for temporal data, e.g. 时间序列数据，以及其他内容。"
        catalog = Catalog()
        for size in range(1, 12):
            catalog.append(polib.POEntry(msgid=f"{size}: " + words[size:] * size, msgstr=words * size))
        data = formatted(catalog, width)
        assert wrap_of(data) == width
        again = read_catalog(data)
        again[0].msgstr = again[5].msgstr
        assert wrap_of(catalog_bytes(again)) == width

    def test_a_file_without_long_strings_counts_as_unbroken(self) -> None:
        assert wrap_of(HEADER) == NEWLINES_ONLY
        assert wrap_of(b"") == NEWLINES_ONLY


class TestFormatted:
    def test_puts_comments_in_order_and_obsolete_messages_last(self) -> None:
        assert formatted(read_catalog(EVERYTHING.encode())).decode().split("\n\n", 1)[1] == (
            "# no blank\n#  two blanks\n#. heading 2\n#: notes/a.md:3 b%20c.md:4 \u2068d e.md\u2069:5\n"
            '#, fuzzy, max-length:20\n#= markdown-text\n#| msgctxt "was"\n#| msgid "old"\nmsgctxt "row 1"\n'
            'msgid ""\n"Hello \\"you\\"\\n"\n"tab\\there"\nmsgstr "你好 \\\\n"\n\n'
            'msgid "no blank line before"\nmsgid_plural "plural"\nmsgstr[0] "一"\nmsgstr[1] "多"\n\n'
            'msgid "loose"\nmsgstr "松散"\n\n'
            '# kept\n#, fuzzy\n#~| msgid "before"\n#~ msgctxt "c"\n#~ msgid "gone"\n#~ msgstr "去了"\n\n# the end\n'
        )

    @pytest.mark.parametrize("data", FILES.values(), ids=FILES)
    def test_formatting_twice_changes_nothing(self, data: bytes) -> None:
        once = formatted(read_catalog(data), PAGE_WIDTH)
        assert formatted(read_catalog(once), PAGE_WIDTH) == once

    @given(TEXTS, st.sampled_from([NEWLINES_ONLY, 40, PAGE_WIDTH]))
    def test_straight_from_the_text_is_the_same_as_message_by_message(self, text: str, width: int) -> None:
        for data in (text.encode(), text.replace("\r", "").replace("\n", "\r\n").encode()):
            catalog = read_catalog(data)
            if not catalog.findings:
                assert formatted_bytes(data, "", width) == formatted(catalog, width)

    @pytest.mark.parametrize("data", FILES.values(), ids=FILES)
    @pytest.mark.parametrize("width", [NEWLINES_ONLY, PAGE_WIDTH])
    def test_of_odd_files_is_the_same_straight_from_the_text(self, data: bytes, width: int) -> None:
        catalog = read_catalog(data)
        if catalog.findings:
            with pytest.raises(PipelineError):
                formatted_bytes(data, "", width)
        else:
            assert formatted_bytes(data, "", width) == formatted(catalog, width)

    @pytest.mark.parametrize("width", [10, 16, 20, PAGE_WIDTH])
    def test_of_strings_about_as_wide_as_a_line_is_the_same_straight_from_the_text(self, width: int) -> None:
        for piece in ("a", "a b", "中", "中文 ", "“”…", "\u2009中", '\\"c'):
            texts = [piece * number for number in range(width + 2)]
            data = HEADER + "".join(f'\nmsgid "a{len(text)}"\nmsgstr "{text}"\n' for text in texts).encode()
            assert formatted_bytes(data, "", width) == formatted(read_catalog(data), width)

    def test_keeps_blank_comments_and_broken_parts(self) -> None:
        data = b'#\n#.\nmsgid "a"\nmsgstr "b"\n\nmsgid "c\n\nmsgid "d"\nmsgstr "e"\n'
        assert formatted(read_catalog(data)) == data


def msgcat(data: bytes, *options: str) -> bytes:
    program = shutil.which("msgcat")
    if program is None:
        pytest.skip("msgcat is not installed")
    return subprocess.run([program, "--force-po", *options, "-"], input=data, capture_output=True, check=True).stdout


def real_catalogs() -> list[Path]:
    folder = os.environ.get("BILECT_CATALOGS", "")
    return sorted(Path(folder).glob("*.po*")) if folder else []


class TestAgainstMsgcat:
    @pytest.mark.parametrize(
        ("width", "option"), [(PAGE_WIDTH, "--width=79"), (NEWLINES_ONLY, "--no-wrap"), (50, "--width=50")]
    )
    def test_fixtures_are_formatted_alike(self, width: int, option: str) -> None:
        known = EVERYTHING.replace(", max-length:20", "").replace("#= markdown-text\n", "").replace("# the end\n", "")
        assert formatted(read_catalog(known.encode()), width) == msgcat(known.encode(), option)

    @pytest.mark.parametrize(("width", "option"), [(PAGE_WIDTH, "--width=79"), (NEWLINES_ONLY, "--no-wrap")])
    def test_real_catalogs_are_formatted_alike(self, width: int, option: str) -> None:
        paths = real_catalogs()
        if not paths:
            pytest.skip("no folder of real catalogs in $BILECT_CATALOGS")
        for path in paths:
            data = path.read_bytes()
            assert catalog_bytes(read_catalog(data)) == data
            assert formatted(read_catalog(data), width) == msgcat(data, option), path.name
            assert formatted_bytes(data, path.name, width) == msgcat(data, option), path.name

    @given(
        st.lists(
            st.text(
                st.sampled_from(list("abc  -.,/\\\"'()1%$\n\t中文，。（）《》“”…—：、ＡÉ·")), min_size=1, max_size=250
            ),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    def test_texts_are_broken_alike(self, texts: list[str]) -> None:
        catalog = read_catalog(HEADER)
        catalog.extend(polib.POEntry(msgid=f"{number} {text}", msgstr=text) for number, text in enumerate(texts))
        data = formatted(catalog, PAGE_WIDTH)
        assert data == msgcat(data)
        assert formatted_bytes(msgcat(data, "--no-wrap"), "", PAGE_WIDTH) == data
