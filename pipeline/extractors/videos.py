"""The videos that a page embeds or links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Page, Video
from pipeline.text.places import Lines

_EMBEDS = (
    ("youtube", re.compile(r"""(?:youtube(?:-nocookie)?\.com/embed/)([\w-]{11})""")),
    (
        "youtube",
        re.compile(
            r"""\{%-?\s*(?:include\s+(?:(?!youtube)\S){0,100}youtube\S{0,100}|youtube)\s+(?:id=)?["']?([\w-]{11})\b"""
        ),
    ),
    ("youtube", re.compile(r"""\{\{<\s*youtube\s+(?:id=)?["']?([\w-]{11})\b""")),
    ("bilibili", re.compile(r"""player\.bilibili\.com/player\.html\?[^\s"'<>]{0,300}?bvid=(BV\w{10})""")),
    ("vimeo", re.compile(r"player\.vimeo\.com/video/(\d+)")),
)
_LINKS = (
    ("youtube", re.compile(r"(?:youtube\.com/watch\?(?:[^\s\"'<>)]{0,300}?&)?v=|youtu\.be/)([\w-]{11})")),
    ("bilibili", re.compile(r"bilibili\.com/video/(BV\w{10})")),
    ("vimeo", re.compile(r"(?<!player\.)vimeo\.com/(\d{6,})")),
)
_ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v=",
    "bilibili": "https://www.bilibili.com/video/",
    "vimeo": "https://vimeo.com/",
}


def videos(page: Page) -> list[Video]:
    """The videos that the page plays, each once; those it links where it plays none."""
    return _found(page.text, _EMBEDS) or _found(page.text, _LINKS)


def _found(text: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> list[Video]:
    matches = sorted(
        (match.start(), provider, match[1]) for provider, pattern in patterns for match in pattern.finditer(text)
    )
    found: dict[tuple[str, str], Video] = {}
    lines = Lines(text if matches else "")
    for start, provider, name in matches:
        video = Video(lines.place(start)[0], provider, name, _ADDRESSES[provider] + name)
        found.setdefault((provider, name), video)
    return list(found.values())
