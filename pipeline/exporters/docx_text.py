"""Texts as WordprocessingML: runs that say their language and their East Asian font, links, pictures and marks of notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.exporters.nodes import (  # fmt: skip
    Break,
    Code,
    Image,
    Inline,
    Inlines,
    Link,
    Math,
    NoteMark,
    Style,
    Styled,
    Text,
)
from pipeline.exporters.showing import Shown
from pipeline.exporters.xhtml import escaped
from pipeline.model import Language

FONTS: Mapping[Language, str] = {"en": "DengXian", "zh_CN": "DengXian", "zh_TW": "Microsoft JhengHei"}
"""East Asian fonts that come with Word; where one is missing, every program takes another of the language."""

_EAST_ASIAN: Mapping[Language, str] = {"en": "zh-CN", "zh_CN": "zh-CN", "zh_TW": "zh-TW"}


def _nothing(_address: str) -> str | None:
    return None


def _no_picture(_source: str, _alt: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Targets:
    """What texts refer to: the attribute of a link, the drawing of a picture, bookmarks of notes; None where there is none."""

    link: Callable[[str], str | None] = _nothing
    picture: Callable[[str, str], str | None] = _no_picture
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run looks."""

    language: Language
    style: str = ""
    styles: frozenset[Style] = frozenset()

    def xml(self) -> str:
        """The properties of the run, in the order of the schema."""
        is_chinese = self.language != "en"
        font = f'<w:rFonts w:hint="eastAsia" w:eastAsia="{FONTS[self.language]}"/>' if is_chinese else ""
        parts = [
            f'<w:rStyle w:val="{self.style}"/>' if self.style else "",
            font,
            "<w:b/><w:bCs/>" if "strong" in self.styles else "",
            "<w:i/><w:iCs/>" if "emphasis" in self.styles and not is_chinese else "",
            "<w:strike/>" if "strike" in self.styles else "",
            next(
                (f'<w:vertAlign w:val="{each}"/>' for each in ("superscript", "subscript") if each in self.styles), ""
            ),
            '<w:em w:val="underDot"/>' if "emphasis" in self.styles and is_chinese else "",  # Han letters do not slant
            f'<w:lang w:val="en-US" w:eastAsia="{_EAST_ASIAN[self.language]}"/>',
        ]
        return f"<w:rPr>{''.join(parts)}</w:rPr>"


def text_runs(each: Shown, targets: Targets, style: str = "") -> str:
    """Return a text as runs in a character style, with what is to be said of its state behind it."""
    runs = _runs(each.said.nodes, _Look(each.said.language, style), targets)
    mark = f" {each.mark}" if each.mark else ""
    return runs + (plain_run(mark, each.mark_language, "State") if mark else "")


def plain_run(text: str, language: Language, style: str = "") -> str:
    """Return letters as one run; ``style`` is the id of a character style."""
    return _run(text, _Look(language, style))


def _run(text: str, look: _Look) -> str:
    return f'<w:r>{look.xml()}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _runs(nodes: Inlines, look: _Look, targets: Targets) -> str:
    return "".join(_node(node, look, targets) for node in nodes)


def _node(node: Inline, look: _Look, targets: Targets) -> str:
    match node:
        case Text(text):
            return _run(text, look)
        case Code(text) | Math(text):
            return _run(text, replace(look, style="SourceText"))
        case Break():
            return "<w:r><w:br/></w:r>"
        case Styled(style, inside):
            return _runs(inside, replace(look, styles=look.styles | {style}), targets)
        case Link(url, inside):
            return _link(url, inside, look, targets)
        case Image(source, alt):
            return targets.picture(source, alt) or _link(source, (Text(alt or source),), look, targets)
        case NoteMark(label):
            raised = _run(label, replace(look, styles=look.styles | {"superscript"}))
            place = targets.notes.get(label)
            is_linked = look.style == "Hyperlink"
            return f'<w:hyperlink w:anchor="{place}">{raised}</w:hyperlink>' if place and not is_linked else raised


def _link(url: str, inside: Inlines, look: _Look, targets: Targets) -> str:
    """A link, its text alone where it leads nowhere or stands in another link."""
    target = None if look.style == "Hyperlink" else targets.link(url)
    if target is None:
        return _runs(inside, look, targets)
    return f"<w:hyperlink {target}>{_runs(inside, replace(look, style='Hyperlink'), targets)}</w:hyperlink>"
