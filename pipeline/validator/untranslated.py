"""What nobody has translated: messages without a text, English left in place, and texts in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import polib

from pipeline.model import Severity
from pipeline.text.said import said, said_of
from pipeline.text.script import HAN, has_han
from pipeline.text.words import STOP_WORDS
from pipeline.validator.base import Found, rule
from pipeline.validator.codelike import english_prose, is_code, is_in_code, stop_words
from pipeline.validator.messages import CheckedCatalog, Remark, Translation, message_rule, without_syntax

_LETTER = re.compile(r"[^\W\d_]")
_LOWER_CASE = re.compile(r"[a-z]{2,}")
_WRITINGS = {  # a letter of each writing that is mistaken for no other
    "Japanese": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "Korean": re.compile("[\uac00-\ud7af]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Arabic": re.compile("[\u0620-\u064a]"),
    "Chinese": re.compile(f"[{HAN}]"),
}
_LETTERS_OF = {
    "Japanese": said("the translation has Japanese letters"),
    "Korean": said("the translation has Korean letters"),
    "Cyrillic": said("the translation has Cyrillic letters"),
    "Arabic": said("the translation has Arabic letters"),
    "Chinese": said("the translation has Chinese letters"),
}
_CYRILLIC = ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "uz")
_ARABIC = ("ar", "fa", "ur", "ps", "ckb", "ug", "sd")
_OWN_WRITINGS: dict[str, tuple[str, ...]] = {
    "zh": ("Chinese",), "yue": ("Chinese",), "ja": ("Japanese", "Chinese"), "ko": ("Korean", "Chinese"),
    **dict.fromkeys(_CYRILLIC, ("Cyrillic",)), **dict.fromkeys(_ARABIC, ("Arabic",)),
}  # fmt: skip
_WORD_RUN = re.compile(r"(?<![\w$@.\\/-])[A-Za-z][A-Za-z'’-]*+(?:,? [A-Za-z][A-Za-z'’-]*+)++(?![\w(=/\\])")
_WORDS_ALONE = re.compile(r"[\s*\"']*+([A-Za-z][A-Za-z'’-]*+(?: [A-Za-z][A-Za-z'’-]*+)*+)[\s*\"'.!?:…]*+")
_PLACEHOLDER = re.compile(
    r"\{[^{}\s]*+\}|@\w++@|\$\w++\$|%\w++%|%(?:\([^()\s]*+\))?[-+ #0.]*+\w|(?<![a-z:]):[a-z:]++(?= )"
)
_ALPHABET = 26
_SHORTCUT = re.compile(r"&(?=[^\W_])(?!\w++;)")
_SIGNS = 40  # more than any row of signs without a word
_TWO_WORDS = re.compile(r"[^\W\d_]{2} [^\W\d_]{2}")
_PLAINLY_ENGLISH = re.compile(  # forms that other languages do not borrow, and small words beside another one
    r"(?:[^\W_]{3}(?:[^e\W_]ed|ness|less)|[^\W_]{4}ly|[^\W_]{3}ght)$|^(?:the|two|three|your|this) [a-z]+$",
    re.IGNORECASE,
)
_LEADING = frozenset("see use using write please read open click visit note".split())
_MAYBE_LATIN_RUN = re.compile(r"[ ,;][A-Za-z][A-Za-z'’-]*+(?:[ ,;]{1,2}[A-Za-z][A-Za-z'’-]*+){4}")  # few texts have it
_LATIN_RUN = re.compile(r"[A-Za-z](?<![A-Za-z'’-].)[A-Za-z'’-]*+(?:[ ,;]{1,2}[A-Za-z][A-Za-z'’-]*+){5,}+")


@rule("M101", "untranslated", "info")
def untranslated(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every message of a catalog is translated."""
    if catalog.is_template:
        return
    living = [message for message in catalog.catalog if not message.obsolete and message.msgid]
    empty = [message for message in living if not message.fuzzy and not any(_forms(message))]
    if empty:
        fix = said("translate them") if len(empty) > 1 else said("translate it")
        some = _not_translated(len(empty), len(living))
        yield Found(catalog.path, empty[0].linenum or 0, some, source=empty[0].msgid, fix=fix)
    for message in living:
        if message.msgstr and not message.fuzzy and (text := _says_nothing(message)):
            key = f"{message.msgctxt or ''}\x04-1"
            yield Found(
                catalog.path,
                message.linenum or 0,
                text,
                source=message.msgid,
                fix="translate it",
                severity="warning",
                key=key,
            )


def _not_translated(number: int, total: int) -> str:
    if total == 1:
        return said("the message is not translated")
    return said_of(
        number,
        "{number} of {total} messages is not translated",
        "{number} of {total} messages are not translated",
        total=total,
    )


def _says_nothing(message: polib.POEntry) -> str:
    """What to say of a translation that has no word where its source has some."""
    if message.msgstr.isspace():
        return "" if message.msgid.isspace() else said("the translation is a blank")
    if len(message.msgstr) > _SIGNS or any(map(_is_said, message.msgstr)) or is_code(message.msgid):
        return ""
    return said("the translation has no word") if _TWO_WORDS.search(without_syntax(message.msgid)) else ""


def _is_said(character: str) -> bool:
    """Whether a character may belong to a word or a number; a ¼ or ² alone is neither."""
    return character.isalpha() or character.isdecimal()


@rule("M102", "plural-form-missing", "warning")
def plural_form_missing(catalog: CheckedCatalog) -> Iterator[Found]:
    """A message with plurals has a text for each form, or for none."""
    for message in catalog.catalog:
        if not message.msgid_plural or message.obsolete or message.fuzzy:
            continue
        forms = _forms(message)
        if any(forms) and not all(forms):
            number = next(form for form, text in sorted(message.msgstr_plural.items()) if not text.strip())
            text = said("the plural form {number} is empty", number=number)
            key = f"{message.msgctxt or ''}\x04{number}"
            yield Found(catalog.path, message.linenum or 0, text, source=message.msgid, fix="translate it", key=key)


def _forms(message: polib.POEntry) -> list[str]:
    if message.msgid_plural:
        return [text.strip() for text in message.msgstr_plural.values()]
    return [message.msgstr]


@message_rule("M103", "unchanged-prose", "warning")
def unchanged_prose(translation: Translation) -> Iterator[Remark]:
    """No sentence stands untranslated in a translation."""
    source_language, language = _languages(translation)
    if source_language == language:
        return
    if _without_shortcuts(translation.source) == _without_shortcuts(translation.target):
        yield from _unchanged(translation)
    elif (
        _MAYBE_LATIN_RUN.search(translation.target)
        and _LATIN_RUN.search(translation.target)
        and has_han(translation.target)
        and not is_code(translation.source)
    ):
        yield from _left_in_place(translation)


def _without_shortcuts(text: str) -> str:
    """A text without the signs for the keys of a menu: &Open and O&pen are the same word."""
    return (_SHORTCUT.sub("", text) if "&" in text else text).strip()


def _languages(translation: Translation) -> tuple[str, str]:
    return translation.source_language.split("_")[0], translation.language.split("_")[0]


def _unchanged(translation: Translation) -> Iterator[Remark]:
    _, language = _languages(translation)
    if has_han(translation.source):
        if language not in ("zh", "ja", "") and not is_code(translation.source):
            yield Remark("the text is not translated", fix="translate it")
        return
    if is_code(translation.source) or language == "en":
        return  # a source without Han characters is English already
    if _is_sentence(translation.source_prose):
        is_unsure = (
            is_in_code(translation.source) or "\n" in translation.source.strip() or _is_title(translation.source)
        )
        yield Remark("the sentence is not translated", fix="translate it", severity="info" if is_unsure else None)
    elif severity := _phrase(translation, language):
        yield Remark("the text is the same in both languages", fix="translate it", severity=severity)
    elif (words := _WORDS_ALONE.fullmatch(_without_shortcuts(translation.source))) and _may_be_words(
        words[1].split(), language
    ):
        sure = language not in ("zh", "ja", "ko", "") and _PLAINLY_ENGLISH.search(words[1])
        yield Remark("the text is the same in both languages", fix="translate it", severity=None if sure else "info")


def _phrase(translation: Translation, language: str) -> Severity | None:
    """How sure it is that a few words around a link or a placeholder are a text; None where they may be names."""
    prose = _PLACEHOLDER.sub(" ", translation.source_prose)
    words = english_prose(prose)
    is_unsure_there = language in ("zh", "ja", "ko", "")
    if not words or is_in_code(translation.source):
        return None
    if (
        all(len(word) > 1 and word in STOP_WORDS for word in words)
        and len(_PLACEHOLDER.findall(translation.source)) > 1
    ):
        return "info" if is_unsure_there else "warning"  # %s of %s
    has_more = sum(map(len, words)) < sum(map(str.isalpha, translation.source))
    if words[0].casefold() in _LEADING and has_more and words[0].casefold() == _first_word(translation.source):
        return "warning"
    lower = {word for word in words if _LOWER_CASE.fullmatch(word) and 2 < len(word) < _ALPHABET}
    if is_unsure_there or not lower:
        return None
    has_syntax = sum(map(str.isalpha, prose)) < sum(map(str.isalpha, translation.source))
    return "warning" if has_syntax or (len(lower) >= 2 and len(words) >= 3) else None


def _first_word(text: str) -> str:
    return next(iter(re.findall(r"\w+", text[:40])), "").casefold()


def _is_title(text: str) -> bool:
    """Whether every word but the small ones has a capital, as in the name of a book."""
    words = [word for word in english_prose(text) if word.casefold() not in STOP_WORDS]
    return not text.rstrip().endswith((".", "?", "!")) and all(word[0].isupper() for word in words)


def _is_sentence(prose: str) -> bool:
    """Whether a text is English prose: words in a row, with small ones among them, and no list of names or output."""
    runs = [run[0] for run in _WORD_RUN.finditer(prose[:400])]
    small = max(map(stop_words, runs), default=0)
    if prose.rstrip(" \n\"'*_)").endswith((".", "?", "!")):
        return small >= 1 and any(run.count(" ") >= 2 for run in runs)
    return small >= 2 and any(run.count(" ") >= 3 for run in runs)


def _may_be_words(words: list[str], language: str) -> bool:
    """Whether words without any small one are a text rather than a name: in Chinese, names of things stay as they are."""
    if not words or not all(_LOWER_CASE.fullmatch(word) for word in words[1:]):
        return False
    if language in ("zh", "ja", "ko"):
        return len(words) >= 3
    return (
        len(words) >= 2 or _PLAINLY_ENGLISH.search(words[0]) is not None or _LOWER_CASE.fullmatch(words[0]) is not None
    )


def _left_in_place(translation: Translation) -> Iterator[Remark]:
    """A run of words of the source that stands among Chinese ones, outside of brackets and quotes."""
    for run in _LATIN_RUN.finditer(translation.target_prose):
        before = translation.target_prose[: run.start()].rstrip()[-1:]
        words = english_prose(run[0])
        lower = sum(word.islower() for word in words)
        is_named = before in tuple("(（“\"‘'《「『[*_") or lower < 0.6 * len(words)
        if stop_words(run[0]) >= 3 and not is_named and run[0].rstrip() in translation.source:
            yield Remark("a part of the text is not translated", at=run.span(), fix="translate it")
            return


@cache
def _foreign(language: str) -> re.Pattern[str]:
    """A letter of any writing that is not that of a language."""
    own = _OWN_WRITINGS.get(language, ())
    return re.compile("|".join(writing.pattern for name, writing in _WRITINGS.items() if name not in own))


@message_rule("M104", "other-language", "warning")
def other_language(translation: Translation) -> Iterator[Remark]:
    """A translation is in the language of its catalog."""
    source_language, language = _languages(translation)
    if not language or translation.source == translation.target or source_language == language:
        return
    own = _OWN_WRITINGS.get(language, ())
    if translation.target.isascii():
        if own:
            yield from _english(translation)
        return
    if not _foreign(language).search(translation.target):
        return
    if language in ("zh", "ja") and _WRITINGS["Chinese"].search(translation.target):
        own = (*own, "Japanese") if len(_WRITINGS["Japanese"].findall(translation.target)) < 3 else own
    for name, writing in _WRITINGS.items():
        if name in own:
            continue
        is_quoted = writing.search(translation.source) is not None
        if found := writing.search(translation.target_prose):
            count = len(writing.findall(translation.target_prose))
            most = 2 * count > len(_LETTER.findall(translation.target_prose))
            if most or (count > 3 and not is_quoted):
                yield Remark(_LETTERS_OF[name], at=found.span(), fix="translate it", severity=None if most else "info")
                return


def _english(translation: Translation) -> Iterator[Remark]:
    """What to say of a translation without one letter of its language's writing."""
    prose = translation.target_prose
    if is_code(translation.target) or is_in_code(translation.target):
        return
    if len(english_prose(prose)) >= 4 and stop_words(prose) >= 2:
        yield Remark("the translation is in English", fix="translate it")
