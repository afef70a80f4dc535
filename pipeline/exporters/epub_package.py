"""What an EPUB 3 is made of besides its texts: the package with its metadata, the table of contents, the frame of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.exporters.credits import Credit, Role
from pipeline.exporters.dates import export_date
from pipeline.exporters.document import Handout
from pipeline.exporters.epub_chapters import Anchor, Chapter
from pipeline.exporters.handout_words import WORDS
from pipeline.exporters.nodes import plain_text
from pipeline.exporters.showing import TAGS
from pipeline.exporters.xhtml import Surroundings, escaped, plain_in_both, tagged, texts_in
from pipeline.model import Language

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DOCUMENT = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
_TERMS: Mapping[Role, str] = {"author": "creator", "translator": "contributor", "source": "source", "licence": "rights"}
_CODES: Mapping[Role, str] = {"author": "aut", "translator": "trl"}
_SUMMARY = (
    "Texts stand in two languages, each marked with its own; pictures have a description where their page gives one."
)


def container() -> str:
    """Return META-INF/container.xml."""
    return (
        f'{_XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
    )


def page(chapter: Chapter, handout: Handout) -> str:
    """Return the XHTML document of a chapter."""
    heading = f"<h1>{texts_in('span', chapter.titles, Surroundings())}</h1>"
    opening = f'<section epub:type="{chapter.kind}" class="{chapter.kind} {handout.layout}">'
    return _framed(chapter.language, _line(chapter), f"{opening}\n{heading}\n{chapter.body}\n</section>")


def _framed(language: Language, title: str, body: str) -> str:
    return (
        f'{_XML}<!DOCTYPE html>\n{_DOCUMENT} {tagged(language)}><head><meta charset="UTF-8"/><title>{escaped(title)}</title>'
        f'<link rel="stylesheet" href="style.css"/></head><body>\n{body}\n</body></html>\n'
    )


def _line(chapter: Chapter) -> str:
    return " · ".join(plain_text(each.said.nodes) for each in chapter.titles)


def navigation(chapters: Sequence[Chapter], handout: Handout) -> str:
    """Return the table of contents, and the landmarks."""
    named = {language: WORDS["contents"][language] for language in handout.languages}
    words = [f"<span {tagged(language)}>{name}</span>" for language, name in named.items()]
    points = "".join(map(_point, chapters))
    toc = f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>{"".join(words)}</h1><ol>{points}</ol></nav>'
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{place}">{text}</a></li>' for kind, place, text in _landmarks(chapters)
    )
    title = " · ".join(named.values())
    return _framed(
        handout.languages[0], title, f'{toc}\n<nav epub:type="landmarks" hidden="hidden"><ol>{marks}</ol></nav>'
    )


def _point(chapter: Chapter) -> str:
    link = f'<a href="{chapter.name}">{plain_in_both(chapter.titles)}</a>'
    return f"<li>{link}{_points(chapter.name, chapter.anchors, 2)}</li>"


def _points(name: str, anchors: Sequence[Anchor], depth: int) -> str:
    """The headings of one depth with those below them; what is deeper than two is not worth a line."""
    starts = [place for place, anchor in enumerate(anchors) if anchor.depth == depth]
    if not starts or depth > 3:
        return ""
    ends = [*starts[1:], len(anchors)]
    points = (
        f'<li><a href="{name}#{anchors[start].id}">{plain_in_both(anchors[start].texts)}</a>'
        f"{_points(name, anchors[start + 1 : end], depth + 1)}</li>"
        for start, end in zip(starts, ends, strict=True)
    )
    return f"<ol>{''.join(points)}</ol>"


def _landmarks(chapters: Sequence[Chapter]) -> Iterator[tuple[str, str, str]]:
    yield "toc", "nav.xhtml#toc", "Contents"
    body = next((chapter for chapter in chapters if chapter.kind == "chapter"), None)
    for kind, chapter in (("titlepage", chapters[0]), ("bodymatter", body)):
        if chapter:
            yield kind, chapter.name, escaped(_line(chapter))
    for chapter in chapters:
        if chapter.kind == "glossary":
            yield "glossary", chapter.name, escaped(_line(chapter))


def package(chapters: Sequence[Chapter], handout: Handout, identifier: str, pictures: Sequence[tuple[str, str]]) -> str:
    """Return the package document; ``pictures`` are (name, media type)."""
    manifest = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        *(
            f'<item id="c{n}" href="{each.name}" media-type="application/xhtml+xml"/>'
            for n, each in enumerate(chapters)
        ),
        *(f'<item id="p{n}" href="{name}" media-type="{kind}"/>' for n, (name, kind) in enumerate(pictures)),
    ]
    spine = [
        '<itemref idref="c0"/>',
        '<itemref idref="nav"/>',
        *(f'<itemref idref="c{n}"/>' for n in range(1, len(chapters))),
    ]
    metadata = "\n".join(_metadata(chapters[0], handout, identifier, bool(pictures)))
    language = f'xml:lang="{TAGS[handout.languages[0]]}"'
    return (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" {language}>\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{metadata}\n</metadata>\n'
        f"<manifest>\n{_lines(manifest)}\n</manifest>\n<spine>\n{_lines(spine)}\n</spine>\n</package>\n"
    )


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _metadata(title: Chapter, handout: Handout, identifier: str, has_pictures: bool) -> Iterator[str]:
    yield f'<dc:identifier id="id">{identifier}</dc:identifier>'
    for number, each in enumerate(title.titles):
        text = escaped(plain_text(each.said.nodes))
        yield f'<dc:title id="title-{number}" xml:lang="{TAGS[each.said.language]}">{text}</dc:title>'
    yield from (f"<dc:language>{TAGS[language]}</dc:language>" for language in handout.languages)
    for number, credit in enumerate(handout.credits):
        yield from _credit(number, credit)
    yield f'<meta property="dcterms:modified">{export_date():%Y-%m-%dT%H:%M:%SZ}</meta>'
    yield from _accessibility(has_pictures)


def _credit(number: int, credit: Credit) -> Iterator[str]:
    term, place = _TERMS[credit.role], f"credit-{number}"
    yield f'<dc:{term} id="{place}">{escaped(credit.text)}</dc:{term}>'
    if code := _CODES.get(credit.role):
        yield f'<meta refines="#{place}" property="role" scheme="marc:relators">{code}</meta>'


def _accessibility(has_pictures: bool) -> Iterator[str]:
    modes = ["textual", "visual"] if has_pictures else ["textual"]
    features = ["alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"]
    yield from (f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes)
    yield f'<meta property="schema:accessModeSufficient">{",".join(modes)}</meta>'
    yield from (f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in features)
    yield '<meta property="schema:accessibilityHazard">none</meta>'
    yield f'<meta property="schema:accessibilitySummary" xml:lang="en">{_SUMMARY}</meta>'
