"""Rules that look at one page: what reading it found, its encoding, its anchors, its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.model import Page
from pipeline.text.encoding import encoding_name
from pipeline.text.markup import TAG, WIKILINK, without_code
from pipeline.text.places import Lines
from pipeline.text.said import said, said_of
from pipeline.text.script import title_of
from pipeline.text.series import listed, together
from pipeline.validator.base import Found, rule

if TYPE_CHECKING:
    from pipeline.text.mojibake import Mojibake

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\x84\x31\x95\x33")
_ID = re.compile(r"""\s(?:id|name)\s*+=\s*+(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE)
_ANCHORED = re.compile(
    r"</?(?!meta\b|input\b|param\b|button\b|select\b|textarea\b|form\b|iframe\b|map\b)", re.IGNORECASE
)
_TABLE_TAG = re.compile(r"<(?P<close>/?)(?:table)\b|<(?P<cut>t[dhr])\b(?=[^<>]*(?:<|\Z))", re.IGNORECASE)
_LINK = re.compile(r"\[(?P<label>(?:[^\[\]]++|\[[^\[\]]*+\])++)\]\((?P<target>[^()\s]++)\)")
_ENOUGH = 100  # places at which a page names a course, and faults of its tables
_MOST_SHOWN = 4  # kinds of damage that a message shows
_NAME = re.compile(r"\w+(?:[.-]\w+)*+")
_SAME_COURSE = r"[\s(（]*+(?i:formerly|previously|also|same as|and|or|/|=|原|即|又名)[\s:：]*+"


@lru_cache(maxsize=2)
def _lines(text: str) -> Lines:
    """The lines of the page that the rules are looking at."""
    return Lines(text)


def _place(text: str, start: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in code points."""
    return _lines(text).place(start)


def _read_faults(page: Page, name: str) -> Iterator[Found]:
    """What reading the page found under that name, as the rule that explains it."""
    for finding in page.findings:
        if finding.name == name:
            yield Found(page.path, finding.line, finding.message, finding.column, fix=finding.fix)


@rule("P101", "unreadable-page", "error")
def unreadable_page(page: Page) -> Iterator[Found]:
    """A page is a text of a reasonable size."""
    yield from _read_faults(page, "unreadable-page")


@rule("P102", "front-matter-syntax", "error")
def front_matter_syntax(page: Page) -> Iterator[Found]:
    """The front matter of a page is valid YAML."""
    yield from _read_faults(page, "front-matter-syntax")


@rule("E102", "broken-encoding", "warning")
def broken_encoding(page: Page) -> Iterator[Found]:
    """Every byte of a page belongs to its encoding."""
    yield from _read_faults(page, "broken-encoding")


@rule("E103", "legacy-encoding", "info")
def legacy_encoding(page: Page) -> Iterator[Found]:
    """A page is UTF-8 without a byte order mark."""
    fix = said(
        "`bilect repair --to-utf8 --write {page}` converts it; until then it is read and written back as it is",
        page=page.path,
    )
    has_mark = page.data.startswith(_MARKS)
    if page.encoding not in ("", "utf-8"):
        name = encoding_name(page.encoding)
        message = said("the page is {encoding}, not UTF-8", encoding=name)
        if has_mark:
            message = said("the page is {encoding} with a byte order mark, not UTF-8", encoding=name)
        yield Found(page.path, 1, message, fix=fix)
    elif has_mark:
        yield Found(page.path, 1, "the page starts with a byte order mark, which UTF-8 does not need", fix=fix)


@rule("E101", "mojibake", "warning")
def damaged_text(page: Page) -> Iterator[Found]:
    """Every character of a page is the one that its author typed."""
    from pipeline.text.mojibake import lost, mojibake  # its patterns take 10 ms, and catalogs need none of them

    runs = mojibake(page.text)
    gone = lost(page.text, runs)
    if runs:
        yield _damage(page, runs, len(gone))
    elif gone:
        line, column = _place(page.text, gone[0].start)
        shown = _line_at(page.text, gone[0].start, gone[0].end)
        message = said_of(
            len(gone),
            "{number} place lost its text, and nothing in the page says what it was",
            "{number} places lost their text, and nothing in the page says what it was",
        )
        fix = said("restore the text from its source")
        yield Found(page.path, line, message, column, shown, fix=fix, severity="info")


def _damage(page: Page, runs: Sequence[Mojibake], gone: int) -> Found:
    line, column = _place(page.text, runs[0].start)
    kinds = list(dict.fromkeys((run.before, run.after) for run in runs))
    message = said_of(
        len(runs), "{number} place is {ways}: {shown}", "{number} places are {ways}: {shown}",
        ways=_ways(runs), shown=_shown(kinds),
    )  # fmt: skip
    fix = said(
        "`bilect repair {page}` shows the repair, with --write it writes it; catalogs have it repaired already",
        page=page.path,
    )
    if gone:
        fix = said_of(
            gone,
            "{repair}; {number} place is lost for good and must be restored from the source",
            "{repair}; {number} places are lost for good and must be restored from the source",
            repair=fix,
        )
    before = _line_at(page.text, runs[0].start, runs[0].end)
    return Found(page.path, line, message, column, before, _repaired(before, dict(kinds)), fix)


def _ways(runs: Sequence[Mojibake]) -> str:
    """How the characters were misread."""
    return together(step.words for step in dict.fromkeys(run.steps[0] for run in runs))


def _shown(kinds: Sequence[tuple[str, str]]) -> str:
    """Some of what stands there, and what is meant."""
    shown = listed(
        said("{before} for {after}", before=before, after=said("a no-break space") if after == "\xa0" else after)
        for before, after in kinds[:_MOST_SHOWN]
    )
    return said("{shown} …", shown=shown) if len(kinds) > _MOST_SHOWN else shown


def _line_at(text: str, start: int, end: int) -> str:
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else None].rstrip("\r")[:160]


def _repaired(text: str, kinds: dict[str, str]) -> str:
    pattern = "|".join(sorted(map(re.escape, (kind for kind in kinds if kind in text)), key=len, reverse=True))
    return re.sub(pattern, lambda match: kinds[match[0]], text) if pattern else text


@rule("L101", "duplicate-anchor", "warning")
def duplicate_anchor(page: Page) -> Iterator[Found]:
    """Every anchor of a page is defined once, so that a link to it has one end."""
    shown = without_code(page.text)
    places: dict[str, list[int]] = {}
    for tag in TAG.finditer(shown) if "<" in shown else ():
        for match in _ID.finditer(tag[0]) if _ANCHORED.match(tag[0]) else ():
            name = match[1] or match[2] or match[3]
            places.setdefault(name, []).append(tag.start() + match.start() + 1)
    for name, starts in places.items():
        lines = list(dict.fromkeys(_place(shown, start)[0] for start in starts))
        if len(starts) > 1 and "{" not in name:
            line, column = _place(shown, starts[1])
            message = said(
                "the anchor “{name}” is defined {times} times, in lines {lines}",
                name=name, times=len(starts), lines=listed(map(str, lines)),
            )  # fmt: skip
            fix = said("give each its own name and point the links to the one they mean")
            yield Found(page.path, line, message, column, source=f"#{name}", fix=fix)


@rule("L102", "label-target-mismatch", "warning")
def label_target_mismatch(page: Page) -> Iterator[Found]:
    """A link whose label is a number or a code leads to the page of that number or code."""
    shown = without_code(page.text)
    differing = [link for link in _links(shown) if _differ(link[1], link[2])]
    named = _named(shown) if differing else {}
    pairs = {(label, meant) for _, label, meant in differing}
    apart = {pair for pair in pairs if not _is_same_course(shown, named, *pair)}
    for match, label, meant in differing:
        if (label, meant) in apart:
            line, column = _place(shown, match.start())
            message = said("the label says {label}, the target is {target}", label=label, target=meant)
            fix = said("correct the label or the target, whichever is wrong")
            yield Found(page.path, line, message, column, source=match[0], fix=fix)


def _links(shown: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """The links of a page with the course codes that their labels and their targets begin with."""
    for match in WIKILINK.finditer(shown):
        if match[3]:
            yield match, _code(match[3].strip()), _code(match[2].rsplit("/", 1)[-1].strip())
    for match in _LINK.finditer(shown):
        target = re.split(r"[/#]", match["target"].rstrip("/"))[-1]
        yield match, _code(match["label"].strip()), _code(target.strip())


def _differ(said: str, meant: str) -> bool:
    return bool(said and meant) and not said.startswith(meant) and not meant.startswith(said)


@lru_cache(maxsize=10_000)
def _code(text: str) -> str:
    """The course code that a text begins with, without its ``[J]`` or ``J`` of joint subjects."""
    codes = title_of(text).codes if any(map(str.isdigit, text)) else ()
    return re.sub(r"\[J\]$|(?<=\d)J$", "", codes[0]) if codes and text.startswith(codes[0]) else ""


def _named(shown: str) -> dict[str, list[int]]:
    """Where each word of a page stands, the first hundred times."""
    named: dict[str, list[int]] = {}
    for match in _NAME.finditer(shown):
        places = named.setdefault(match[0].removesuffix("J"), [])
        if len(places) < _ENOUGH:
            places.append(match.start())
    return named


def _is_same_course(shown: str, named: dict[str, list[int]], one: str, other: str) -> bool:
    """Whether the page says of two codes that they belong together, as in "6.7930 (formerly 6.867)"."""
    for first, second in ((one, other), (other, one)):
        word = _NAME.match(first)
        pattern = re.compile(re.escape(first) + r"(?:\[J\]|J)?" + _SAME_COURSE)
        for start in named.get(word[0].removesuffix("J"), ()) if word else ():
            joint = pattern.match(shown, start)
            if joint and shown.startswith(second, joint.end()):
                return True
    return False


@rule("P103", "broken-table", "error")
def broken_table(page: Page) -> Iterator[Found]:
    """Every HTML table is closed, and so is every tag in it."""
    yield from islice(_table_faults(page), _ENOUGH)


def _table_faults(page: Page) -> Iterator[Found]:
    shown = without_code(page.text)
    opened: list[int] = []
    for match in _TABLE_TAG.finditer(shown) if "<" in shown else ():
        if match["cut"]:
            yield _table_fault(page, match.start(), said("the tag <{tag} is never closed with >", tag=match["cut"]))
        elif not match["close"]:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            yield _table_fault(page, match.start(), said("</table> closes a table that is not open"))
    for start in opened:
        message = said("the table is never closed: what follows may be taken for a part of it")
        yield _table_fault(page, start, message)


def _table_fault(page: Page, start: int, message: str) -> Found:
    line, column = _place(page.text, start)
    return Found(page.path, line, message, column, fix="mend the tags of the table")
