"""Rules on placeholders: what a program or a page fills in stands in the translation too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Severity
from pipeline.text.said import said
from pipeline.validator.markup_parts import (
    Difference,
    Piece,
    Pieces,
    blank,
    nearest_difference,
    remarks_on,
    sources_of,
    without_codes,
)
from pipeline.validator.messages import Remark, Translation, message_rule

_PERCENT = re.compile(
    r"%(?:(?P<name>\(\w[\w. -]*+\)|<\w++>)|(?P<number>\d{1,2})\$)?(?P<flags>[-+ #0']*+)(?P<width>\*|\d++)?"
    r"(?P<precision>\.(?:\*|\d*+))?(?:hh?|ll?|[qjztL])?(?P<type>(?<=%#)@\w++@|[diouxXeEfFgGaAcCsSrnp@%])"
)
# Without a flag: no blank after the sign and no number before it, since "50% discount" has no directive.
_SURE_PERCENT = re.compile(
    r"(?<![\w%])%(?:%|(?:\(\w++\)|\d{1,2}\$)?(?:[-+#0']*+(?:\d++)?(?:\.\d++)?(?:hh?|ll?|[qjztL])?"
    r"(?:[diouxXeEfFgGcsrSp](?![A-Za-z0-9])|d(?=[A-Z]{2}\b)|@))|(?![0-9A-Fa-f]{2}%)\w++%)"
)
_QT = re.compile(r"%L?\d{1,2}|%n\b")
_FLAGGED = frozenset(
    "c-format objc-format python-format php-format perl-format sh-format awk-format lua-format tcl-format "
    "gcc-internal-format gfc-internal-format go-format ruby-format boost-format object-pascal-format pascal-format".split()
)
_SAME_TYPE = str.maketrans("iuxXoFEGAr", "dddddfffas")


def _flag(translation: Translation, flags: frozenset[str]) -> bool:
    return any(flag in flags for flag in translation.message.flags)


def directives(text: str) -> list[Piece]:
    """Return the directives of a format string, each with the argument that it shows and the type of that."""
    found, at = [], 0
    for match in _PERCENT.finditer(text):
        if match["type"] == "%" and not match["name"]:
            continue
        if match["type"].endswith("@") and len(match["type"]) > 1:  # %#@count@, by name
            found.append(Piece(match["type"], match[0], *match.span()))
            continue
        argument = match["name"] or match["number"]
        if not argument:
            at += 1
            argument = str(at)
        if match["precision"] == ".0" and match["type"] == "s":
            continue  # a form of the plural that does not show its number
        found.append(Piece(f"{argument}{match['type'].translate(_SAME_TYPE)}", match[0], *match.span()))
    return found


def _has_likely_directive(text: str) -> bool:
    return any(match[0] != "%%" for match in _SURE_PERCENT.finditer(without_codes(text)))


def _likely_directives(text: str) -> list[Piece]:
    found, at = [], 0
    for match in _SURE_PERCENT.finditer(without_codes(text)):
        text_of = match[0]
        if text_of == "%%":
            continue
        if text_of.endswith("%") or text_of.startswith("%("):
            found.append(Piece(text_of, text_of, *match.span()))
            continue
        number, _, rest = text_of[1:].rpartition("$")
        at += not number
        found.append(Piece(f"{number or at}${rest}", text_of, *match.span()))
    return found


@message_rule("M110", "percent-placeholder", "error")
def percent_placeholder(translation: Translation) -> Iterator[Remark]:
    """A translation has the percent placeholders of its source, such as %s and %(name)d, for the same arguments."""
    if "%" not in translation.source and "%" not in translation.target:
        return
    if any(flag.startswith("no-") and flag[3:] in _FLAGGED for flag in translation.message.flags):
        return
    if _flag(translation, frozenset({"qt-format", "kde-format"})):
        yield from remarks_on(_distinct(translation, lambda text: _by(_QT, text)), "the placeholder {pieces}")
    elif _flag(translation, _FLAGGED):
        changed = _but_hidden(translation.target, _distinct(translation, directives))
        if changed.lost or changed.added:
            yield from remarks_on(changed, "the placeholder {pieces}")
        elif (lone := _lone_percent(translation.target)) >= 0 and _lone_percent(translation.source) < 0:
            yield Remark("the sign % begins no placeholder", (lone, lone + 1), fix="write %% for a percent sign")
        else:
            yield from _widths(translation)
            yield from _counted(translation, directives)
    elif "%" in translation.source and any(map(_has_likely_directive, sources_of(translation))):
        yield from remarks_on(
            nearest_difference(translation, _likely_directives), "the placeholder {pieces}", "warning"
        )


def _lone_percent(text: str) -> int:
    """Where a percent sign stands that is neither doubled nor the start of a directive, -1 without any."""
    return _PERCENT.sub(blank, text).find("%")


def _widths(translation: Translation) -> Iterator[Remark]:
    changed = nearest_difference(translation, lambda text: [each._replace(key=each.text) for each in directives(text)])
    same = {_form(each.text) for each in changed.lost} == {_form(each.text) for each in changed.added}
    if changed.lost and changed.added and not same:
        yield from remarks_on(changed, "the placeholder {pieces}", "warning")
    elif any("'" in each.text for each in changed.lost) and not any("'" in each.text for each in changed.added):
        yield from remarks_on(changed, "the placeholder {pieces}", "info")


def _counted(translation: Translation, pieces: Pieces) -> Iterator[Remark]:
    """What to say where each placeholder is there, one of them more or less often; Chinese repeats in its own way."""
    if translation.language[:2] in ("zh", "ja", "ko", "yu", ""):
        return
    changed = _but_number(translation, nearest_difference(translation, pieces))
    lost, added = _but_hidden(translation.target, changed)
    if added:
        words = said("the placeholder {piece} is there more often than in the source", piece=added[0].shown)
        yield Remark(words, added[0].spot, fix="leave one out", severity="info")
    elif lost:
        words = said("the placeholder {piece} is there less often than in the source", piece=lost[0].shown)
        yield Remark(words, source_at=lost[0].spot, fix="write it as often", severity="info")


def _form(directive: str) -> str:
    """A directive without the number of its argument, and %i as %d."""
    form = re.sub(r"^%\d+\$", "%", directive).replace("'", "")
    return f"{form[:-1]}d" if form.endswith("i") else form


def _by(pattern: re.Pattern[str], text: str) -> list[Piece]:
    return [Piece(match[0], match[0], *match.span()) for match in pattern.finditer(text)]


def _distinct(translation: Translation, pieces: Pieces) -> Difference:
    """What differs where saying a placeholder twice is saying it once: a program fills in both."""

    def once(text: str) -> list[Piece]:
        return list({piece.key: piece for piece in reversed(pieces(text))}.values())[::-1]

    return _but_number(translation, nearest_difference(translation, once))


def _but_hidden(target: str, changed: Difference) -> Difference:
    """What differs but for the arguments that ``%.0s`` takes without showing them, by name, number or place."""
    if ".0s" not in target:
        return changed
    hidden, at = set(), 0
    for match in _PERCENT.finditer(target):
        argument = match["name"] or match["number"]
        at += not argument and match["type"] != "%"
        if match["precision"] == ".0" and match["type"] == "s":
            hidden.add(argument or str(at))
    return Difference([piece for piece in changed.lost if piece.key[:-1] not in hidden], changed.added)


def _but_number(translation: Translation, changed: Difference) -> Difference:
    """What differs but for the number itself, which the first of several plural forms may say in words: one file."""
    is_singular = translation.form == 0 and len(translation.message.msgstr_plural) > 1
    return Difference([], []) if is_singular and len(changed.lost) == 1 and not changed.added else changed


# What stands in braces in LaTeX, as an exponent or index, or as an attribute of Markdown is no placeholder.
_LATEX = re.compile(
    r"\\[A-Za-z]++\*?+(?:\[[^\]\n]*+\])?+(?:\{[^{}\n]*+\})++|[\^_]\{[^{}\n]*+\}|\$\$?[^$\\\n]*+\\[^$\n]*+\$"
)
_FIELD = r"(?:[^\W\d][\w]*+(?:\.\w++|\[\w++\])*+|\d++)"
_SPEC = r"(?:![rsa])?+(?:,-?\d++)?+(?::(?:[^{}\s]?[<>=^])?[-+ #0-9.,_bcdeEfFgGnosxXCDNPR%?$*]*+)?+"
_BRACE = re.compile(rf"(?<![\\{{]){{(?:{_FIELD})?+{_SPEC}}}(?!}})")
_OTHERS = re.compile(r"\$\(\^?[A-Za-z_]\w*+\)|(?<![\w@.])@[A-Z][A-Z0-9_]++@(?!\w)|(?<![\w$])\$[A-Za-z_]\w{2,}+\$(?!\w)")
_ESCAPED = re.compile(r"\{\{|\}\}")
_TOO_WIDE = re.compile(r"\d{7}")
_AUTOMATIC = re.compile(r"\{[!:}]")
_FIELD_END = re.compile(r"[!,:}]")
_BRACE_FLAGS = frozenset(
    "python-brace-format csharp-format java-format java-printf-format rust-format c++-format perl-brace-format".split()
)
_NO_BRACE_FLAGS = frozenset(f"no-{flag}" for flag in _BRACE_FLAGS)


@message_rule("M111", "brace-placeholder", "error")
def brace_placeholder(translation: Translation) -> Iterator[Remark]:
    """A translation has the placeholders in braces of its source, such as {n} and {name!r:>10}, under the same names."""
    source, target = translation.source, translation.target
    if "{" not in source and "{" not in target and "$" not in source and "@" not in source:
        return
    if _flag(translation, _NO_BRACE_FLAGS):
        return
    if _flag(translation, _BRACE_FLAGS):
        changed = _distinct(translation, fields)
        if changed.lost or changed.added:
            yield from remarks_on(changed, "the placeholder {pieces}")
        else:
            yield from _refused(translation) if _flag(translation, _PYTHON_BRACE) else ()
            yield from _counted(translation, fields)
        return
    if source != target and any(map(_has_likely_field, sources_of(translation))):
        yield from remarks_on(nearest_difference(translation, _likely_fields), "the placeholder {pieces}", "warning")


def fields(text: str) -> list[Piece]:
    """Return the replacement fields of a format string, by name or number; what is escaped by doubling is none."""
    found, at = [], 0
    for match in _BRACE.finditer(_ESCAPED.sub("  ", text)):
        name = _FIELD_END.split(match[0][1:], maxsplit=1)[0]
        if not name:
            name, at = str(at), at + 1
        found.append(Piece(name, text[slice(*match.span())], *match.span()))
    return found


_PYTHON_BRACE = frozenset({"python-brace-format"})
_SPEC_END = re.compile(r"[):]")


def spec_of(placeholder: str) -> str:
    """Return how a placeholder writes its argument, by its letters: ld for %5ld, d for {n:>3d}, empty for {n}."""
    if placeholder[:1] == "{" and not _SPEC_END.search(placeholder):
        return ""
    return "".join(filter(str.isalpha, _SPEC_END.split(placeholder)[-1]))


def _refused(translation: Translation) -> Iterator[Remark]:
    """What Python refuses in a translation that has the fields of its source."""
    before, after = fields(translation.source), fields(translation.target)
    had = {(piece.key, spec_of(piece.text)) for source in sources_of(translation) for piece in fields(source)}
    for piece in after:
        spec = spec_of(piece.text)
        if spec and (piece.key, spec) not in had:
            one = said("write {text}", text=before[0].shown) if len(before) == 1 else None
            fix = one or said("write it as in the source")
            words = said("the placeholder {piece} is for another kind of value", piece=piece.shown)
            maybe: Severity | None = "warning" if (piece.key, "") in had else None  # {} takes any value
            yield Remark(words, piece.spot, fix=fix, severity=maybe)
            return
        if _TOO_WIDE.search(piece.text):
            words = said("the placeholder {piece} asks for more than a program can fill", piece=piece.shown)
            yield Remark(words, piece.spot)
            return
    ways = {bool(_AUTOMATIC.match(piece.text)) for piece in after if not piece.text[1:2].isalpha()}
    if len(ways) > 1:
        yield Remark("Python cannot mix {} with placeholders that have a number", after[0].spot, fix="number them all")


def _likely_fields(text: str) -> list[Piece]:
    plain = _without_latex(text)
    return _by(_BRACE, plain) + _by(_OTHERS, plain)


def _has_likely_field(text: str) -> bool:
    plain = _without_latex(text)
    return _BRACE.search(plain) is not None or _OTHERS.search(plain) is not None


def _without_latex(text: str) -> str:
    """``text`` with blanks for code and what LaTeX has in braces, or nothing where no placeholder can be."""
    if "{" not in text and "$" not in text and "@" not in text:
        return ""
    text = without_codes(text)
    return _LATEX.sub(blank, text) if "\\" in text or "^" in text or "_" in text else text
