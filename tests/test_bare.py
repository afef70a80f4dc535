"""Files and folders as the user names them, in a project or not."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from pipeline.model import PipelineError
from pipeline.project.bare import PAGES, NamedFile, destination, named_file, named_files, project_around, shown_path
from pipeline.project.config import Config
from pipeline.project.discovery import discovered
from pipeline.project.root import Project

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.md", "a/c.en.md", "a/page.HTML", "notes.txt", ".hidden.md", ".git/d.md"):
        (tmp_path / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / name).write_text("# A heading\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_folder_names_its_pages_sorted_and_without_hidden_ones() -> None:
    files, troubles = named_files(["pages"], PAGES, None)
    assert [file.shown for file in files] == ["pages/a/c.en.md", "pages/a/page.HTML", "pages/b.md"]
    assert [str(file.inside) for file in files] == ["a/c.en.md", "a/page.HTML", "b.md"]
    assert troubles == []


def test_markdown_of_quarto_r_and_mdx_is_a_page(folder: Path) -> None:
    for name in ("d.en.qmd", "e.Rmd", "f.mdx"):
        (folder / "a" / name).parent.mkdir(exist_ok=True)
        (folder / "a" / name).write_text("# A heading\n", "utf-8")
    files, troubles = named_files(["a"], PAGES, None)
    assert ([file.shown for file in files], troubles) == (["a/d.en.qmd", "a/e.Rmd", "a/f.mdx"], [])
    assert [each.path for each in discovered(folder, "a").courses[0].pages] == ["a/d.en.qmd", "a/e.Rmd", "a/f.mdx"]


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_named_twice_counts_once() -> None:
    files, _ = named_files(["pages/b.md", "pages", "./pages/b.md"], PAGES, None)
    assert [file.shown for file in files] == ["pages/b.md", "pages/a/c.en.md", "pages/a/page.HTML"]


def test_what_names_no_page_is_told_and_the_rest_is_found(folder: Path) -> None:
    (folder / "empty").mkdir()
    files, troubles = named_files(["nowhere", "empty", "pages/notes.txt", "x" * 300, "pages/b.md"], PAGES, None)
    assert [file.shown for file in files] == ["pages/b.md"]
    assert [str(trouble).partition(" (")[0] for trouble in troubles] == [
        "nowhere: there is no such file or folder",
        "empty: holds no page",
        "pages/notes.txt: is no page",
        f"{'x' * 300}: there is no such file or folder",
    ]


@needs_links
def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "secret.md").write_text("# Secret\n", "utf-8")
    (folder / "pages/out.md").symlink_to(folder / "secret.md")
    (folder / "pages/in.md").symlink_to(folder / "pages/b.md")
    assert "pages/out.md" not in [file.shown for file in named_files(["pages"], PAGES, None)[0]]
    assert "pages/in.md" in [file.shown for file in named_files(["pages"], PAGES, None)[0]]


def test_a_path_is_shown_relative_to_the_project_inside_one(folder: Path) -> None:
    project = Project(folder.resolve(), Config())
    assert shown_path(str(folder.resolve() / "pages" / "b.md"), project) == "pages/b.md"
    assert shown_path("pages/../pages/b.md", project) == "pages/b.md"
    assert shown_path("../b.md", project) == "../b.md"
    assert shown_path("./pages/b.md", None) == "pages/b.md"


def test_a_wrong_configuration_around_is_told(folder: Path) -> None:
    assert project_around() is None
    (folder / "bilect.toml").write_text("sauce = 'x'\n", "utf-8")
    with pytest.raises(PipelineError, match="unknown key 'sauce'"):
        project_around()


def test_an_empty_file_is_told_when_it_was_named_and_not_when_its_folder_was(folder: Path) -> None:
    (folder / "pages/b.md").write_text(" \n", "utf-8")
    with pytest.raises(PipelineError, match=r"pages/b\.md: is empty"):
        named_file("pages/b.md", None).read()
    assert named_files(["pages"], PAGES, None)[0][-1].read() == b" \n"


# --- outputs


@pytest.mark.usefixtures("folder")
def test_an_output_is_a_file_for_one_page_and_a_folder_for_several_or_for_a_folder() -> None:
    one, several = named_files(["pages/a/c.en.md"], PAGES, None)[0], named_files(["pages"], PAGES, None)[0]
    assert destination("out", ["pages/a/c.en.md"], one).places(".pot")[0][one[0]] == Path("out")
    assert destination("out/", ["pages/a/c.en.md"], one).places(".pot")[0][one[0]] == Path("out/c.en.pot")
    assert list(destination("out", ["pages"], several).places(".pot")[0].values()) == [
        Path("out/a/c.en.pot"), Path("out/a/page.pot"), Path("out/b.pot"),
    ]  # fmt: skip
    with pytest.raises(PipelineError, match="is a file, and several outputs need a folder"):
        destination("pages/b.md", ["pages"], several)


def test_two_pages_are_never_written_to_one_place(folder: Path) -> None:
    (folder / "pages/b.html").write_text("<p>Text</p>", "utf-8")
    files = named_files(["pages"], PAGES, None)[0]
    places, troubles = destination("out", ["pages"], files).places(".pot")
    assert PurePosixPath("b.html") in [file.inside for file in places]
    assert [str(trouble) for trouble in troubles] == [
        "pages/b.md: would be written to out/b.pot, as pages/b.html is (rename one, or write them apart)"
    ]


def test_an_input_is_never_overwritten(folder: Path) -> None:
    files = named_files(["pages/b.md"], PAGES, None)[0]
    with pytest.raises(PipelineError, match="is an input, and is not overwritten"):
        destination("pages/../pages/b.md", ["pages/b.md"], files).write(Path("pages/b.md"), b"x")
    assert (folder / "pages/b.md").read_bytes() == b"# A heading\n"


@needs_links
def test_no_link_leads_an_output_out_of_its_folder(folder: Path) -> None:
    files = named_files(["pages"], PAGES, None)[0]
    place = destination("out", ["pages"], files)
    (folder / "out").mkdir()
    (folder / "out/a").symlink_to(folder / "pages")
    with pytest.raises(PipelineError, match="leads out"):
        place.write(folder / "out/a/b.pot", b"x")


def test_a_named_file_that_cannot_be_written_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.po").mkdir()
    with pytest.raises(PipelineError, match=r"^a\.po: cannot be written"):
        NamedFile(tmp_path / "a.po", "a.po", PurePosixPath("a.po")).write(b"text")
