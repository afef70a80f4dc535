"""`bilect.toml` (or `[tool.bilect]` of pyproject.toml) and `course.toml`: every key has a default, no key is unknown.

pydantic takes 40 ms to import: only commands that open a project import this module.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic import model_validator as validator_of_model

from pipeline.align.course import PinKey
from pipeline.catalogs.template import References, references_named
from pipeline.model import Language, PipelineError, Severity, Texts
from pipeline.project.toml import line_of, toml_document
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.text.said import said, words_of
from pipeline.text.script import has_han
from pipeline.text.series import listed
from pipeline.text.suggestion import did_you_mean
from pipeline.validator.acceptance import Acceptance
from pipeline.validator.pins import Pin

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ADDRESS = re.compile(r"(?:[^\s@<>]+@[^\s@<>]+|https?://[^\s<>]+)?")


def _inside(folder: str) -> str:
    if not folder or folder.startswith("/") or ".." in folder.split("/") or "\\" in folder or ":" in folder:
        raise ValueError(said("should be a folder inside the project, written with /"))
    return PurePosixPath(folder).as_posix()


def _file(path: str) -> str:
    return _inside(path) if path else ""


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError(
            said("should be an address of mail or of a page: name@example.org, https://example.org/issues")
        )
    return text


def _preset(name: str) -> str:
    if name not in LIMITS:
        raise ValueError(said("should be one of {names}", names=listed(LIMITS)))
    return name


def _by_language(title: object) -> object:
    return {"zh" if has_han(title) else "en": title} if isinstance(title, str) else title


def _reference_form(value: object) -> object:
    return value if type(value) is int and value > 0 else references_named(str(value))


Folder = Annotated[str, AfterValidator(_inside)]
Number = Annotated[int, Field(ge=0)]
Width = Annotated[float, Field(ge=4, le=500)]
Speed = Annotated[float, Field(gt=0, le=1_000)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _LinkTable(_Table):
    before: Words = Field(alias="from")
    after: str = Field(alias="to")


class _CheckTable(_Table):
    baseline: Annotated[str, AfterValidator(_file)] = ""
    per_file: Mapping[Words, tuple[Words, ...]] = Field(default_factory=dict, alias="per-file")
    optional: tuple[Words, ...] = ()
    select: tuple[Words, ...] = ()
    ignore: tuple[Words, ...] = ()
    severity: Mapping[Words, Severity] = Field(default_factory=dict)


class _SubtitlesTable(_Table):
    preset: Annotated[str, AfterValidator(_preset)] = "netflix"
    english_width: Width | None = None
    chinese_width: Width | None = None
    lines: Annotated[int, Field(ge=1, le=10)] | None = None
    english_speed: Speed | None = None
    chinese_speed: Speed | None = None
    shortest: Number | None = None
    longest: Number | None = None
    gap: Number | None = None
    final_stops: bool | None = None
    wrap: bool | None = None

    @validator_of_model(mode="after")
    def _is_a_span(self) -> _SubtitlesTable:
        if self.limits.shortest > self.limits.longest:
            raise ValueError(said("should have a longest that is no less than its shortest"))
        return self

    @property
    def limits(self) -> Limits:
        """The limits of the preset, but for what the table says itself."""
        return LIMITS[self.preset]._replace(**self.model_dump(exclude={"preset"}, exclude_none=True))


class Config(_Table):
    """What a project may set; folders are relative to its root.

    ``front_matter`` names keys whose values are prose besides those known, ``front_matter_skip`` those that are not.
    ``context`` keeps equal texts apart as messages, by their section or kind. ``code`` is what of code blocks is
    translated, for all or by language.
    ``bilingual`` says whether a text that says the same in both languages is one message, or its half in the language of
    the page is.
    ``references`` says how templates name the place of a message: with its line, its file only, not at all, or with the
    line rounded down to a multiple of a number.
    ``heading_ids`` says which translated headings keep the id of their source, written as the ``dialect`` of the pages
    has it; ``links`` which beginnings of addresses are replaced in translated pages.
    ``bugs`` is the address, of mail or of a page, to which translators report mistakes in the sources.
    ``memory`` says whether catalogs that are brought up to date are filled from the memory of the project.
    ``exports`` names what a run makes besides what it always makes; ``paper`` is that of PDF.
    ``fuzzy`` says what exports show where a translation is fuzzy: it, it with a mark, or the source. ``jobs`` is the
    number of processes; 0 means one a core. ``check.per_file`` says by patterns of paths which rules are accepted,
    ``check.optional`` which rules look that are off by default. ``check.select`` names the only rules whose findings are
    told, ``check.ignore`` those whose are not, and ``check.severity`` how grave those of a rule are. ``check.baseline`` is
    the file that lists what is let pass. ``subtitles`` is how much cues may hold and how long they are shown: a
    preset, and what is other than in it (see `Limits`).
    """

    source: Folder = "source_docs"
    locales: Folder = "locales"
    build: Folder = "build"
    front_matter: tuple[Words, ...] = ()
    front_matter_skip: tuple[Words, ...] = ()
    context: Literal["none", "section", "kind"] = "none"
    code: Literal["none", "comments", "all"] | Mapping[str, Literal["none", "comments", "all"]] = "none"
    bilingual: Literal["keep", "pair"] = "keep"
    references: Annotated[References, BeforeValidator(_reference_form)] = "full"
    heading_ids: Literal["keep", "linked", "none"] = "linked"
    dialect: Literal["auto", "github", "kramdown", "hugo", "mkdocs", "pandoc"] = "auto"
    links: tuple[_LinkTable, ...] = ()
    memory: bool = False
    fuzzy: Literal["use", "mark", "source"] = "source"
    exports: tuple[Words, ...] = ()
    paper: Literal["a4", "letter"] = "a4"
    bugs: Annotated[str, AfterValidator(_address)] = ""
    jobs: Number = 1
    check: _CheckTable = _CheckTable()
    subtitles: _SubtitlesTable = _SubtitlesTable()

    @validator_of_model(mode="after")
    def _folders_are_apart(self) -> Config:
        folders = [PurePosixPath(folder) for folder in (self.source, self.locales, self.build)]
        for one, other in permutations(folders, 2):
            if one.is_relative_to(other):
                raise ValueError(
                    said(
                        "source, locales and build should be apart: {one} is in {other}", one=str(one), other=str(other)
                    )
                )
        return self


class _AcceptTable(_Table):
    rule: Words
    reason: Words
    page: str = ""
    line: Number = 0
    text: str = ""


class _PinTable(_Table):
    lecture: Number | Words | None = None
    topic: Number | Words | None = None
    en: Number | Words | None = None
    zh: Number | Words | None = None

    @validator_of_model(mode="after")
    def _is_a_pair(self) -> _PinTable:
        if self.model_fields_set not in ({"lecture", "topic"}, {"en", "zh"}):
            raise ValueError(said("should have lecture and topic, or en and zh"))
        return self


class _CourseTable(_Table):
    title: Annotated[Mapping[Literal["en", "zh"], Words], BeforeValidator(_by_language)] = Field(default_factory=dict)
    codes: tuple[Words, ...] = ()
    languages: tuple[Language, ...] = ()
    accept: tuple[_AcceptTable, ...] = ()
    pin: tuple[_PinTable, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseSettings:
    """What a course.toml says of its course.

    ``pins`` are pairs that the aligner shall make: ``topic_pins`` are (lecture, topic), ``lecture_pins`` (English
    lecture, Chinese lecture).
    """

    titles: Texts
    codes: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    pins: tuple[Pin, ...] = ()

    @property
    def topic_pins(self) -> tuple[tuple[PinKey, PinKey], ...]:
        """The pins of lectures and topics."""
        return tuple((pin.left, pin.right) for pin in self.pins if pin.sides == ("lecture", "topic"))

    @property
    def lecture_pins(self) -> tuple[tuple[PinKey, PinKey], ...]:
        """The pins of English and Chinese lectures."""
        return tuple((pin.left, pin.right) for pin in self.pins if pin.sides == ("en", "zh"))


def config_of(data: bytes, path: str, tables: Sequence[str] = ()) -> Config | None:
    """Return the configuration in a file, under ``tables`` (``("tool", "bilect")``); None when there is no such table.

    Raises:
        PipelineError: It is no TOML, or a key is unknown or has a value that it cannot have.
    """
    document: object = toml_document(data, path)
    for name in tables:
        document = document.get(name) if isinstance(document, dict) else None
    if document is None:
        return None
    lines = data.decode("utf-8-sig").splitlines()
    start = line_of(lines, [".".join(tables)]) - 1 if tables else 0
    try:
        return Config.model_validate(document)
    except ValidationError as error:
        raise _mistake(error, Config, path, lines[start:], start) from error


def course_settings(data: bytes, path: str) -> CourseSettings:
    """Return what a course.toml says.

    Raises:
        PipelineError: It is no TOML, or a key is unknown or has a value that it cannot have.
    """
    document = toml_document(data, path)
    lines = data.decode("utf-8-sig").splitlines()
    try:
        table = _CourseTable.model_validate(document)
    except ValidationError as error:
        raise _mistake(error, _CourseTable, path, lines) from error
    return CourseSettings(
        titles={str(language): title for language, title in table.title.items()},
        codes=table.codes,
        languages=table.languages,
        acceptances=tuple(
            Acceptance(**accept.model_dump(), at=line_of(lines, ("accept", index)))
            for index, accept in enumerate(table.accept)
        ),
        pins=tuple(_pin(pin, line_of(lines, ("pin", index))) for index, pin in enumerate(table.pin)),
    )


def _pin(table: _PinTable, line: int) -> Pin:
    if table.lecture is not None and table.topic is not None:
        return Pin(("lecture", "topic"), table.lecture, table.topic, line)
    return Pin(("en", "zh"), table.en or 0, table.zh or 0, line)


_NESTED: Mapping[str, type[_Table]] = {
    "accept": _AcceptTable,
    "pin": _PinTable,
    "links": _LinkTable,
    "check": _CheckTable,
    "subtitles": _SubtitlesTable,
}


_TRUTH, _INTEGER = said("should be true or false"), said("should be a whole number")
_NUMBER, _TEXT = said("should be a number"), said("should be a text in quotes")
_LIST, _TABLE = said("should be a list in square brackets"), said("should be a table")
_COMPLAINTS: Mapping[str, str] = {
    **dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _INTEGER),
    **dict.fromkeys(("float_type", "float_parsing"), _NUMBER),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _TABLE),
    "string_type": _TEXT,
    "tuple_type": _LIST,
    "string_too_short": said("should not be empty"),
}
_OF_PYDANTIC = re.compile(r"literal\[|constrained-|mapping\[|dict\[")  # steps that are no keys, but members of a union


def _mistake(
    error: ValidationError, model: type[_Table], path: str, lines: Sequence[str], start: int = 0
) -> PipelineError:
    """Return the most telling of pydantic's complaints in the words of a person who wrote TOML."""
    # a misspelt key is also a missing one: say the slip
    first = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
    location = [step for step in first["loc"] if step != "[key]" and not _OF_PYDANTIC.match(str(step))]
    keys = [step for step in location if isinstance(step, str)]
    key, table = (keys[-1] if keys else ""), _NESTED.get(keys[0] if len(keys) > 1 else "", model)
    line = start + line_of(lines, location)
    if first["type"] == "extra_forbidden":
        known = [field.alias or name for name, field in table.model_fields.items()]
        remedy = did_you_mean(key, known) or said("known keys: {keys}", keys=listed(known))
        return PipelineError(said("unknown key {key!r}", key=key), path=path, line=line, remedy=remedy)
    if first["type"] == "missing":
        message = said("[[{table}]] has no {key!r}", table=keys[0], key=key)
        return PipelineError(message, path=path, line=line, remedy=said("write {key} = …", key=key))
    words = _complaint(first)
    if not keys:
        return PipelineError(words, path=path, line=line)
    if isinstance(location[-1], int):
        return PipelineError(said("[[{table}]] {complaint}", table=key, complaint=words), path=path, line=line)
    message = said("{key} {complaint}, not {value}", key=".".join(keys), complaint=words, value=repr(first["input"]))
    return PipelineError(message, path=path, line=line)


def _complaint(details: ErrorDetails) -> str:
    """What is wrong with a value, in the words of TOML; what pydantic says of others stays in its own."""
    kind, context = details["type"], details.get("ctx", {})
    if kind in _COMPLAINTS:
        return _COMPLAINTS[kind]
    match kind:
        case "value_error":
            return words_of(context["error"])
        case "literal_error" | "enum":
            some, _, last = str(context["expected"]).rpartition(" or ")
            return (
                said("should be {some} or {last}", some=some, last=last) if some else said("should be {one}", one=last)
            )
        case "greater_than_equal":
            return said("should be greater than or equal to {least:g}", least=context["ge"])
        case "greater_than":
            return said("should be greater than {least:g}", least=context["gt"])
        case "less_than_equal":
            return said("should be less than or equal to {most:g}", most=context["le"])
        case _:
            return details["msg"].removeprefix("Input ")
