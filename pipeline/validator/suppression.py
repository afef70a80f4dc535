"""What comments of catalogs and pages say bilect should live with, and which of these comments nothing needs."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.message import SourcedMessage
from pipeline.model import Finding, Page, PipelineError, Severity, Unit
from pipeline.text.said import said
from pipeline.validator.base import Found, Rule, findings, known_selectors, rule, rules

NO_REASON = said("no reason given")
_CODES = r"(?P<codes>[^\s,]++(?:[ \t]*+,[ \t]*+[^\s,]++)*+)?+(?P<reason>[^\n]*+)"
_IN_CATALOG = re.compile(rf"^#[ \t]*+bilect:[ \t]*+ignore\b[ \t]*+[=:]?+[ \t]*+{_CODES}", re.MULTILINE)
_IN_PAGE = re.compile(r"<!--\s*+bilect:[ \t]*+(?P<words>ignore(?:-file)?+)\b[ \t=:]*+(?P<said>[^\n]{0,500}?)\s*-->")
_SAID = re.compile(_CODES)
_WHOLE_FILE = range(sys.maxsize)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment on ``line`` of a file: what the rules that ``words`` select find on ``lines`` is accepted.

    Words are codes, beginnings of them, or names of rules. ``is_judged`` is False where nobody looks: in a fuzzy message.
    """

    path: str
    line: int
    words: tuple[str, ...]
    reason: str
    lines: range
    is_judged: bool = True


class Unused(NamedTuple):
    """A word of a suppression that nothing needs; it is empty where the comment names no rule at all.

    ``setting`` is what of the configuration says it, empty for a comment.
    """

    suppression: Suppression
    word: str
    setting: str = ""


def in_catalog(catalog: Catalog, path: str) -> list[Suppression]:
    """Return what the translator comments of a catalog suppress: each for its message, that of the header for the header.

    They are written ``# bilect: ignore=CODE[,CODE] reason``.
    """
    text = catalog.source.text
    if "bilect:" not in text:
        return []
    heads = [catalog.head] if catalog.head else []
    messages = [each for each in (*heads, *catalog) if isinstance(each, SourcedMessage)]
    messages.sort(key=lambda each: each.start)
    starts = [each.start for each in messages]
    found = []
    for match in _IN_CATALOG.finditer(text):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < messages[index].end:
            found.append(_of_message(match, messages[index], path))
    return found


def _of_message(match: re.Match[str], message: SourcedMessage, path: str) -> Suppression:
    source = message.source
    is_header = not message.msgid
    first, line, last = (source.line_at(place) for place in (message.start, match.start(), message.end - 1))
    lines = range(0 if is_header else first, last + 1)
    return Suppression(path, line, _words(match), _reason(match), lines, is_header or _is_looked_at(message))


def _is_looked_at(message: polib.POEntry) -> bool:
    return not message.obsolete and not message.fuzzy and message.translated()


def in_page(page: Page) -> list[Suppression]:
    """Return what the comments of a page suppress: for the block behind them, a table being one, or for the page.

    They are written ``<!-- bilect:ignore CODE[,CODE] reason -->`` and ``<!-- bilect:ignore-file CODE reason -->``.
    """
    if b"bilect:" not in page.data:
        return []
    # as Latin-1 every byte is a character, so that places are those of the blocks
    text = page.data.decode("latin-1")
    starts = [block.start for block in page.blocks]
    found = []
    for match in _IN_PAGE.finditer(text):
        if not _is_code(match, page.blocks, starts):
            lines = _WHOLE_FILE if match["words"].endswith("-file") else _next_block(page, starts, match.end())
            said = _SAID.match(match["said"].encode("latin-1").decode(page.encoding, "replace"))
            if said:
                line = text.count("\n", 0, match.start()) + 1
                found.append(Suppression(page.path, line, _words(said), _reason(said), lines))
    return found


def _is_code(match: re.Match[str], blocks: Sequence[Unit], starts: Sequence[int]) -> bool:
    """Whether a comment is shown to readers, as an example of one."""
    block = bisect_right(starts, match.start()) - 1
    is_inside = block >= 0 and match.start() < blocks[block].end
    return match.string[match.start() - 1 : match.start()] == "`" or (is_inside and blocks[block].kind == "code")


def _next_block(page: Page, starts: Sequence[int], place: int) -> range:
    index = bisect_left(starts, place)
    if index == len(starts):
        return range(0)
    first = last = page.blocks[index]
    if first.cell:
        table = first.cell[0]
        last = [block for block in page.blocks[index:] if block.cell and block.cell[0] == table][-1]
    return range(first.line, last.line + page.data.count(b"\n", last.start, last.end) + 1)


def _words(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in (match["codes"] or "").split(","))


def _reason(match: re.Match[str]) -> str:
    return match["reason"].strip() or NO_REASON


def suppressed(
    found: Iterable[Finding], suppressions: Sequence[Suppression], ran: Collection[type] = ()
) -> list[Finding]:
    """Return all of ``found`` in their order, the suppressed ones with their reason, then one for each unused word.

    ``ran`` are the subjects whose rules have looked: only of those a suppression can be called unused.
    """
    if not suppressions:
        return list(found)
    marked: list[Finding] = []
    used: set[Unused] = set()
    reach = _Reach(suppressions)
    for finding in found:
        uses = reach.uses(finding)
        used.update(uses)
        marked.append(replace(finding, accepted=uses[0].suppression.reason) if uses else finding)
    for unused in (Unused(each, word) for each in suppressions for word in each.words) if ran else ():
        if unused not in used and _is_judged(unused, ran):
            marked.extend(findings(unused))
    return marked


class _Reach:
    """Suppressions by the places that they reach: a catalog may have one in each message."""

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self._whole: dict[str, list[Suppression]] = {}
        self._lines: dict[tuple[str, int], list[Suppression]] = {}
        for each in suppressions:
            if each.lines is _WHOLE_FILE:
                self._whole.setdefault(each.path, []).append(each)
            else:
                for line in each.lines:
                    self._lines.setdefault((each.path, line), []).append(each)

    def uses(self, finding: Finding) -> list[Unused]:
        """The words of suppressions that a finding needs, none where it is accepted already."""
        if finding.accepted is not None:
            return []
        near = self._lines.get((finding.path, finding.line), [])
        return [
            Unused(each, word)
            for each in (*near, *self._whole.get(finding.path, ()))
            for word in each.words
            if selects(word, finding.code, finding.name)
        ]


def selects(word: str, code: str, name: str) -> bool:
    """Whether a word selects a rule: by its code, the beginning of its code, or its name."""
    return bool(word) and (code.startswith(word.upper()) or name == word.lower())


def _is_judged(unused: Unused, ran: Collection[type]) -> bool:
    selected = [each for each in rules() if selects(unused.word, each.code, each.name)]
    return unused.suppression.is_judged and all(_has_run(each, ran) for each in selected)


def _has_run(each: Rule, ran: Collection[type]) -> bool:
    return each.subject in ran and each.is_default


def suppressed_by_path(found: Iterable[Finding], patterns: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Return all of ``found``, those with a reason whose path fits a pattern that accepts their rule.

    ``patterns`` are globs of paths with words that select rules. ``*`` stays within a folder, ``**`` does not; one without
    a slash is about every file or folder of that name.

    Raises:
        PipelineError: A word selects no rule.
    """
    accepting = [(pattern, _glob(pattern), words) for pattern, words in patterns.items()]
    for pattern, _, words in accepting:
        try:
            known_selectors(words)
        except PipelineError as error:
            message = said('[check.per-file] "{pattern}": {message}', pattern=pattern, message=error.message)
            raise PipelineError(message, remedy=error.remedy) from error
    return [_accepted_by_path(each, accepting) for each in found] if accepting else list(found)


def _accepted_by_path(finding: Finding, accepting: Iterable[tuple[str, re.Pattern[str], Sequence[str]]]) -> Finding:
    for pattern, glob, words in accepting if finding.accepted is None else ():
        if any(selects(word, finding.code, finding.name) for word in words) and glob.fullmatch(finding.path):
            return replace(finding, accepted=f'[check.per-file] "{pattern}"')
    return finding


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern of paths, as `suppressed_by_path` takes them, is about a file."""
    return _glob(pattern).fullmatch(path) is not None


def _glob(pattern: str) -> re.Pattern[str]:
    """What a pattern of paths matches: files, and all files in folders."""
    meanings = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    path = pattern.removeprefix("./").strip("/")
    anywhere = "" if "/" in path else "(?:.*/)?"
    parts = (meanings.get(part) or re.escape(part) for part in re.split(r"(\*\*/|\*\*|\*|\?)", path))
    return re.compile(f"{anywhere}{''.join(parts)}(?:/.*)?", re.DOTALL)


@rule("X103", "unused-suppression", "warning")
def unused_suppression(unused: Unused) -> Iterator[Found]:
    """Every comment or setting that suppresses findings has one to suppress."""
    suppression, word, setting = unused
    path, line, reason = suppression.path, suppression.line, suppression.reason
    if setting:
        message = said("{setting} names {word}, which finds nothing there any more", setting=setting, word=word)
        # who ignores a rule everywhere may mean it for what is yet to come
        severity: Severity | None = "info" if setting == "[check] ignore" else None
        yield Found(path, line, message, fix=said("remove {word} here", word=word), severity=severity)
        return
    told = "" if reason == NO_REASON else reason
    if not word:
        yield Found(path, line, "this comment names no rule", source=told, fix="write ignore=CODE and the reason")
        return
    try:
        known_selectors([word])
    except PipelineError as error:
        yield Found(path, line, error.message, source=told, fix=error.remedy)
        return
    message = said("nothing here is found by {rule} any more", rule=word.upper() if word[-1:].isdigit() else word)
    fix = said("remove {word} from this comment, or the comment", word=word)
    yield Found(path, line, message, source=told, fix=fix)
