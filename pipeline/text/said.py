"""English sentences that know what they were made of, so that people can be told them in their own language.

Findings and errors are made on every floor, in English, and are English in JSON, SARIF and the baseline. Only where a person
reads them, on the top floors, `tongue` looks up their form in the catalog of the tool and fills it with the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self

Value = str | int | float
Parts = str | list[object]
LookUp = Callable[[str, str, int], str]
"""The form of a sentence in another language, by its English singular, its plural and the number that chooses."""


class Said(str):
    """An English sentence, with its ``form``, a format string, the form for ``many``, and the values that fill it."""

    __slots__ = ("form", "many", "number", "values")
    form: str
    many: str
    number: int
    values: Mapping[str, Value]

    def __new__(cls, form: str, many: str, number: int, values: Mapping[str, Value]) -> Self:
        """Return the sentence that the form for ``number`` makes of the values."""
        made = super().__new__(cls, (form if number == 1 else many).format_map(values))
        made.form, made.many, made.number, made.values = form, many, number, values
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, int, Mapping[str, Value]]]:
        # on the way to another process
        return type(self), (self.form, self.many, self.number, self.values)

    def told(self, look_up: LookUp) -> str:
        """Return the sentence in the language of ``look_up``, with what is said inside it."""
        values = {
            name: value.told(look_up) if isinstance(value, Said) else value for name, value in self.values.items()
        }
        return look_up(self.form, self.many, self.number).format_map(values)


def said(form: str, /, **values: Value) -> Said:
    """Return an English sentence made of a form and its values; the form is what `make messages` finds.

    >>> said("lecture {number} has no topic", number=3)
    'lecture 3 has no topic'
    """
    return Said(form, form, 1, values)


def sentence(text: str) -> Said:
    """Return a text that another one is to hold, translated there too: one that is in the code as it is, or said already."""
    return text if isinstance(text, Said) else said(text)


def phrase(form: str, /) -> str:
    """Return a form as it is, for a table whose forms `said` fills in later; so `make messages` finds it there."""
    return form


def said_of(number: int, one: str, many: str, /, **values: Value) -> Said:
    """Return a sentence on so many things; ``{number}`` in its forms is the number.

    >>> said_of(2, "a file is missing", "{number:,} files are missing")
    '2 files are missing'
    """
    return Said(one, many, number, {"number": number, **values})


def words_of(error: Exception) -> str:
    """Return what an exception of Python's own kind was made with; its ``str`` has forgotten what that was made of."""
    words = error.args[0] if error.args else None
    return words if isinstance(words, Said) else str(error)


def parts_of(text: str) -> Parts:
    """Return what a text is made of as JSON can hold it, for `said_again`."""
    if not isinstance(text, Said):
        return text
    values = {name: parts_of(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return [text.form, text.many, text.number, values]


def said_again(parts: object) -> str:
    """Return the text that was made of these parts.

    Raises:
        TypeError, ValueError: They are none.
    """
    if isinstance(parts, str):
        return parts
    if not isinstance(parts, list):
        raise TypeError
    form, many, number, values = parts
    return Said(
        form,
        many,
        number,
        {name: value if isinstance(value, int | float) else said_again(value) for name, value in values.items()},
    )
