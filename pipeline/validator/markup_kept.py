"""Rules on markup in messages: Liquid, tags, math, character references and roles of reStructuredText stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model import Edit
from pipeline.text.markup import COMMENT, LIQUID, TAG, unescaped
from pipeline.text.said import said
from pipeline.text.script import has_han
from pipeline.validator.markup_parts import (
    Difference,
    Piece,
    blank,
    found_by,
    is_rst,
    nearest_difference,
    remarks_on,
    without_codes,
)
from pipeline.validator.messages import Remark, Translation, message_rule

_LIQUID_MARK = re.compile(r"\{%|%\}|\{\{(?!\{)|(?<!\})\}\}")


@message_rule("M112", "liquid-changed", "error")
def liquid_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the Liquid and the shortcodes of its source as they are, such as {% include … %} and {{ page.title }}."""
    both = f"{translation.source}\0{translation.target}"
    if "{" not in both or ("{%" not in both and "{{" not in both and "{#" not in both):
        return
    changed = nearest_difference(translation, _liquid)
    if changed.lost or changed.added:
        yield from remarks_on(changed, "the Liquid {pieces}")
    else:
        yield from remarks_on(nearest_difference(translation, _open_liquid), "the sign of Liquid {pieces}")


def _liquid(text: str) -> list[Piece]:
    found = found_by(LIQUID, without_codes(text)) if "{" in text else []
    return [piece._replace(key=_BLANKS.sub("", piece.key)) for piece in found]


def _open_liquid(text: str) -> list[Piece]:
    """The signs of Liquid that open nothing or close nothing, as far as counting tells."""
    if "{%" not in text and "{{" not in text:
        return []
    return found_by(_LIQUID_MARK, LIQUID.sub(lambda match: " " * len(match[0]), without_codes(text)))


_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_NAMES = _VOID | frozenset(
    "a abbr article aside audio b big blockquote body button caption center cite code dd del details dfn div dl dt em "
    "figcaption figure font footer form h1 h2 h3 h4 h5 h6 header html i iframe ins kbd label li main mark math nav ol "
    "option p picture pre q rp rt ruby s samp script section select small span strike strong style sub summary sup svg "
    "table tbody td textarea tfoot th thead time tr tt u ul var video".split()
)
_ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++))?""")
_TRANSLATED = frozenset(
    "alt title placeholder aria-label content label summary href src".split()
)  # of which texts change
_LANGUAGES = frozenset("lang xml:lang xml-lang dir hreflang".split())
_REFERENCE = re.compile(r"`[^`]++`")  # what is left of backticks where code is blanked: roles and links
_BBCODE = re.compile(r"\[(/?)([A-Za-z]\w{0,15}+)(?:=[^\]\n]*+)?\](?![(\[:])")


@lru_cache(maxsize=512)  # a text has few tags, and may have them often
def _name(tag: str) -> str:
    return re.split(r"[\s/>]", tag.lstrip("</"), maxsplit=1)[0].lower()


@lru_cache(maxsize=512)
def _tag_key(tag: str) -> str:
    """What a translator may not change in a tag: its name, the names of its attributes, and values that are no texts."""
    name = _name(tag)
    if tag.startswith("</"):
        return f"</{name}>"
    said = []
    for match in _ATTRIBUTE.finditer(tag) if " " in tag or "\n" in tag else ():
        attribute = match[1].lower()
        if attribute in _LANGUAGES:
            continue
        said.append(
            attribute if attribute in _TRANSLATED else f"{attribute}={(match[2] or '').strip(chr(34) + chr(39))}"
        )
    closed = "/" if tag.rstrip(">").endswith("/") and name not in _VOID else ""
    return f"<{' '.join([name, *sorted(said)])}{closed}>"


def _tags(text: str) -> list[Piece]:
    if "<" not in text:
        return []
    text = without_codes(text)
    if "`" in text:
        text = _REFERENCE.sub(blank, text)
    found = [Piece(_tag_key(match[0]), match[0], *match.span()) for match in TAG.finditer(text)]
    if "\\<" not in text and "<<" not in text:
        return found
    return [piece for piece in found if text[piece.start - 1 : piece.start] not in ("\\", "<")]  # <<double>> is none


def _comments(text: str) -> list[Piece]:
    return found_by(COMMENT, without_codes(text)) if "<!--" in text else []


def _bbcode(text: str) -> list[Piece]:
    """The tags in square brackets that a text closes too."""
    if "[/" not in text:
        return []
    text = without_codes(text)
    closed = {match[2] for match in _BBCODE.finditer(text) if match[1]}
    return [piece for piece in found_by(_BBCODE, text) if piece.text.strip("[]/").split("=")[0] in closed]


@message_rule("M113", "tag-changed", "error")
def tag_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the HTML and XML tags of its source, with the same attributes, each closed."""
    source, target = translation.source, translation.target
    if "[/" in source:
        yield from remarks_on(nearest_difference(translation, _bbcode), "the tag {pieces}", "warning")
    if "<" not in source and "<" not in target:
        return
    if "<!--" in source or "<!--" in target:
        yield from remarks_on(nearest_difference(translation, _comments), "the comment {pieces}")
    changed = nearest_difference(translation, _tags)
    if not changed.lost and not changed.added:
        yield from _crossed(translation)
        yield from _without_slash(translation)
        return
    sure, unsure = _sorted_out(changed, _tags(source), _tags(target))
    yield from remarks_on(sure, "the tag {pieces}")
    yield from remarks_on(unsure, "the tag {pieces}", "info")


def _sorted_out(changed: Difference, before: list[Piece], after: list[Piece]) -> tuple[Difference, Difference]:
    """What is surely a tag that differs, and what may be a name in angle brackets, which people translate."""
    closed = {_name(piece.text) for piece in [*before, *after] if piece.text.startswith("</")}

    def is_tag(piece: Piece) -> bool:
        return _name(piece.text) in _NAMES | closed or "=" in piece.text or piece.text.endswith("/>")

    sure = Difference([each for each in changed.lost if is_tag(each)], [each for each in changed.added if is_tag(each)])
    lost = [each for each in changed.lost if not is_tag(each)]
    added = [each for each in changed.added if not is_tag(each)]
    return sure, Difference(lost, added) if len(lost) != len(added) else Difference([], [])


def _crossed(translation: Translation) -> Iterator[Remark]:
    """The tag that closes another one than was opened last, where the source has none such."""
    found = _wrong_end(_tags(translation.target))
    if found and not _wrong_end(_tags(translation.source)):
        words = said("the tag {tag} closes what is not open there", tag=found.shown)
        yield Remark(words, found.spot, fix="put the tags around the text")


_SLASHED = re.compile(r"/\s*+>\Z")


def _without_slash(translation: Translation) -> Iterator[Remark]:
    """The tag that XML and MDX would take for an open one, in a text that writes all such tags as they ask: <br />."""
    if "/>" not in translation.source and "/ >" not in translation.source:
        return
    open_ = _unslashed(translation.target)
    if open_ and not _unslashed(translation.source):
        tag = open_[0]
        closed = f"{tag.text[:-1].rstrip()} />"
        edit = Edit(translation.target[: tag.start] + closed + translation.target[tag.end :])
        words, fix = said("the tag {tag} lost its slash", tag=tag.shown), said("write {text}", text=closed)
        yield Remark(words, tag.spot, fix=fix, edit=edit, severity="warning")


def _unslashed(text: str) -> list[Piece]:
    return [tag for tag in _tags(text) if _name(tag.text) in _VOID and not _SLASHED.search(tag.text)]


def _wrong_end(tags: list[Piece]) -> Piece | None:
    opened: list[str] = []
    for tag in tags:
        name = _name(tag.text)
        if tag.text.endswith("/>") or name in _VOID:
            continue
        if not tag.text.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return tag
    return None


_MATH = re.compile(
    r"(?<![\\$\w])(\$\$?+)(?![\s$])([^$\n]*[^$\s\\])\1(?![\d$])|\\\((?:(?!\\[()]).)++\\\)|\\\[(?:(?!\\[\[\]]).)++\\\]",
    re.DOTALL,
)
_DISPLAY = re.compile(r"\$\$((?:[^$]|\$(?!\$))++)\$\$")
_TEXT_IN_MATH = re.compile(r"\\(?:text\w*|mathrm|mbox|operatorname|tag)\*?\{[^{}]*+\}")
_FORMULA = re.compile(r"[\\^_=<>+*/(|]|\A[A-Za-z](?:'|\d)?\Z|\A[A-Za-z0-9., -]{1,12}\Z")
_BLANKS = re.compile(r"\s+")


def _math(text: str) -> list[Piece]:
    """The formulas of a text; what is said in words in one may be translated, and two prices are none."""
    if "$" not in text and "\\" not in text:
        return []
    found = []
    text = without_codes(text)
    for match in [*_DISPLAY.finditer(text), *_MATH.finditer(_DISPLAY.sub(lambda each: " " * len(each[0]), text))]:
        formula = match[0].strip("$").strip()
        if _FORMULA.search(formula) and not (formula[:1].isdigit() and " " in formula):
            key = _BLANKS.sub("", _TEXT_IN_MATH.sub(r"\\text", match[0]) if "\\" in formula else match[0])
            found.append(Piece(key, match[0], *match.span()))
    return found


@message_rule("M117", "math-changed", "error")
def math_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the formulas of its source; only the words in them are translated."""
    source = translation.source
    if "$" in source or "\\(" in source or "\\[" in source:
        before = _math(source)
        if before or "$$" in source:
            changed = nearest_difference(translation, _math)
            has_words = any(has_han(piece.text) for piece in changed.added)
            yield from remarks_on(changed, "the formula {pieces}", "info" if has_words else None)


_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9.]*+|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_HALF_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|nbsp|copy)(?![;A-Za-z])|&#\d{2,6}(?![\d;])")
_ESCAPE = re.compile(r"\\(?:[tr](?![A-Za-z{])|n(?!u\b|e\b|i\b|eq|abla|ot|ew|eg|mid)|\"|\\(?=\Z|[\s。]))")


def _entities(text: str) -> list[Piece]:
    """The character references of a text that no character in it can stand for."""
    if "&" not in text:
        return []
    return [
        each
        for each in found_by(_ENTITY, without_codes(text))
        if unescaped(each.text) == each.text or "&lt" in each.text
    ]


@message_rule("M162", "escape-changed", "warning")
def escape_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the escapes and the entities of its source, such as \\n and &brand;."""
    source, target = translation.source, translation.target
    if "&" in source or "&" in target:
        yield from remarks_on(nearest_difference(translation, _entities), "the entity {pieces}")
        half = _HALF_ENTITY.search(without_codes(target)) if "&" in target else None
        if half and not _HALF_ENTITY.search(source):
            words = said("the entity {entity} lacks its semicolon", entity=half[0])
            yield Remark(words, half.span(), fix=said("write {text}", text=f"{half[0]};"))
    if ("\\" in source or "\\" in target) and not _WINDOWS_PATH.search(source):
        yield from remarks_on(nearest_difference(translation, _escapes), "the escape {pieces}")


_WINDOWS_PATH = re.compile(r"\b[A-Za-z]:\\")


def _escapes(text: str) -> list[Piece]:
    return found_by(_ESCAPE, without_codes(text)) if "\\" in text else []


_ROLE = re.compile(r"(:[a-zA-Z][\w+.:-]{0,40}:)`((?:[^`\\]++|\\.)++)`")
_PROSE_ROLES = frozenset(
    ":menuselection: :guilabel: :dfn: :sub: :sup: :emphasis: :strong: :abbr: :file: :samp: :title: :index: :math:".split()
)
_ROLE_TARGET = re.compile(r"<([^<>]++)>\s*\Z")


def _roles(text: str) -> list[Piece]:
    """The roles of reStructuredText, each with what it points to."""
    found = []
    for match in _ROLE.finditer(text) if ":`" in text else ():
        role, said = match[1].lower(), match[2].strip()
        to = _ROLE_TARGET.search(said)
        to_what = to[1] if to else said.lstrip("!~")
        key = role if role in _PROSE_ROLES else f"{role}{_BLANKS.sub(' ', to_what).strip().lower()}"
        found.append(Piece(key, match[0], *match.span()))
    return found


@message_rule("M163", "role-changed", "warning")
def role_changed(translation: Translation) -> Iterator[Remark]:
    """A translation in reStructuredText has the roles of its source, each pointing to the same."""
    if ":`" not in translation.source or not is_rst(translation.source):
        return
    if sorted(_ROLE.findall(translation.source)) == sorted(_ROLE.findall(translation.target)):
        return  # nearly all messages
    changed = nearest_difference(translation, _roles)
    has = {piece.key for piece in _roles(translation.source)}
    added = [piece for piece in changed.added if piece.key not in has]
    kept = {piece.key for piece in _roles(translation.target)}
    lost = [piece for piece in changed.lost if piece.key not in kept]
    yield from remarks_on(Difference(lost, added), "the role {pieces}", None if lost else "info")
