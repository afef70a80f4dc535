"""Bilingual handouts as PDF, by typst: tagged for screen readers (PDF/UA-1), the same bytes for the same pages.

typst is an extra, `bilect[pdf]`. It runs in this process on a text in memory, and sees no files but the pictures of the
handout, in a temporary folder; it asks no network, since nothing is imported.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.document import Handout, handout_of
from pipeline.exporters.pictures import picture_of
from pipeline.exporters.typst_source import Fonts, Sheet, typst_document
from pipeline.exporters.typst_text import literal
from pipeline.model import Finding, PipelineError, Severity
from pipeline.text.lazily import lazily
from pipeline.text.said import said
from pipeline.text.script import HAN

if TYPE_CHECKING:
    import typst

# Serifs first, as the Latin letters have them; what systems bring along: Debian, macOS, Windows.
SIMPLIFIED = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Source Han Serif CN", "Songti SC", "STSong",
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "SimSun", "NSimSun", "SimHei", "AR PL UMing CN", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
TRADITIONAL = (
    "Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Source Han Serif TW", "Songti TC", "LiSong Pro",
    "Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", "PMingLiU", "MingLiU",
    "AR PL UMing TW", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
INSTALL_TYPST = said('python -m pip install "bilect[pdf]"')
INSTALL_FONTS = said("install Noto CJK: sudo apt install fonts-noto-cjk, or brew install --cask font-noto-serif-cjk-sc")

INSTALL_SIGNS = said("install a font that has them; for emoji: sudo apt install fonts-noto-color-emoji")

# https://typst.app/docs/reference/pdf/#pdf-standards: under PDF/UA-1 typst refuses letters without a glyph.
_STANDARD: Literal["ua-1"] = "ua-1"
_WITHOUT_GLYPH = re.compile(r'the text `"(?P<text>.*)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_HAN = lazily(f"[{HAN}]")
_MOST_LACKING, _MOST_TRIES = 300, 20


@exporter("pdf", in_run=False)
def pdf_handout(material: Material) -> Iterator[Output]:
    """The handout of a course as PDF, to be read and printed."""
    handout = handout_of(material)
    if not handout.sections and handout.table is None:
        return
    press = _press()
    sheet = Sheet(material.paper, press.choice, partial(picture_of, material))
    text = typst_document(handout, sheet).source
    lacking = press.lacking(text)
    for _ in range(_MOST_TRIES):
        try:
            data, findings = press.printed(handout, replace(sheet, replaced=lacking))
            break
        except _NoGlyphError as error:
            lacking = {**lacking, **_to_leave_out(error.characters or text)}
    else:
        message = said("the fonts of this machine cannot show this course")
        raise PipelineError(message, path=_first_path(handout), remedy=INSTALL_FONTS)
    yield Output("handout.pdf", data, (*_told(lacking, material), *findings))


def _first_path(handout: Handout) -> str:
    return handout.sections[0].path if handout.sections else handout.name


class _NoGlyphError(Exception):
    """Characters cannot be shown where they stand; they are not known where it is a mark on a letter of ASCII."""

    def __init__(self, message: str) -> None:
        found = _WITHOUT_GLYPH.search(message)
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), found["text"]) if found else ""
        self.characters = "".join(each for each in text if not each.isascii())
        super().__init__(message)


def _to_leave_out(text: str) -> Mapping[str, str]:
    """Words for all characters of a text that has no ASCII, else for the marks that stand on letters."""
    marks = [each for each in sorted(set(text)) if unicodedata.category(each).startswith("M")]
    return {each: _words_for(each) for each in (marks if any(map(str.isascii, text)) else text)}


@dataclass(frozen=True, slots=True)
class _Press:
    """typst with the fonts of this machine."""

    fonts: typst.Fonts
    choice: Fonts

    def lacking(self, text: str) -> Mapping[str, str]:
        """The characters of a text that no font here has, each with the words that stand for it.

        Raises:
            PipelineError: Chinese is among them, because no Chinese font is there.
        """
        asked = sorted({character for character in text if not character.isascii()})
        found: dict[str, str] = {}
        while asked and len(found) < _MOST_LACKING:
            character = self._without_glyph(asked)
            if character is None:
                break
            asked = asked[asked.index(character) + 1 :]  # typst looks at them from first to last
            found[character] = _words_for(character)
        if not self.choice.simplified and any(map(_HAN.match, found)):
            raise PipelineError("no font on this machine has Chinese", remedy=INSTALL_FONTS)
        return found

    def _without_glyph(self, characters: Collection[str]) -> str | None:
        """One of the characters that cannot be shown: asked of typst with a page of nothing else."""
        import typst

        words = "; linebreak(); ".join(map(literal, characters))
        fonts = ", ".join(map(literal, ("Libertinus Serif", *self.choice.simplified[:1], *self.choice.traditional[:1])))
        settings = f'#set document(title: "t", date: none)\n#set text(font: ({fonts}))\n'
        try:
            with tempfile.TemporaryDirectory(prefix="bilect-") as folder:
                self._compiled(f"{settings}#{{{words}}}", folder)
        except typst.TypstError as error:
            return next((each for each in _NoGlyphError(error.message).characters if each in characters), None)
        return None

    def printed(self, handout: Handout, sheet: Sheet) -> tuple[bytes, tuple[Finding, ...]]:
        """The PDF of a handout; without its pictures where one of them is broken.

        Raises:
            PipelineError: typst does not take the document.
        """
        import typst

        document = typst_document(handout, sheet)
        with tempfile.TemporaryDirectory(prefix="bilect-") as folder:
            for name, data in document.files.items():
                Path(folder, name).write_bytes(data)
            try:
                return self._compiled(document.source, folder), ()
            except typst.TypstError as error:
                if _WITHOUT_GLYPH.search(error.message):
                    raise _NoGlyphError(error.message) from error
                if not document.files:
                    raise PipelineError(said("typst: {why}", why=error.message), path=_first_path(handout)) from error
        data, _ = self.printed(handout, replace(sheet, picture=lambda _page, _source: None))
        path = _first_path(handout)
        return data, (Finding("H102", "picture-broken", "warning", path, 1, 1, "pictures are left out of the PDF"),)

    def _compiled(self, source: str, folder: str) -> bytes:
        import typst

        place = Path(folder, "handout.typ")
        place.write_text(source, "utf-8", "replace")
        return typst.compile(
            str(place), root=folder, font_paths=self.fonts, pdf_standards=_STANDARD, timestamp=0
        )  # fmt: skip


@cache
def _press() -> _Press:
    """typst, ready to print; the fonts of a machine take a tenth of a second to find.

    Raises:
        PipelineError: typst is not installed.
    """
    try:
        from typst import Fonts as TypstFonts  # an extra
    except ImportError as error:
        raise PipelineError("PDF needs the package typst, 0.15 or newer", remedy=INSTALL_TYPST) from error
    fonts = TypstFonts()
    there = set(fonts.families())
    simplified = tuple(name for name in SIMPLIFIED if name in there)
    traditional = tuple(name for name in TRADITIONAL if name in there)
    return _Press(fonts, Fonts(simplified[:1], (traditional or simplified)[:1]))


def _words_for(character: str) -> str:
    """What stands for a character: what Unicode calls a sign, else its number.

    >>> _words_for("\\U0001f9ff"), _words_for("\\ue000")
    ('[nazar amulet]', '[U+E000]')
    """
    name = unicodedata.name(character, "") if unicodedata.category(character) in {"Sk", "Sm", "So"} else ""
    return f"[{name.lower()}]" if name else f"[U+{ord(character):04X}]"


def _told(lacking: Mapping[str, str], material: Material) -> Iterator[Finding]:
    """A finding for each page with characters that are not shown, at the first of them."""
    left = dict(lacking)
    for page in material.course.pages:
        texts = [page.text, *(text for text in map(material.translation, page.units) if text)]
        here = {each: left.pop(each) for each in lacking if each in left and any(each in text for text in texts)}
        if here:
            place = min((found for each in here if (found := page.text.find(each)) >= 0), default=0)
            line = page.text.count("\n", 0, place) + 1
            emoji = all(not words.startswith("[U+") for words in here.values())
            names = ", ".join(
                f"U+{ord(each):04X} {words.strip('[]')}" if emoji else words for each, words in here.items()
            )
            message = said("no font on this machine has {names}", names=names)
            if emoji:
                message = said("no font on this machine has {names}: left out of the PDF", names=names)
            severity: Severity = "info" if emoji else "warning"
            yield Finding("H101", "glyph-missing", severity, page.path, line, 1, message, fix=INSTALL_SIGNS)
