"""The pictures of a page that lie beside it, for handouts that carry them along; what is elsewhere stays a link."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pipeline.exporters.base import Material
from pipeline.text.lazily import lazily

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<svg[\s>]", re.DOTALL | re.IGNORECASE)
_ACTIVE = lazily(
    rb"<\s*(?:script|foreignobject|iframe|animate|set|handler|\w+:script)|<!|<\?(?!xml )|\son\w+\s*=|@import|javascript:|&#"
    rb"|href\s*=\s*[\"']\s*[^#\"'\s]|url\(\s*[\"']?\s*[^#\"'\s]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its file has it; ``suffix`` is without the dot and like its bytes, whatever its name says."""

    data: bytes
    media_type: str
    suffix: str


def picture_of(material: Material, page: str, source: str) -> Picture | None:
    """Return the picture that a page names, None where it is no picture of the project.

    An SVG that holds anything but drawing (scripts, handlers, addresses of other files) counts as none.
    """
    path = local_path(page, source)
    data = material.pictures(path) if path else None
    if not data:
        return None
    for signature, media_type, suffix in _SIGNATURES:
        if data.startswith(signature):
            return Picture(data, media_type, suffix)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Picture(data, "image/webp", "webp")
    return Picture(data, "image/svg+xml", "svg") if _SVG.match(data) and not _ACTIVE.search(data) else None


def local_path(page: str, source: str) -> str | None:
    """Return the path of a file of the project that an address names, None where it leads elsewhere.

    >>> local_path("notes/a.md", "../img/b%20c.png?x"), local_path("a.md", "../b.png"), local_path("a.md", "//h/b.png")
    ('img/b c.png', None, None)
    """
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.path in {"", "."}:
        return None
    path = unquote(parts.path)
    folder = "" if path.startswith("/") else posixpath.dirname(page)
    joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    is_outside = joined.startswith("..") or "\\" in joined or "\0" in joined or ":" in joined
    return None if is_outside or path.endswith("/") else joined
