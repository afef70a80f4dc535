"""A DOCX file by python-docx: its styles, numbering and properties, links and pictures, and the same bytes each time."""

from __future__ import annotations

import struct
import zipfile
from importlib.resources import files
from io import BytesIO
from string import Template

import docx
from docx.document import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Twips

from pipeline.exporters.dates import export_date
from pipeline.exporters.document import Handout
from pipeline.exporters.docx_blocks import BULLETS, Lists
from pipeline.exporters.docx_text import FONTS
from pipeline.exporters.showing import TAGS
from pipeline.exporters.xhtml import escaped, legal
from pipeline.exporters.zipped import zipped
from pipeline.model import Language

_NO_PICTURE = (
    InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, struct.error, KeyError, IndexError, ValueError,
    ZeroDivisionError,
)  # fmt: skip
"""What python-docx raises for a picture whose file is broken."""
_PLACE = "BODY"
"""What stands for the body until the file is written: before that, nothing of a page is in the document."""
_SIGNS = ("•", "–", "▪")
_LOCALES = {"en": "en-US", "zh_CN": "zh-CN", "zh_TW": "zh-TW"}


class WordPackage:
    """The file of one document, on paper of a ``size`` (width, height) with a margin, in twentieths of a point."""

    def __init__(self, handout: Handout, size: tuple[int, int], margin: int) -> None:
        self._handout = handout
        self._document: Document = docx.Document()
        self._chinese: Language = next((each for each in handout.languages if each != "en"), "zh_CN")
        self._widest = Twips(size[0] - 2 * margin)
        self._tallest = Twips(size[1] - 3 * margin)
        self._pictures = 0
        self._links: dict[str, str] = {}
        self._set_up_page(size, margin)
        self._set_up_styles()

    def link(self, url: str) -> str:
        """Return the id of a link into the web."""
        if url not in self._links:  # python-docx compares each with all before
            self._links[url] = f"web{len(self._links) + 1}"
            rels = self._document.part.rels
            rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, self._links[url], is_external=True)
        return self._links[url]

    def picture(self, data: bytes, alt: str) -> str | None:
        """Return a drawing of a picture, as large as the page allows at most, None where its file is broken."""
        part = self._document.part
        try:
            inline = part.new_pic_inline(BytesIO(data))
            width, height = inline.extent.cx, inline.extent.cy
            scale = min(1.0, self._widest / width, self._tallest / height)
            if scale < 1:
                inline = part.new_pic_inline(BytesIO(data), Emu(int(width * scale)), Emu(int(height * scale)))
        except _NO_PICTURE:
            return None
        self._pictures += 1
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("name", f"Picture {self._pictures}")
        inline.docPr.set("descr", legal(alt))
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"

    def saved(self, body: str, lists: Lists) -> bytes:
        """Return the bytes of the file with these paragraphs and tables."""
        self._document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{_PLACE}</w:t></w:r></w:p>"))
        self._set_up_lists(lists)
        self._set_properties()
        target = BytesIO()
        self._document.save(target)
        with zipfile.ZipFile(target) as archive:  # python-docx writes the time of day into it
            members = [(name, archive.read(name)) for name in archive.namelist()]
        # a tree that is moved into another takes time as the square of what is in it
        here = f"<w:p><w:r><w:t>{_PLACE}</w:t></w:r></w:p>".encode()
        return zipped([(name, data.replace(here, body.encode("utf-8", "replace"))) for name, data in members])

    def _set_up_page(self, size: tuple[int, int], margin: int) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Twips(size[0]), Twips(size[1])
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(margin)
        section.footer.is_linked_to_previous = False
        title = escaped(" · ".join(self._handout.titles.values()) or self._handout.name)
        footer = section.footer.part.element
        for child in list(footer):
            footer.remove(child)
        number = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        text = f'<w:r><w:t xml:space="preserve">{title} · </w:t></w:r>'
        footer.append(parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{text}{number}</w:p>'))

    def _set_up_styles(self) -> None:
        """The styles of handouts instead of those of the same names, and the East Asian language of all texts."""
        template = Template((files("pipeline.exporters") / "docx_styles.xml").read_text("utf-8"))
        font, language = FONTS[self._chinese], _LOCALES[self._chinese]
        styles = self._document.styles.element
        for child in list(parse_xml(template.substitute(font=font, language=language))):
            key = child.get(qn("w:styleId"))
            old = next((each for each in styles if each.tag == child.tag and each.get(qn("w:styleId")) == key), None)
            if old is None:
                styles.append(child)
            else:
                styles.replace(old, child)
        for link in list(styles.iter(qn("w:link"))):  # to the paragraph styles of the template, which were replaced
            link.getparent().remove(link)
        for each in self._document.settings.element.iter(qn("w:themeFontLang")):
            each.set(qn("w:eastAsia"), language)

    def _set_up_lists(self, lists: Lists) -> None:
        numbering = self._document.part.numbering_part.element
        first = next(place for place, child in enumerate(numbering) if child.tag == qn("w:num"))
        for kind, number in (("bullet", 101), ("decimal", 102)):
            numbering.insert(first, parse_xml(_levels(kind, number)))
        numbering.append(_list(BULLETS, 101, ""))
        for place, (level, start) in enumerate(lists.starts, 1):
            override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            numbering.append(_list(BULLETS + place, 102, override))

    def _set_properties(self) -> None:
        """Properties of the course alone, nothing of the machine or the library."""
        properties, handout = self._document.core_properties, self._handout
        properties.title = legal(" · ".join(handout.titles.values()) or handout.name)[:255]
        properties.author = legal(", ".join(each.text for each in handout.credits if each.role == "author"))[:255]
        properties.language = TAGS[handout.languages[0]]
        properties.comments = properties.keywords = properties.last_modified_by = ""
        properties.created = properties.modified = export_date().replace(tzinfo=None)
        properties.revision = 1
        rels = self._document.part.package.rels
        for key in [key for key, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del rels[key]  # a picture of an empty page


def _levels(kind: str, number: int) -> str:
    """The levels of a list, from 0, each indented by a quarter of an inch more."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{_SIGNS[level % 3] if kind == "bullet" else f"%{level + 1}."}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    head = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
    return f"{head}{levels}</w:abstractNum>"


def _list(number: int, levels: int, override: str) -> BaseOxmlElement:
    head = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{levels}"/>'
    return parse_xml(f"{head}{override}</w:num>")
