"""The text of a subtitle file: as any text, but subtitles come with stray zero bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.subtitles.track import Remark
from pipeline.text.encoding import Decoded, NotTextError, decoded
from pipeline.text.said import said
from pipeline.text.series import together

_RETURNS = re.compile(r"\r+\n?")


@dataclass(frozen=True, slots=True)
class SubtitleText:
    """A subtitle file as text: ``text`` has ``\\n`` between lines and no NUL; ``newline`` is the file's own."""

    text: str
    decoded: Decoded
    newline: str
    remarks: tuple[Remark, ...]

    @property
    def encoding(self) -> str:
        """The codec that reads the file, the byte order mark of UTF-8 included."""
        with_mark = self.decoded.encoding == "utf-8" and self.decoded.bom
        return "utf-8-sig" if with_mark else self.decoded.encoding


def subtitle_text(data: bytes) -> SubtitleText:
    """The text of a subtitle file, and remarks on everything that is not UTF-8 with ``\\n`` and nothing else.

    Raises:
        NotTextError: no encoding fits.
    """
    raw = _decoded(data)
    newline = "\r\n" if "\r\n" in raw.text else "\r" if "\r" in raw.text and "\n" not in raw.text else "\n"
    text = raw.text.replace("\r\n", "\n")
    text = _RETURNS.sub(_newlines, text) if "\r" in text else text
    remarks = _form_remarks(raw, newline)
    for sign, kind in (
        ("\0", said("NUL characters, left out")),
        ("\ufffd", said("bytes that are no text, read as U+FFFD")),
    ):
        if sign in text:
            remarks += [
                Remark("ST102", number, kind, source=line.replace("\0", "␀"), fix="restore the text from its source")
                for number, line in enumerate(text.split("\n"), 1)
                if sign in line
            ]
    return SubtitleText(text.replace("\0", ""), raw, newline, tuple(remarks))


def _newlines(returns: re.Match[str]) -> str:
    # a Windows program that takes \r\n for \n makes \r\r\n of it
    return "\n" if returns[0][-1] == "\n" else "\n" * len(returns[0])


def _decoded(data: bytes) -> Decoded:
    """The file with what fits no encoding as U+FFFD; zero bytes do not make it any less a text."""
    try:
        found = decoded(data)
        if found.lossless:
            return found
    except NotTextError:
        if b"\0" not in data:
            raise
        found = decoded(data.replace(b"\0", b""))
    return found._replace(text=data[found.bom :].decode(found.encoding, "replace"))


def _form_remarks(raw: Decoded, newline: str) -> list[Remark]:
    names = {"\r\n": said("lines that end with CRLF"), "\r": said("lines that end with CR")}
    found = [raw.name] if raw.encoding != "utf-8" else []
    found += [said("a byte order mark")] if raw.bom else []
    found += [names[newline]] if newline in names else []
    if not found:
        return []
    fix = said("bilect format writes UTF-8 without a mark, with LF")
    return [Remark("ST103", 1, "the file is not plain UTF-8 with LF", together(found), fix=fix)]
