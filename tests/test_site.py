"""The course site: all links lead somewhere, nothing from a page runs, and only what bilect made is ever touched."""

from __future__ import annotations

import json
import os
import shutil
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from terminal import bilect

from pipeline.exporters.base import Material, Output
from pipeline.exporters.siteplan import FILES
from pipeline.model import PipelineError
from pipeline.project.exporting import ExportOrder
from pipeline.project.whole_export import whole_exported

ODD = "b&c's" if os.name == "nt" else "b\"><img src=x onerror=hurt=1> #1?%2F'"
BAD = "<script>window.hurt=1</script><img src=x onerror=window.hurt=1> {{ 7*7 }}"
LECTURES_ZH = """# 机器学习

第1讲~第2讲讲回归，见[英文课表](lectures.en.md#top)、[讲义](notes/a%20b.pdf)、[别的课](../ODD/page.en.md)、[没有](none.pdf)、
[秘密](../../secret.txt)、[脚本](javascript:alert(1))、[外面](https://example.org/x)、[后面](#later)。

![一张图](img/dot.png)

- 回归
- 分类

| 讲 | 题目 |
| --- | --- |
| 第1讲 | 回归 |
| 第2讲 | 分类 |
| 第3讲 | 聚类 |
"""
LECTURES_EN = """# Machine Learning

| No. | Title |
| --- | --- |
| Lecture 1 | Regression |
| Lecture 2 | Classification |
| Lecture 3 | Clustering |
"""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 20, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 40) * 20))
    + _chunk(b"IEND", b"")
)
PLAYED = {".mp4", ".webm", ".m4v", ".mov", ".mp3", ".m4a"}  # what people put beside a player


def project(root: Path) -> Path:
    """A project with a course of two pages and a talk, and one whose name and texts are hostile."""
    files = {
        "secret.txt": b"secret",
        "source_docs/ml/course.zh.md": LECTURES_ZH.replace("ODD", quote(ODD)).encode(),
        "source_docs/ml/lectures.en.md": LECTURES_EN.encode(),
        "source_docs/ml/notes/a b.pdf": b"%PDF-1.4 notes",
        "source_docs/ml/img/dot.png": PNG,
        "source_docs/ml/talk one.en.srt": b"1\n00:00:01,000 --> 00:00:03,000\nNow this one.\n\n",
        "source_docs/ml/talk one.zh.srt": "1\n00:00:01,000 --> 00:00:03,000\n现在看这个。\n\n".encode(),
        f"source_docs/{ODD}/page.en.md": f"---\ntitle: '{BAD.replace(chr(39), '')}'\n---\n# A {BAD}\n\nText {BAD}.\n".encode(),
    }
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(tmp_path_factory.mktemp("project"))
    ended = bilect("export", "site", "-o", "out", cwd=root)
    assert (ended.status, ended.stdout) == (0, ""), ended.stderr
    return root / "out"


class Read(HTMLParser):
    """What a page links to, what may be linked in it, and what in it could run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.active: list[str] = []
        self.policy = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "meta" and ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"] or ""
        for name, value in attrs:
            if name in {"href", "src", "srcset"}:
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "vbscript:")):
                self.active.append(f"{name}={value}")
        if tag in {"script", "iframe", "object", "embed", "form", "base"}:
            self.active.append(tag)


def pages(site: Path) -> Iterator[tuple[Path, Read]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Read(path.read_text("utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_links_lead_to_files_and_anchors_of_the_site(made: Path) -> None:
    read = dict(pages(made))
    reached = {made / name for name in FILES.values()}
    for path, page in read.items():
        assert len(set(page.ids)) == len(page.ids), path
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https", "data"} or Path(parts.path).suffix in PLAYED:
                continue
            assert not parts.scheme, (path, link)
            assert not parts.netloc, (path, link)
            target = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
            assert target.is_file(), (path, link)
            assert target.is_relative_to(made), (path, link)
            is_checked = parts.fragment and "player" not in target.name  # a player reads its fragment as a time
            assert not is_checked or parts.fragment in read[target].ids, (path, link)
            reached.add(target)
    assert {path for path in made.rglob("*") if path.is_file()} - reached == {made / ".bilect-export.json"}


def test_links_of_pages_lead_to_the_site_to_files_beside_them_or_nowhere(made: Path) -> None:
    for view, name in FILES.items():
        links = Read((made / "ml" / name).read_text("utf-8")).links
        other = [link for link in links if link.startswith("../") and link != f"../{name}"]
        assert [unquote(link) for link in other] == [f"../{ODD}/{name}#s1-h2"], view
        assert "files/notes/a%20b.pdf" in links
        assert "https://example.org/x" in links
        assert not [link for link in links if "none.pdf" in link or "secret" in link or link == "#later"]
    assert (made / "ml/files/notes/a b.pdf").read_bytes() == b"%PDF-1.4 notes"


def test_a_talk_leads_back_to_its_course(made: Path) -> None:
    assert Read((made / "ml/talks/talk one.player.html").read_text("utf-8")).links[0] == "../index.html"


def test_courses_and_pages_of_a_site_never_share_a_name(tmp_path: Path) -> None:
    for name in ("index.html", "ZH.html", "en.html-"):
        (tmp_path / "source_docs" / name).mkdir(parents=True)
        (tmp_path / "source_docs" / name / "lectures.en.md").write_text(LECTURES_EN, "utf-8")
    (tmp_path / "source_docs/lone.en.md").write_text(LECTURES_EN, "utf-8")
    assert bilect("export", "site", cwd=tmp_path).status == 0
    folders = {path.name for path in (tmp_path / "build/site").iterdir() if path.is_dir()}
    assert folders == {"index.html-", "ZH.html-", "en.html-", "course"}


def test_nothing_of_a_page_a_name_or_a_track_runs(made: Path) -> None:
    for path, page in pages(made):
        if path.name.endswith(".player.html"):
            assert page.active == ["script", "script"]
        else:
            assert page.active == [], path
            assert page.policy.startswith("default-src 'none'") or path.name == "map.html", path


def test_a_view_shows_one_language_or_both(made: Path) -> None:
    zh, en, both = ((made / "index.html").with_name(FILES[view]).read_text("utf-8") for view in ("zh", "en", "both"))
    assert ("机器学习" in zh, "Machine Learning" in zh) == (True, False)
    assert ("机器学习" in en, "Machine Learning" in en) == (False, True)
    assert ("机器学习" in both, "Machine Learning" in both) == (True, True)
    table = (made / "ml/zh.html").read_text("utf-8").partition('id="lectures"')[2]
    assert (">讲<" in table, ">No.<" in table) == (True, False)
    for view, name in FILES.items():
        links = Read((made / "ml" / name).read_text("utf-8")).links
        assert set(FILES.values()) <= set(links), view
        assert f"../{name}" in links


def test_the_same_sources_make_the_same_site_wherever_they_are(made: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "elsewhere")
    assert bilect("export", "site", cwd=root).status == 0
    assert files(root / "build/site") == files(made)
    assert bilect("export", "site", cwd=root).stderr.endswith(", 0 written\n")


def test_only_what_bilect_made_and_makes_no_more_is_removed(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert bilect("export", "site", "-o", "out", cwd=root).status == 0
    odd = root / "out" / ODD
    (odd / "own.txt").write_bytes(b"mine")
    (odd / "en.html").write_bytes(b"edited")
    shutil.rmtree(root / "source_docs" / ODD)
    ended = bilect("export", "site", "-o", "out", cwd=root)
    assert " removed\n" in ended.stderr
    assert files(odd) == {"own.txt": b"mine", "en.html": b"edited"}
    assert "files/" in "".join(files(root / "out"))


def test_nothing_is_removed_while_something_cannot_be_read(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert bilect("export", "site", "-o", "out", cwd=root).status == 0
    before = files(root / "out").keys()
    shutil.rmtree(root / "source_docs" / ODD)
    (root / "source_docs/ml/course.toml").write_text("broken =", "utf-8")
    assert bilect("export", "site", "-o", "out", cwd=root).status == 2
    assert files(root / "out").keys() == before
    (root / "source_docs/ml/course.toml").unlink()
    assert " removed\n" in bilect("export", "site", "-o", "out", cwd=root).stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode")
def test_a_name_that_is_no_text_is_led_to_all_the_same(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/source_docs/caf\xe9"
    os.makedirs(folder)
    with open(folder + b"/lectures.en.md", "wb") as stream:
        stream.write(LECTURES_EN.encode())
    assert bilect("export", "site", "-o", "out", cwd=tmp_path).status == 0
    assert "caf%E9/index.html" in Read((tmp_path / "out/index.html").read_text("utf-8")).links
    assert os.path.isfile(os.fsencode(tmp_path) + b"/out/caf\xe9/index.html")
    assert bilect("export", "site", "-o", "out", cwd=tmp_path).stderr.endswith(", 0 written\n")


def test_a_file_that_no_export_made_is_not_overwritten(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "out").mkdir()
    (root / "out/index.html").write_bytes(b"mine")
    ended = bilect("export", "site", "-o", "out", cwd=root)
    assert ended.status == 2
    assert ended.stderr.startswith("bilect: out/index.html: was not made by an export: nothing is written")
    assert files(root / "out") == {"index.html": b"mine"}


def test_a_record_leads_to_no_file_outside_the_folder(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert bilect("export", "site", "-o", "out", cwd=root).status == 0
    record = root / "out/.bilect-export.json"
    said = json.loads(record.read_bytes())
    digest = said["files"]["index.html"]
    for name in ("../victim.html", str(root / "victim.html"), "link/victim.html"):
        said["files"][name] = digest
    record.write_text(json.dumps(said), "utf-8")
    shutil.copy(root / "out/index.html", root / "victim.html")
    if os.name != "nt":
        (root / "out/link").symlink_to(root, target_is_directory=True)
    bilect("export", "site", "-o", "out", cwd=root)
    assert (root / "victim.html").is_file()


def test_no_link_leads_a_write_out_of_the_folder(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    (tmp_path / "outside").mkdir()
    (root / "out").mkdir()
    (root / "out/ml").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert bilect("export", "site", "-o", "out", cwd=root).status == 2
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path))

    def hostile(_materials: Sequence[Material]) -> Iterator[Output]:
        yield Output("../x.html", b"")

    with pytest.raises(PipelineError, match="leads out of the folder"):
        whole_exported(hostile, (), ExportOrder("site"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "source_docs/ml/site"), "is among the sources"),
        (("-o", "secret.txt"), "is a file, and many are made"),
        (("-o", "-"), "is a file, and many are made"),
        (("source_docs/ml",), "name a folder for them with -o"),
    ],
)
def test_a_place_where_a_site_cannot_go_is_one_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    root = project(tmp_path)
    before = files(root)
    ended = bilect("export", "site", *arguments, cwd=root)
    assert ended.status == 2
    assert said in ended.stderr
    assert files(root) == before


def test_files_of_no_project_make_a_site_too(tmp_path: Path) -> None:
    folder = tmp_path / "loose"
    folder.mkdir()
    (folder / "lectures.en.md").write_text(LECTURES_EN, "utf-8")
    assert bilect("export", "site", "loose", "-o", "out", cwd=tmp_path).status == 0
    assert {"index.html", "loose/index.html", "loose/downloads/lectures.csv"} <= files(tmp_path / "out").keys()
