"""Rules on two pages: what their texts hold that a translator leaves as it is: addresses, videos, code, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.extractors.code import line_comment
from pipeline.extractors.links import links
from pipeline.extractors.videos import videos
from pipeline.model import Page, Severity
from pipeline.text.markup import URL, without_code
from pipeline.text.naming import PAGE_SUFFIXES, file_name, language_named
from pipeline.text.places import Lines
from pipeline.text.said import Said, said, said_of
from pipeline.text.script import has_han
from pipeline.validator.base import Found
from pipeline.validator.page_pairs import SIDES, Bead, PagePair, Part, Side, pair_rule

_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)(?:[?#]|$)", re.IGNORECASE)
_VIDEO = re.compile(
    r"youtu\.be/|youtube(?:-nocookie)?\.com/(?:watch|embed)|bilibili\.com/(?:video|player)|player\.vimeo|vimeo\.com/\d"
)
_NOT_ASCII = re.compile(r"[^\x21-\x7e]")
_MADE_BY_LIQUID = re.compile(r"[{}$]|%7B")
_FOOTNOTE = re.compile(r"^[ \t]*\[\^([^\]\s]+)\]:", re.MULTILINE)
_STRING = r"""(?P<string>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')"""


class Aim(NamedTuple):
    """An address on a page; ``key`` is the same for the versions of one file in two languages."""

    key: str
    target: str
    line: int
    is_image: bool


@lru_cache(maxsize=4)
def _aims(page: Page) -> tuple[Aim, ...]:
    """The addresses of a page, but for those in it, of videos, and made by its site."""
    shown = without_code(page.text)
    places = Lines(page.text)
    found: list[Aim] = []
    taken: list[tuple[int, int]] = []
    for link in links(page.text):
        taken.append((link.start, link.end))
        found += _aim(link.target, places.place(link.start)[0])
    starts = {start for start, _ in taken}
    for match in URL.finditer(shown):
        if match.start() not in starts:
            found += _aim(_NOT_ASCII.split(match[0])[0].rstrip(".,;:!?*_~'"), places.place(match.start())[0])
    return tuple(sorted(found, key=lambda aim: aim.line))


def _aim(target: str, line: int) -> Iterator[Aim]:
    is_made = target.startswith(("#", "javascript:", "data:")) or _MADE_BY_LIQUID.search(target)
    if target and not is_made and not _VIDEO.search(target):
        yield Aim(_key(target), target, line, bool(_IMAGE.search(target)))


def _key(target: str) -> str:
    """An address without what tells languages, and nothing else, apart."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return target
    host = ".".join(
        label for label in parts.netloc.casefold().split(".") if label != "www" and not language_named(label)
    )
    path = [step for step in unquote(parts.path).split("/") if step not in {"", ".", ".."} and not language_named(step)]
    if path:
        name = file_name(path[-1])
        path[-1] = name.stem + ("" if name.extension in PAGE_SUFFIXES else name.extension)
    return "/".join([host, *path]) + (f"?{parts.query}" if parts.query else "")


class _Lost(NamedTuple):
    """An address that one page has more often, in which bead; ``is_gone`` where the other page has it nowhere."""

    side: Side
    aim: Aim
    bead: Bead | None
    is_gone: bool


def _lost(pair: PagePair, are_images: bool) -> list[list[_Lost]]:
    """The addresses that one page has and the other has not, or less often, block by block."""
    aims = [[aim for aim in _aims(pair.page(side)) if aim.is_image == are_images] for side in SIDES]
    counts = [Counter(aim.key for aim in own) for own in aims]
    blocks: dict[int, list[_Lost]] = {}
    for side in SIDES:
        for aim, bead in _without_partner(pair, side, aims[side], counts[side] - counts[1 - side]):
            is_gone = not counts[1 - side][aim.key]
            blocks.setdefault(id(bead) if bead else -aim.line, []).append(_Lost(side, aim, bead, is_gone))
    return list(blocks.values())


def _without_partner(
    pair: PagePair, side: Side, aims: Iterable[Aim], surplus: Counter[str]
) -> list[tuple[Aim, Bead | None]]:
    """The addresses that are too many, rather where the block beside lacks them, with their beads."""
    left = Counter(surplus)
    found: list[tuple[Aim, Bead | None]] = []
    for aim in sorted(aims, key=lambda aim: _is_beside(pair, side, aim)):
        if left[aim.key] > 0:
            left[aim.key] -= 1
            found.append((aim, _bead_at(pair, side, aim.line)))
    return sorted(found, key=lambda each: each[0].line)


def _is_beside(pair: PagePair, side: Side, aim: Aim) -> bool:
    """Whether the block that belongs to that of an address has it too."""
    bead = _bead_at(pair, side, aim.line)
    theirs = (bead.left if side else bead.right) if bead else ()
    lines = {line for part in theirs for line in _lines(part)}
    other = pair.page(0 if side else 1)
    return any(each.key == aim.key and each.line in lines for each in _aims(other))


def _lines(part: Part) -> range:
    return range(part.line, part.last_line + 1)


def _bead_at(pair: PagePair, side: Side, line: int) -> Bead | None:
    """The bead of the block that stands in a line."""
    for part in pair.parts[side]:
        if line in _lines(part):
            return pair.partners[side, part.number]
    return None


def _told(pair: PagePair, block: list[_Lost]) -> Iterator[Found]:
    """What a block and its partner do not have in common: each address instead of another, then those without one."""
    ours, theirs = ([lost for lost in block if lost.side == side] for side in SIDES)
    bead = block[0].bead
    texts = (_said(bead.left), _said(bead.right)) if bead else ("", "")
    page, source = pair.translated.path, pair.source.path
    for one, other in zip(ours, theirs, strict=False):
        message = _leads(other.aim, pair.place(0, one.aim.line), one.aim)
        fix = said("correct one of the two, or accept that each language has its own")
        yield Found(page, other.aim.line, message, 1, *texts, fix, "info")
    if lacking := ours[len(theirs) :]:
        line = bead.right[0].line if bead and bead.right else pair.line_for(bead.left[0]) if bead else 1
        message = _lacks(lacking, pair.place(0, lacking[0].aim.line))
        severity: Severity = "warning" if _is_certain(pair, lacking) and not theirs else "info"
        fix = said("add it, or take it out of {page}", page=source)
        yield Found(page, line, message, 1, *texts, fix, severity)
    if added := theirs[len(ours) :]:
        there = pair.place(0, bead.left[0].line) if bead and bead.left else source
        fix = said("add it to {page}, or take it out here", page=source)
        yield Found(page, added[0].aim.line, _is_lacking(there, added), 1, *texts, fix, "info")


def _leads(here: Aim, place: str, there: Aim) -> Said:
    if here.is_image:
        return said(
            "the image leads to {here}, at {place} to {there}", here=here.target, place=place, there=there.target
        )
    return said("the link leads to {here}, at {place} to {there}", here=here.target, place=place, there=there.target)


def _lacks(lacking: list[_Lost], place: str) -> Said:
    count, named = len(lacking), _targets(lacking)
    if lacking[0].aim.is_image:
        return said_of(
            count, "lacks the image {named} of {place}", "lacks the images {named} of {place}", named=named, place=place
        )
    return said_of(
        count, "lacks the link {named} of {place}", "lacks the links {named} of {place}", named=named, place=place
    )


def _is_lacking(place: str, added: list[_Lost]) -> Said:
    count, named = len(added), _targets(added)
    if added[0].aim.is_image:
        return said_of(
            count, "{place} lacks the image {named}", "{place} lacks the images {named}", named=named, place=place
        )
    return said_of(count, "{place} lacks the link {named}", "{place} lacks the links {named}", named=named, place=place)


def _targets(block: list[_Lost]) -> str:
    return ", ".join(lost.aim.target for lost in block)


def _is_certain(pair: PagePair, lacking: list[_Lost]) -> bool:
    """Whether a translator has left out an address: there is the block that should hold it, with nothing instead."""
    bead = lacking[0].bead
    if not (bead and bead.left and bead.right and bead.is_sure) or not any(lost.is_gone for lost in lacking):
        return False
    return not any(_VIDEO.search(part.text) for part in bead.right)


def _said(parts: Iterable[Part]) -> str:
    return "\n".join(part.text for part in parts)


@pair_rule("P210", "link-mismatch", "warning")
def link_mismatch(pair: PagePair) -> Iterator[Found]:
    """The links of a page lead where those of its translation lead, or to the same in the other language."""
    for block in _lost(pair, are_images=False):
        yield from _told(pair, block)


@pair_rule("P211", "image-mismatch", "warning")
def image_mismatch(pair: PagePair) -> Iterator[Found]:
    """A page and its translation show the same images, or the versions of them in their languages."""
    for block in _lost(pair, are_images=True):
        yield from _told(pair, block)


@pair_rule("P212", "video-mismatch", "warning")
def video_mismatch(pair: PagePair) -> Iterator[Found]:
    """A page and its translation show the same videos; another provider may have them for readers of Chinese."""
    ours, theirs = (
        {(each.provider, each.id): each for each in videos(page)} for page in (pair.source, pair.translated)
    )
    gone = [each for key, each in ours.items() if key not in theirs]
    new = [each for key, each in theirs.items() if key not in ours]
    for one, other in zip_longest(gone, new):
        if one and other and one.provider == other.provider:
            place = pair.place(0, one.line)
            message = said("shows the video {here}, {place} shows {there}", here=other.id, place=place, there=one.id)
            fix = said("correct the id, or accept that each language has its own")
            yield Found(pair.translated.path, other.line, message, 1, one.url, other.url, fix, "info")
        elif one and not other:
            message = said("lacks the video {video} of {place}", video=one.id, place=pair.place(0, one.line))
            fix = said("add the video, or one of another provider")
            yield Found(pair.translated.path, 1, message, 1, one.url, "", fix)
        elif other and not one:
            message = said("the video {video} is not in {page}", video=other.id, page=pair.source.path)
            fix = said("add it there too")
            yield Found(pair.translated.path, other.line, message, 1, "", other.url, fix, "info")


@pair_rule("P213", "code-differs", "warning")
def code_differs(pair: PagePair) -> Iterator[Found]:
    """Code is the same in both languages but for its comments and its texts."""
    for bead in pair.beads:
        if len(bead.left) == len(bead.right) == 1 and bead.left[0].form == bead.right[0].form == "code":
            yield from _code_of(pair, bead.left[0], bead.right[0])


def _code_of(pair: PagePair, one: Part, other: Part) -> Iterator[Found]:
    if one.text == other.text:
        return
    ours, theirs = _statements(one.text), _statements(other.text)
    if [code for _, code, _ in ours] == [code for _, code, _ in theirs]:
        return
    empty = (0, "", "")
    for (row, code, line), (there, twin, text) in zip_longest(ours, theirs, fillvalue=empty):
        if code != twin:
            if has_han(code) or has_han(twin):  # output, a diagram, or a language that we cannot read
                return
            message = said("the code differs from {place}", place=pair.place(0, one.line + row))
            fix = said("give both languages the same code; comments and texts may differ")
            yield Found(pair.translated.path, other.line + there, message, 1, line.strip(), text.strip(), fix)
            return


def _statements(text: str) -> list[tuple[int, str, str]]:
    """The lines of a block of code, numbered from 0, without comments, blanks and texts of readers; and as they are."""
    lines = text.split("\n")
    opening = re.match(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?\.?([\w+#-]*)", lines[0])
    mark = line_comment(opening[1].lower()) if opening else ""
    pattern = _readable(mark)
    found = []
    for number, line in enumerate(lines):
        code = "".join(pattern.sub(lambda match: '""' if match["string"] else "", line).split())
        if code:
            found.append((number, code, line))
    return found


@lru_cache(maxsize=16)
def _readable(mark: str) -> re.Pattern[str]:
    """Strings, and comments that begin with ``mark``."""
    comment = rf"|(?<!\S){re.escape(mark)}.*" if mark else ""
    block = r"|/\*.*?\*/" if mark == "//" else ""
    return re.compile(_STRING + block + comment)


@pair_rule("P215", "footnote-mismatch", "warning")
def footnote_mismatch(pair: PagePair) -> Iterator[Found]:
    """A page and its translation have the same footnotes."""
    ours, theirs = (_footnotes(page) for page in (pair.source, pair.translated))
    if len(ours) == len(theirs):
        return
    for label in ours.keys() - theirs.keys() if len(ours) > len(theirs) else ():
        message = said("lacks the footnote [^{label}] of {place}", label=label, place=pair.place(0, ours[label]))
        fix = said("translate it, or take it out of {page}", page=pair.source.path)
        yield Found(pair.translated.path, 1, message, fix=fix)
    for label in theirs.keys() - ours.keys() if len(ours) < len(theirs) else ():
        message = said("the footnote [^{label}] is not in {page}", label=label, page=pair.source.path)
        yield Found(pair.translated.path, theirs[label], message, fix="add it there too", severity="info")


def _footnotes(page: Page) -> dict[str, int]:
    """The footnotes that a page defines, with their lines."""
    if "[^" not in page.text:
        return {}
    shown = without_code(page.text)
    places = Lines(page.text)
    return {match[1]: places.place(match.start(1))[0] for match in _FOOTNOTE.finditer(shown)}
