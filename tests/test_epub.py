"""A course as an EPUB: valid, the same bytes for the same course, and nothing in it that runs or is asked for elsewhere."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from commands import invoked
from lesson import PAGE, PNG, SAID

from pipeline.align.course import course_of
from pipeline.exporters.base import Layout, Material
from pipeline.exporters.epub import epub
from pipeline.extractors.page import read_page
from pipeline.text.terms import Term, Terms

HOSTILE = (
    "</p><script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) <svg onload=alert(4)/> "
    '{{ site.secret }} ]]> &evil; <!DOCTYPE x> ![x](../../secret.png) [y](http://a.b/"onclick=alert) \x00\x1b\ufffe <b><i>'
)


def made(page: str, said: dict[str, str], layout: Layout = "interleaved") -> bytes:
    pages = [read_page(page.encode(), "c/a.md"), read_page(b"Only a line.\n", "c/b.md")]
    material = Material(
        course_of("c", "c", pages),
        {"c/a.md": {(None, one): other for one, other in said.items()}},
        pictures={"c/wave.png": PNG}.get,
        layout=layout,
        terms=Terms((Term("wave", ("波",), note="physics"),)),
        translators={"c/a.md": ("Li Lei",)},
    )
    (output,) = epub(material)
    assert output.path == "handout.epub"
    return output.data


def members(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def first_page(book: bytes) -> str:
    return members(book)["EPUB/page-1.xhtml"].decode()


@pytest.fixture(scope="module")
def book() -> bytes:
    return made(PAGE, SAID)


def complaints(book: bytes, folder: Path) -> str:
    """What epubcheck says of a book; its program is a jar, which not every shell starts."""
    checker = shutil.which("epubcheck")
    if checker is None or shutil.which("java") is None:
        pytest.skip("epubcheck is not installed")
    (folder / "book.epub").write_bytes(book)
    is_jar = Path(checker).resolve().suffix == ".jar"
    command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(Path(checker).resolve())] if is_jar else [checker]
    done = subprocess.run(
        [*command, str(folder / "book.epub")], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    return "" if "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr else done.stdout + done.stderr


def test_epubcheck_finds_nothing_in_a_book_of_every_kind_of_block_and_hostile_texts(tmp_path: Path) -> None:
    page = PAGE.replace("said once", HOSTILE).replace("A wave", f"{HOSTILE} wave")
    assert complaints(made(page, {**SAID, "fourth": HOSTILE}), tmp_path) == ""


def test_the_first_file_says_what_the_book_is_and_the_same_course_gives_the_same_bytes(book: bytes) -> None:
    assert book[30:58] == b"mimetypeapplication/epub+zip"
    assert made(PAGE, SAID) == book


def test_every_document_is_well_formed_and_every_run_says_its_language(book: bytes) -> None:
    for name, data in members(book).items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            ElementTree.fromstring(data)
    shown = first_page(book)
    assert '<h1><span class="zh" lang="zh-Hans" xml:lang="zh-Hans">信号</span>' in shown
    assert (
        '<p class="zh" lang="zh-Hans" xml:lang="zh-Hans">说过一次</p><p class="en" lang="en" xml:lang="en">said once</p>'
        in shown
    )


def test_the_package_names_titles_languages_people_and_what_readers_can_rely_on(book: bytes) -> None:
    package = members(book)["EPUB/package.opf"].decode()
    for part in (
        'xml:lang="en">Signals</dc:title>', "<dc:language>zh-Hans</dc:language>", "<dc:language>en</dc:language>",
        ">Ada Byron</dc:creator>", ">Li Lei</dc:contributor>", 'schema:accessMode">visual', "2000-01-01T00:00:00Z",
        'properties="nav"', 'media-type="image/png"',
    ):  # fmt: skip
        assert part in package


def test_what_is_unsure_or_missing_is_marked(book: bytes) -> None:
    shown = first_page(book)
    assert '第三 <span class="state" lang="zh-Hans" xml:lang="zh-Hans">〔待核对〕</span>' in shown
    assert 'fourth <span class="state" lang="zh-Hans" xml:lang="zh-Hans">〔未翻译〕</span>' in shown


def test_links_lead_to_chapters_and_into_the_web_and_pictures_are_carried_along(book: bytes) -> None:
    shown = first_page(book)
    addresses = re.findall(r'(?:href|src)="([^"]*)"', shown)
    assert addresses == [
        "style.css", "https://example.org/notes?a=1&amp;b=2", "page-2.xhtml", "#note-1", "picture-1.png",
        "https://example.org/far.png", "https://www.youtube.com/watch?v=abcdefghijk",
    ]  # fmt: skip
    assert members(book)["EPUB/picture-1.png"] == PNG
    assert '<span class="picture">gone</span>' in shown


def test_lists_keep_their_numbers_and_headings_leave_out_no_level(book: bytes) -> None:
    shown = first_page(book)
    assert '<ol start="3"><li>' in shown
    assert "<ul><li>" in shown
    assert re.findall(r"<h(\d)", shown) == ["1", "2", "3"]


@pytest.mark.parametrize("layout", ["interleaved", "side-by-side", "target", "table"])
def test_each_layout_is_a_book(layout: Layout) -> None:
    shown = first_page(made(PAGE, SAID, layout))
    assert ("said once" in shown) == (layout != "target")
    assert "说过一次" in shown
    assert ('<table class="texts">' in shown) == (layout == "table")
    assert 'id="note-1"' in shown


def test_nothing_that_a_page_or_a_translation_says_is_more_than_text() -> None:
    for page, said in ((PAGE.replace("said once", HOSTILE), SAID), (PAGE, {**SAID, "said once": HOSTILE})):
        book = made(page.replace("students of physics", '"</p><script>alert(5)</script>"'), said)
        files = members(book)
        for name, data in files.items():
            if name.endswith(".xhtml"):
                root = ElementTree.fromstring(data)
                tags = {each.tag.rpartition("}")[2] for each in root.iter()}
                assert tags.isdisjoint({"script", "iframe", "svg", "object", "form", "style"})
                assert not [key for each in root.iter() for key in each.attrib if key.startswith("on")]
                assert b"javascript" not in data
                assert b"secret" not in data.replace(b"../../secret.png", b"")
        assert [name for name in files if ".." in name or name.startswith("/")] == []


def test_deep_nesting_is_written_and_not_followed_without_end() -> None:
    page = "".join(f"{'  ' * depth}- a{depth}\n" for depth in range(200)) + "\n" + "<b>" * 3000 + "deep\n"
    assert "deep" in first_page(made(page, {}))


def test_the_command_makes_the_book_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.en.md").write_text("# Waves\n\nAir.\n", "utf-8")
    assert invoked("export", "epub", "a.en.md", "-o", "out.epub").exit_code == 0
    assert members((tmp_path / "out.epub").read_bytes())["mimetype"] == b"application/epub+zip"
