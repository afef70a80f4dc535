"""Pictures that a handout carries along: those of the project alone, and nothing in them that could run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.align.course import course_of
from pipeline.exporters.base import Material
from pipeline.exporters.pictures import local_path, picture_of
from pipeline.project.pictures import PictureFiles

PNG = b"\x89PNG\r\n\x1a\n\0\0"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


@pytest.mark.parametrize(
    "source",
    ["https://a.b/x.png", "//a.b/x.png", "../../x.png", "..%2f..%2fx.png", "c:/x.png", "..\\x.png", "", ".", "http://[x/a.png"],
)  # fmt: skip
def test_an_address_that_leads_out_of_the_project_is_no_picture_of_it(source: str) -> None:
    assert local_path("notes/a.md", source) is None


@pytest.mark.parametrize("source", ["x.png", "./x.png", "/notes/x.png", "../notes/x.png#top"])
def test_an_address_is_read_from_the_folder_of_its_page(source: str) -> None:
    assert local_path("notes/a.md", source) == "notes/x.png"


def test_nothing_is_read_outside_the_folder_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.png").write_bytes(PNG)
    (root / "link.png").symlink_to(tmp_path / "secret.png")
    files = PictureFiles(str(root))
    assert files("a.png") == PNG
    assert [files(path) for path in ("link.png", "../secret.png", str(tmp_path / "secret.png"), "none", "", "\0")] == [
        None
    ] * 6


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"), (SVG, "image/svg+xml"), (b"root:x:0:0", None), (b"<html><script>x</script>", None), (b"", None),
        (SVG.replace(b"<path", b"<script/><path"), None), (SVG.replace(b"<path", b'<path onload="x"'), None),
        (SVG.replace(b"<path", b'<image href="http://a.b/c.png"/><path'), None),
        (SVG.replace(b"<path", b'<use href="#a"/><path'), "image/svg+xml"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]>' + SVG, None),
    ],
)  # fmt: skip
def test_only_pictures_are_pictures(data: bytes, kind: str | None) -> None:
    material = Material(course_of("c", "c", []), pictures={"c/x.png": data}.get)
    picture = picture_of(material, "c/a.md", "x.png")
    assert (picture.media_type if picture else None) == kind
