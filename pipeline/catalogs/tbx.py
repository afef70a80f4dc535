"""Glossaries as TBX: read in the dialects of version 2 (``martif``) and 3 (``tbx``, DCA and DCT), written as TBX-Basic.

Version 3 is ISO 30042:2019, https://www.tbxinfo.net/tbx-dialects; version 2 is TBX-Basic of 2008 (ISO 30042:2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape  # xml.sax.saxutils loads all of urllib
from typing import Literal
from xml.etree import ElementTree as ET

from pipeline.catalogs.glossary import Glossary
from pipeline.catalogs.tags import language_named
from pipeline.model import Language, PipelineError
from pipeline.text.foreign import known
from pipeline.text.lazily import lazily
from pipeline.text.said import said
from pipeline.text.terms import Term, term_key

Version = Literal[2, 3]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = frozenset(
    {"deprecatedTerm-admn-sts", "supersededTerm-admn-sts", "deprecatedTerm", "supersededTerm", "forbidden"}
)
_PARTS = frozenset({"adjective", "noun", "verb", "adverb"})
_PART_OF: Mapping[str, str] = {
    "n": "noun", "v": "verb", "adj": "adjective", "adv": "adverb", "名词": "noun", "名詞": "noun", "动词": "verb",
    "動詞": "verb", "形容词": "adjective", "形容詞": "adjective", "副词": "adverb", "副詞": "adverb", "proper noun": "noun",
    "propernoun": "noun",
}  # fmt: skip
_OURS = re.compile(r"bilect: (?P<words>(?:proposed|case-sensitive|case-insensitive)(?:, \S+)*)")
_ILLEGAL = lazily("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def is_tbx(data: bytes) -> bool:
    """Say whether the bytes are those of an XML file with the root of a TBX file."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip()
    return head.startswith(b"<") and re.search(rb"<(?:\w+:)?(?:martif|tbx)\b", head, re.IGNORECASE) is not None


def read_tbx(data: bytes, path: str = "") -> Glossary:
    """Return the terms of a TBX file: each English term of a concept with the Chinese ones of that concept.

    Terms that are deprecated or superseded are forbidden renderings. A concept without English or Chinese is passed over.

    Raises:
        PipelineError: It is no XML, declares entities, or is no TBX.
    """
    if _ENTITY.search(data):
        raise PipelineError("declares entities, which no glossary needs", path=path, remedy="export it without them")
    try:
        root = ET.fromstring(data)  # noqa: S314 without entities there is nothing to expand
    except (ET.ParseError, ValueError, LookupError) as error:
        line = error.position[0] if isinstance(error, ET.ParseError) else 0
        words = str(error).partition(": line")[0]
        message = said("is no XML: {why}", why=known(words))
        raise PipelineError(message, path=path, line=line, remedy="export it again") from error
    if _name(root) not in {"martif", "tbx"}:
        message = said("is no TBX: its root is {name}", name=_name(root))
        raise PipelineError(message, path=path, remedy="export it as TBX")
    concepts = [each for each in root.iter() if _name(each) in {"conceptEntry", "termEntry"}]
    return Glossary(
        tuple(term for number, each in enumerate(concepts, 1) for term in _terms(each, f"{path}:#{number}"))
    )


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _terms(concept: ET.Element, place: str) -> Iterator[Term]:
    found: dict[Language, list[tuple[str, str, str]]] = {"en": [], "zh_CN": [], "zh_TW": []}
    for section in (each for each in concept if _name(each) in {"langSec", "langSet"}):
        if language := language_named(section.get(_LANG) or section.get("lang") or ""):
            found[language] += _sections(section)
    simplified, traditional = (_allowed(found[language]) for language in ("zh_CN", "zh_TW"))
    forbidden = [text for language in ("zh_CN", "zh_TW") for text, status, _ in found[language] if status in _FORBIDDEN]
    notes, words = _notes(concept)
    if simplified or traditional or forbidden:
        for text, status, part in found["en"]:
            if status not in _FORBIDDEN and term_key(text):
                yield Term(
                    text, simplified, traditional, part, notes, tuple(dict.fromkeys(forbidden)),
                    case_sensitive="case-sensitive" in words,
                    status="proposed" if "proposed" in words else "approved", place=place,
                )  # fmt: skip


def _allowed(sections: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """The renderings that may be used, the preferred first."""
    kept = [(not status.startswith("preferred"), text) for text, status, _ in sections if status not in _FORBIDDEN]
    return tuple(dict.fromkeys(text for _, text in sorted(kept, key=lambda pair: pair[0])))


def _sections(section: ET.Element) -> Iterator[tuple[str, str, str]]:
    """The terms of a language: text, administrative status, part of speech."""
    for each in section.iter():
        if _name(each) in {"termSec", "tig", "ntig"}:
            text = next((_text(term) for term in each.iter() if _name(term) == "term"), "")
            part = _category(each, "partOfSpeech")
            if text:
                yield text, _category(each, "administrativeStatus"), part if part != "other" else ""


def _category(section: ET.Element, name: str) -> str:
    """The value of a data category, written as an attribute (DCA) or as a tag (DCT)."""
    return next((_text(each) for each in section.iter() if each.get("type") == name or _name(each) == name), "")


def _notes(concept: ET.Element) -> tuple[str, str]:
    """What a concept says of itself to people, and what this program has noted about it."""
    inside = [each for part in concept for each in (part if _name(part) == "descripGrp" else (part,))]
    said = [_text(each) for each in inside if _name(each) in {"note", "definition"} or each.get("type") == "definition"]
    ours = next((match["words"] for text in said if (match := _OURS.fullmatch(text))), "")
    return "; ".join(text for text in said if text and not _OURS.fullmatch(text)), ours


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


# --- writing


def tbx_bytes(terms: Iterable[Term], version: Version = 3) -> bytes:
    """Return terms as TBX-Basic, version 3 in the style DCA or version 2; the same terms give the same bytes.

    Of the renderings the first is preferred, the others are admitted, forbidden ones deprecated.
    """
    concepts = "".join(_concept(number, term, version) for number, term in enumerate(terms, 1))
    return (_FRAMES[version] % concepts).encode()


_FRAMES: Mapping[Version, str] = {
    3: """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>Glossary written by bilect</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
%s    </body>
  </text>
</tbx>
""",
    2: """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
  <martifHeader>
    <fileDesc>
      <sourceDesc>
        <p>Glossary written by bilect</p>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
      <p type="XCSURI">TBXBasicXCSV02.xcs</p>
    </encodingDesc>
  </martifHeader>
  <text>
    <body>
%s    </body>
  </text>
</martif>
""",
}


def _concept(number: int, term: Term, version: Version) -> str:
    entry, section = ("conceptEntry", "langSec") if version == 3 else ("termEntry", "langSet")
    words = [
        word
        for word, is_so in (("proposed", term.status == "proposed"), ("case-sensitive", term.case_sensitive))
        if is_so
    ]
    notes = [term.note, f"bilect: {', '.join(words)}" if words else ""]
    lines = [f'      <{entry} id="c{number}">']
    lines += [f"        <note>{_escaped(note)}</note>" for note in notes if note]
    languages = {
        "en": [_section(term.en, "preferredTerm", term, version)],
        "zh-CN": [
            *_statuses(term.simplified, version),
            *(_section(text, "deprecatedTerm", None, version) for text in term.forbidden),
        ],
        "zh-TW": list(_statuses(term.traditional, version)),
    }
    for tag, sections in languages.items():
        if sections:
            lines += [f'        <{section} xml:lang="{tag}">', *sections, f"        </{section}>"]
    return "\n".join([*lines, f"      </{entry}>", ""])


def _statuses(texts: Sequence[str], version: Version) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield _section(text, "admittedTerm" if place else "preferredTerm", None, version)


def _section(text: str, status: str, term: Term | None, version: Version) -> str:
    name = "termSec" if version == 3 else "tig"
    lines = [f"          <{name}>", f"            <term>{_escaped(text)}</term>"]
    if part := _part_of_speech(term.part_of_speech if term else ""):
        lines.append(f'            <termNote type="partOfSpeech">{part}</termNote>')
    lines.append(f'            <termNote type="administrativeStatus">{status}-admn-sts</termNote>')
    return "\n".join([*lines, f"          </{name}>"])


def _part_of_speech(written: str) -> str:
    """The part of speech in the words of the standard, of which there are few; empty without any."""
    small = written.strip().rstrip(".").casefold()
    if not small:
        return ""
    return small if small in _PARTS else _PART_OF.get(small, "other")


def _escaped(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text), quote=False)
