"""The JSON form of what a memory suggests, fixed for everybody outside.

pydantic takes 40 ms to import: only what prints JSON imports this module.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pipeline.catalogs.suggestions import Likeness, Suggestion


class SuggestionRecord(BaseModel):
    """A pair as `bilect memory search --format json` prints it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    score: int = Field(
        ge=0, le=100, description="how much of the text is alike, in per cent; 100 where nothing differs"
    )
    likeness: Likeness = Field(
        description="exact, or what alone differs: spelling (case, blanks, punctuation), numbers, markup; similar where "
        "words do; contains where the text stands inside a longer one"
    )
    text: str = Field(description="in the language of the query")
    translation: str = Field(description="in the other language")
    source_locale: str = Field(description="the locale that was translated: zh_CN, en …")
    target_locale: str = Field(description="the locale that it was translated into")
    is_reversed: bool = Field(description="whether text is the translation, and translation what was translated")
    reviewed: bool = Field(description="false where it is fuzzy in its catalog")
    context: str | None = Field(description="the msgctxt of its message")
    origin: str = Field(description="the file that it is from, relative to the project inside one")
    place: str = Field(description="where the text stands, page:line, where that is known")
    date: str = Field(description="when it was translated or imported, as gettext writes it; may be empty")
    times: int = Field(ge=1, description="in how many places the memory has it")


_SUGGESTIONS = TypeAdapter(list[SuggestionRecord])


def suggestions_json(found: Iterable[Suggestion]) -> str:
    """Return the JSON array of suggestions, in their order."""
    return _SUGGESTIONS.dump_json([_record(each) for each in found], indent=2).decode()


def _record(suggestion: Suggestion) -> SuggestionRecord:
    pair = suggestion.pair
    return SuggestionRecord(
        score=suggestion.score,
        likeness=suggestion.likeness,
        text=suggestion.source,
        translation=suggestion.target,
        source_locale=pair.source_locale,
        target_locale=pair.target_locale,
        is_reversed=suggestion.is_reversed,
        reviewed=pair.reviewed,
        context=pair.context,
        origin=pair.origin,
        place=pair.place,
        date=pair.date,
        times=suggestion.times,
    )
