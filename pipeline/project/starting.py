"""A new project in a folder: what `bilect run` needs, with words on what may be set, and nothing that was there changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.model import PipelineError
from pipeline.project.config import Config, config_of
from pipeline.project.discovery import source_file
from pipeline.project.files import read_bytes, reason, write_atomically
from pipeline.project.git import with_attributes
from pipeline.project.root import NoProjectError, project_of
from pipeline.text.said import said

CONFIGURATION = """\
# The settings of this project. All are optional: what stands here is what holds without it.
# Take the "# " away from a line to change it; a mistake is told with its line.

# Where pages and subtitles are, where translators work, where exports go.
# source = "source_docs"
# locales = "locales"
# build = "build"

# Keys of the front matter whose values are translated besides title, description and their like, and keys that are not.
# front_matter = []
# front_matter_skip = []

# Equal texts are one message. "section" or "kind" keeps those apart that stand under other headings, or are a heading
# here and a table cell there.
# context = "none"

# What of code blocks is translated: "none", "comments" or "all"; or by language: { python = "comments" }.
# code = "none"

# A text that says the same in both languages is one message ("keep"), or the half in the language of the page is ("pair").
# bilingual = "keep"

# How templates name places: "full" (file and line), "file", "none", or a number of lines to round down to, so that a
# moved paragraph changes fewer lines in git.
# references = "full"

# Which translated headings keep the id of their source: all ("keep"), those that a link leads to ("linked"), or none
# ("none"); written as the site wants it: github, kramdown, hugo, mkdocs, pandoc, or as each page does ("auto").
# heading_ids = "linked"
# dialect = "auto"

# Beginnings of addresses that are others in translated pages:
#     [[links]]
#     from = "/en/"
#     to = "/zh/"
# links = []

# Whether bilect update and run fill what is not translated from the memory of the project, as bilect memory fill does.
# memory = false

# What exports show where a translation is fuzzy: "source", "mark" (it, behind a mark) or "use" (it).
# fuzzy = "source"

# What bilect run makes besides handouts in Markdown, tables, maps and subtitles: "html", "pdf", "epub" or any other format
# of bilect export; and the paper of PDF: "a4" or "letter".
# exports = []
# paper = "a4"

# Processes that work at once; 0 is one a core.
# jobs = 1
"""
SOURCES = """\
# Sources

Each course is a folder here, with its pages and subtitles; the language is in the name:

    my-course/course.en.md      a page in English; bilect makes its Chinese one
    my-course/talk.en.srt       subtitles in English ...
    my-course/talk.zh.srt       ... and in Chinese: bilect makes one bilingual track
    my-course/course.toml       optional: accepted mismatches, pinned pairs

A page that stands here in both languages (`course.en.md`, `course.zh.md`) is compared, and neither is ever overwritten.
"""
EXAMPLE: Mapping[str, str] = {
    "course.en.md": """\
---
title: Looking at the Sky
---

# Looking at the Sky

A short course on what is up there, for everybody with two eyes.

## Topics

- The Moon
- Telescopes
- The Planets

## Lectures

| Lecture | Title |
| --- | --- |
| 1 | The Moon |
| 2 | Telescopes |
| 3 | The Planets |

Bring warm clothes and [a map](https://example.org/map).
""",
    "talk.en.srt": """\
1
00:00:01,000 --> 00:00:03,000
Welcome to the first lecture.

2
00:00:03,500 --> 00:00:06,000
Tonight we look at the Moon.
""",
    "talk.zh.srt": """\
1
00:00:01,000 --> 00:00:03,000
欢迎来到第一讲。

2
00:00:03,500 --> 00:00:06,000
今晚我们来看月亮。
""",
}
_IGNORED = ("/.bilect/",)


@dataclass(slots=True)
class Started:
    """What was made for a project and what was there already, as paths in its folder; ``source`` is its source folder.

    ``moved`` are pages and tracks, as (from, to), ``loose`` those that lie in the folder still, among other files.
    """

    source: str = ""
    moved: list[tuple[str, str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def start_project(folder: Path, *, example: bool = False) -> Started:
    """Make in a folder what a project needs, an example course with it if wanted; what is there already stays.

    Only to .gitattributes and .gitignore may lines be added. Pages and tracks that are all that the folder has become
    its first course.

    Raises:
        PipelineError: The folder is in another project, its configuration is wrong, or something cannot be written.
    """
    config = _config(folder)
    wanted = config or Config()
    started = Started(wanted.source)
    if not (folder / wanted.source).exists():
        _take_in(folder, started)
    if config is None:
        _write(folder, "bilect.toml", CONFIGURATION, started)
    else:
        started.kept.append("bilect.toml" if (folder / "bilect.toml").is_file() else "pyproject.toml")
    if not started.moved:
        _keep_folder(folder, f"{wanted.source}/README.md", SOURCES, started)
    _keep_folder(folder, f"{wanted.locales}/.gitkeep", "", started)
    for name, text in EXAMPLE.items() if example else ():
        _write(folder, f"{wanted.source}/example/{name}", text, started)
    _extend(folder, ".gitattributes", with_attributes(_bytes(folder / ".gitattributes")), started)
    ignored = _with_lines(_bytes(folder / ".gitignore"), (f"/{wanted.build}/", *_IGNORED))
    _extend(folder, ".gitignore", ignored, started)
    return started


def _config(folder: Path) -> Config | None:
    """The configuration that the folder has already."""
    if folder.exists() and not folder.is_dir():
        raise PipelineError("is a file", path=folder.as_posix(), remedy="name a folder")
    for name, tables in (("bilect.toml", ()), ("pyproject.toml", ("tool", "bilect"))):
        if (folder / name).is_file() and (config := config_of(read_bytes(folder / name), name, tables)) is not None:
            return config
    try:
        around = project_of(folder)
    except NoProjectError:
        return None
    if around.root != folder.resolve():
        message = said("is in the project {folder}", folder=around.root.as_posix())
        remedy = said("bilect run works there; name a folder outside it for another")
        raise PipelineError(message, path=folder.as_posix(), remedy=remedy)
    return None


def _take_in(folder: Path, started: Started) -> None:
    """Move the pages and tracks of a folder that has nothing else into a course; beside other files they stay."""
    names = sorted(name for name in os.listdir(folder) if not name.startswith(".")) if folder.is_dir() else []
    there = [name for name in names if (folder / name).is_file() and source_file(PurePosixPath(name), PurePosixPath())]
    if there != names:
        started.loose += there
        return
    course = folder.resolve().name.lstrip(".") or "course"
    for name in names:
        place = f"{started.source}/{course}/{name}"
        try:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(folder / place)
        except OSError as error:
            message = said("cannot be moved to {place}: {why}", place=place, why=reason(error))
            raise PipelineError(message, path=name) from error
        started.moved.append((name, place))


def _keep_folder(folder: Path, path: str, text: str, started: Started) -> None:
    """Make a folder with a file in it, since git keeps no empty ones."""
    parent = (folder / path).parent
    if parent.is_dir() and os.listdir(parent):
        started.kept.append(f"{parent.relative_to(folder).as_posix()}/")
    else:
        _write(folder, path, text, started)


def _write(folder: Path, path: str, text: str, started: Started) -> None:
    if os.path.lexists(folder / path):
        started.kept.append(path)
    else:
        write_atomically(folder / path, text.encode(), folder)
        started.made.append(path)


def _extend(folder: Path, path: str, data: bytes, started: Started) -> None:
    is_new = not (folder / path).exists()
    if not write_atomically(folder / path, data, folder):
        started.kept.append(path)
    else:
        (started.made if is_new else started.added).append(path)


def _bytes(path: Path) -> bytes:
    return read_bytes(path) if path.exists() else b""


def _with_lines(before: bytes, lines: tuple[str, ...]) -> bytes:
    there = {line.decode("utf-8", "replace").strip().strip("/") for line in before.splitlines()}
    missing = [line for line in lines if line.strip("/") not in there]
    newline = "\r\n" if b"\r\n" in before else "\n"
    start = before if not before or before.endswith(b"\n") else before + newline.encode()
    return start + "".join(line + newline for line in missing).encode()
