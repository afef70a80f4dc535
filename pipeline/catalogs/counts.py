"""How much of a catalog is translated: messages, English words and Chinese characters by what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.text.markup import plain
from pipeline.text.script import HAN, has_han

State = Literal["translated", "fuzzy", "untranslated"]
Measure = Literal["words", "characters"]

# A Han character, or a word or number between Han characters, as word processors count 字数, but without punctuation.
_CHARACTER = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:[.'’-][^\W_{HAN}]+)*")
_ENOUGH = 200  # messages that tell the language of a catalog's sources


class Tally(NamedTuple):
    """A message that is counted: what became of it, and the length of its source in the measure of its catalog."""

    state: State
    length: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of messages, and the length of their sources; each source is measured in words or in characters."""

    messages: int = 0
    words: int = 0
    characters: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.messages + other.messages, self.words + other.words, self.characters + other.characters)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of messages."""

    translated: Amount = Amount()
    fuzzy: Amount = Amount()
    untranslated: Amount = Amount()

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.translated + other.translated, self.fuzzy + other.fuzzy, self.untranslated + other.untranslated
        )

    @property
    def total(self) -> Amount:
        """All messages."""
        return self.translated + self.fuzzy + self.untranslated

    @property
    def left(self) -> Amount:
        """The messages that wait for a person."""
        return self.fuzzy + self.untranslated

    @property
    def percent(self) -> int:
        """How many of a hundred messages are translated, rounded down; 100 without messages."""
        return 100 * self.translated.messages // self.total.messages if self.total.messages else 100


def measure_of(catalog: Catalog, language: str) -> Measure:
    """Return how the sources of a catalog into ``language`` are measured: English ones in words, Chinese ones in characters.

    What is translated into English is Chinese here, and the other way round; for other languages the sources say it.
    """
    if language.startswith(("en", "zh")):
        return "characters" if language.startswith("en") else "words"
    chinese = [has_han(message.msgid) for message in islice(catalog, _ENOUGH)]
    return "characters" if 2 * sum(chinese) > len(chinese) else "words"


def tallies(catalog: Catalog, measure: Measure) -> list[Tally]:
    """Return what is counted of the messages, in their order; obsolete ones are left out.

    Words are what stands between blanks, without markup, as for ``wc`` and Weblate.

    >>> from pipeline.catalogs.po import read_catalog
    >>> tallies(read_catalog('msgid "the **[last](b.md)** word"\\nmsgstr ""\\n'.encode()), "words")
    [Tally(state='untranslated', length=3)]
    """
    length = _characters if measure == "characters" else _words
    return [Tally(state_of(message), length(message.msgid)) for message in catalog if not message.obsolete]


def state_of(message: polib.POEntry) -> State:
    """Return what became of a message; one of several forms is translated when all of them are."""
    forms = message.msgstr_plural
    if not (all(forms.values()) if forms else message.msgstr):
        return "untranslated"
    return "fuzzy" if "fuzzy" in message.flags else "translated"


def counts_of(counted: Iterable[Tally], measure: Measure) -> Counts:
    """Return the sums of what was counted in ``measure``."""
    messages: dict[State, int] = {"translated": 0, "fuzzy": 0, "untranslated": 0}
    lengths = dict(messages)
    for state, length in counted:
        messages[state] += 1
        lengths[state] += length

    def amount(state: State) -> Amount:
        if measure == "words":
            return Amount(messages[state], words=lengths[state])
        return Amount(messages[state], characters=lengths[state])

    return Counts(amount("translated"), amount("fuzzy"), amount("untranslated"))


def _words(text: str) -> int:
    return len(plain(text).split())


def _characters(text: str) -> int:
    return len(_CHARACTER.findall(plain(text)))
