"""Which format a subtitle file is in by how it begins, whatever its name says."""

from __future__ import annotations

import re

_HEAD = 4_000  # bytes in which the first cue begins
_STAMP = r"\d+:[0-5]\d:[0-5]\d"
_BEGINNINGS = (
    ("vtt", re.compile(r"WEBVTT(?:[ \t\r\n]|$)")),
    ("srt", re.compile(rf"\d+[ \t]*\r?\n{_STAMP},\d{{3}} --> {_STAMP},\d{{3}}[ \t]*[\r\n]")),
    ("sbv", re.compile(rf"{_STAMP}\.\d{{3}},{_STAMP}\.\d{{3}}[ \t]*[\r\n]")),
    ("ass", re.compile(r"\[(?:Script Info|V4\+? Styles|Events)\][ \t]*[\r\n]", re.IGNORECASE)),
    ("ttml", re.compile(r"(?:<\?xml[^<>]*\?>\s*)?(?:<!--[^<>]*-->\s*)*<(?:tt|tt:tt)[\s>]")),
    ("bcc", re.compile(r'\{(?=.*"body"\s*:\s*\[\s*\{)(?=.*"content"\s*:)', re.DOTALL)),
)
_OLD_ASS = re.compile(r"^ScriptType:\s*v4\.00\s*$", re.IGNORECASE | re.MULTILINE)


def recognised(data: bytes) -> str:
    """The name of the format that a file is surely in; empty where its first lines do not settle it.

    Every format begins with ASCII, so that the encoding is no matter: UTF-16 is that with zeros.

    >>> recognised(b"WEBVTT\\n\\n00:01.000 --> 00:02.000\\nHello\\n")
    'vtt'
    """
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("ÿþï»¿ \t\r\n")
    found = next((name for name, beginning in _BEGINNINGS if beginning.match(head)), "")
    return "ssa" if found == "ass" and _OLD_ASS.search(head) else found
