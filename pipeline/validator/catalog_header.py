"""What the header of a catalog should say: its fields, that they are there once, and in the form that tools read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from pipeline.catalogs.message import SourcedMessage
from pipeline.text.lazily import lazily
from pipeline.text.said import said
from pipeline.text.series import listed
from pipeline.text.suggestion import did_you_mean
from pipeline.validator.base import Found, rule
from pipeline.validator.messages import CheckedCatalog

# Those that gettext's own check asks for, then those that only some tools use.
_DEMANDED = (
    "Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
)  # fmt: skip
_WISHED = ("Report-Msgid-Bugs-To", "POT-Creation-Date")
_KNOWN = (*_DEMANDED, *_WISHED, "Plural-Forms", "Generated-By")
_LINE = re.compile(r"([^:\s][^:]*):[ \t]*(.*)")
_MARKER = re.compile(r"#-#-#-#-#")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffd]")


class Field(NamedTuple):
    """A line of a header; ``name`` is empty where it is no field, ``line`` is that of the file."""

    name: str
    value: str
    line: int


def header_fields(catalog: CheckedCatalog) -> tuple[Field, ...]:
    """Return the lines of the header in their order; nothing without a header."""
    head = catalog.catalog.head
    if head is None:
        return ()
    text = head.msgstr or head.msgstr_plural.get(0, "")
    places = _lines_of_fields(head)
    fields = []
    for line in filter(str.strip, text.split("\n")):
        found = _LINE.fullmatch(line)
        name, value = (found[1].strip(), found[2].strip()) if found else ("", line.strip())
        fields.append(Field(name, value, places.get(line[:20], head_line(catalog))))
    return tuple(fields)


def _lines_of_fields(head: SourcedMessage) -> dict[str, int]:
    first = head.source.line_at(head.start)
    lines = enumerate(head.text.split("\n"), first)
    return {line.strip()[1:-1].removesuffix("\\n")[:20]: number for number, line in reversed(list(lines))}


def head_line(catalog: CheckedCatalog) -> int:
    """Return the line of the header, 1 without one."""
    head = catalog.catalog.head
    return (head.linenum or 1) if head else 1


@rule("PO110", "header-field-missing", "warning")
def header_field_missing(catalog: CheckedCatalog) -> Iterator[Found]:
    """A catalog begins with a header that has all fields that gettext asks for."""
    if catalog.catalog.head is None:
        if not catalog.catalog and catalog.catalog.findings:
            return  # it cannot be read, which is told elsewhere
        yield Found(
            catalog.path,
            1,
            "the catalog has no header",
            fix="bilect update writes one; else copy that of another catalog",
        )
        return
    names = {field.name for field in header_fields(catalog)}
    if missing := [name for name in (*_DEMANDED, *_WISHED) if name not in names]:
        yield Found(
            catalog.path,
            head_line(catalog),
            said("the header lacks {fields}", fields=listed(missing))
            if len(missing) > 1
            else said("the header has no {field}", field=missing[0]),
            fix=said('write "{field}: …\\n" into the header', field=missing[0]),
            severity=None if set(missing) & set(_DEMANDED) else "info",
        )


@rule("PO111", "header-boilerplate", "warning")
def header_boilerplate(catalog: CheckedCatalog) -> Iterator[Found]:
    """Nothing in the header is left as xgettext writes it for a person to fill in."""
    ready = _READY if catalog.is_template else _READY | _FILLED_IN
    for field in header_fields(catalog):
        wanted = ready.get(field.name)
        if wanted and wanted.search(field.value):
            message = said("{field} is still “{value}”", field=field.name, value=field.value)
            yield Found(catalog.path, field.line, message, target=field.value, fix="fill it in")
    comment = _COMMENT if catalog.is_template else _COMMENT_OF_CATALOG
    if found := comment.search(catalog.catalog.header or ""):
        message = said("the comment above the header still says “{words}”", words=found[0])
        yield Found(catalog.path, 1, message, target=found[0], fix="fill it in, or delete the line")


_READY = {
    "Project-Id-Version": re.compile(r"^(?:PACKAGE|PROJECT) VERSION$"),
    "Report-Msgid-Bugs-To": re.compile("EMAIL@ADDRESS"),
    "POT-Creation-Date": re.compile("YEAR-MO-DA"),
}
_FILLED_IN = {
    "PO-Revision-Date": re.compile("YEAR-MO-DA"),
    "Last-Translator": re.compile("FULL NAME|EMAIL@ADDRESS"),
    "Language-Team": re.compile("LL@li[.]org|EMAIL@ADDRESS"),
    "Content-Type": re.compile("charset=CHARSET"),
    "Plural-Forms": re.compile("=INTEGER|=EXPRESSION"),
}
_COMMENT = re.compile(r"\bPACKAGE package\b|\bTHE PACKAGE'S COPYRIGHT HOLDER\b|\bCopyright \S+ YEAR\b")
_COMMENT_OF_CATALOG = re.compile(rf"{_COMMENT.pattern}|\bFIRST AUTHOR\b|<EMAIL@ADDRESS>|(?<=>), YEAR\b")


@rule("PO112", "header-field-repeated", "warning")
def header_field_repeated(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every field of the header stands in it once."""
    fields = header_fields(catalog)
    counts = Counter(field.name for field in fields if field.name)
    seen: set[str] = set()
    for field in fields:
        if counts[field.name] > 1 and field.name in seen:
            message = said(
                "{field} stands in the header {number} times; tools read the first",
                field=field.name,
                number=counts[field.name],
            )
            yield Found(catalog.path, field.line, message, target=field.value, fix="keep the one that is right")
            counts[field.name] = 1
        seen.add(field.name)


@rule("PO113", "header-field-unknown", "info")
def header_field_unknown(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every line of the header is a field that gettext knows, or one that begins with X-."""
    fields = header_fields(catalog)
    names = {field.name for field in fields}
    for field in fields:
        if not field.name:
            if not _MARKER.search(field.value):
                message = said("this line of the header is no field: {line}", line=field.value)
                yield Found(
                    catalog.path,
                    field.line,
                    message,
                    target=field.value,
                    fix="write it as Name: value, or delete it",
                    severity="warning",
                )
        elif field.name not in _KNOWN and not field.name.lower().startswith("x-"):
            fix = did_you_mean(field.name, [name for name in _KNOWN if name not in names])
            message = said("gettext knows no field {field}", field=field.name)
            fix = fix or said("call it X-{field}", field=field.name)
            yield Found(catalog.path, field.line, message, target=field.value, fix=fix)


@rule("PO114", "header-flag", "warning")
def header_flag(catalog: CheckedCatalog) -> Iterator[Found]:
    """The header of a catalog has no flags: a fuzzy one makes some programs leave out the whole catalog."""
    head = catalog.catalog.head
    if head is None:
        return
    for flag, count in Counter(head.flags).items():
        if flag == "fuzzy" and count == 1 and catalog.is_template:
            continue
        message = (
            said("the header is marked as {flag} {number} times", flag=flag, number=count)
            if count > 1
            else said("the header is marked as {flag}", flag=flag)
        )
        yield Found(catalog.path, head_line(catalog), message, target=flag, fix="delete the #, line above the header")


@rule("PO115", "header-misplaced", "warning")
def header_misplaced(catalog: CheckedCatalog) -> Iterator[Found]:
    """The header is the first message of its catalog, and nothing but a header."""
    head = catalog.catalog.head
    if head is None:
        return
    line = head_line(catalog)
    if catalog.catalog.after_head:
        yield Found(catalog.path, line, "the header does not come first", fix="move it to the top of the file")
    if head.occurrences:
        path = head.occurrences[0][0]
        message = said("the header has a reference, {path}: an empty text is marked for translation there", path=path)
        fix = said("do not translate the empty text in {path}, and delete the #: line", path=path)
        yield Found(catalog.path, line, message, fix=fix)
    if head.msgid_plural or head.msgstr_plural:
        yield Found(catalog.path, line, "the header has plural forms", fix="write its fields into one msgstr")
    for character in dict.fromkeys(_CONTROL.findall(head.msgstr)):
        message = said("the header holds the character U+{code:04X}, which nobody sees", code=ord(character))
        yield Found(catalog.path, line, message, fix="delete it")


# --- the values of fields

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)(?::\d\d)?([+-]\d{4})")
_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:[.]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")
_ADDRESS = re.compile(r"(?<![^\s<>@])[^\s<>@]++@([^\s<>@]++)")
_RESERVED = re.compile(r"(?:^|[.])(?:example(?:[.](?:com|net|org))?|invalid|test|localhost)$", re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"text/plain;\s*charset=[^\s;]+", re.IGNORECASE)
_GETTEXT, _LAST_YEAR = datetime(1995, 7, 2, tzinfo=UTC), 2099


@rule("PO116", "header-field-invalid", "warning")
def header_field_invalid(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every field of the header has a value in the form that tools read."""
    for field in header_fields(catalog):
        complaint = None
        if field.name in ("PO-Revision-Date", "POT-Creation-Date"):
            complaint = _of_date(field)
        elif field.name in _FIXED:
            due, pattern = _FIXED[field.name]
            if not pattern.fullmatch(field.value):
                complaint = said("{field} is not {due}", field=field.name, due=due), said("write {due}", due=due)
        if field.name == "Content-Type" and not complaint and not catalog.catalog.findings:
            complaint = _of_charset(field, catalog.language)
        if complaint:
            yield Found(catalog.path, field.line, complaint[0], target=field.value, fix=complaint[1])


_FIXED = {
    "MIME-Version": ("1.0", re.compile(r"1[.]0")),
    "Content-Transfer-Encoding": ("8bit", re.compile("8bit", re.IGNORECASE)),
    "Content-Type": ("text/plain; charset=UTF-8", _CONTENT_TYPE),
}


# Those that gettext calls portable (po_charset).
_PORTABLE = lazily(
    r"UTF-8|(?:US-)?ASCII|ISO[-_]8859-(?:[1-9]|1[345])|KOI8-[RUT]|CP(?:8(?:50|66|74)|9(?:32|49|50)|125\d)|GB2312|GBK|GB18030|"
    r"EUC-(?:JP|KR|TW)|BIG5(?:-HKSCS)?|SHIFT_JIS|JOHAB|TIS-620|VISCII|GEORGIAN-PS|CHARSET",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"(?:UTF|GB|EUC|BIG5|CP9|SHIFT|JOHAB|CHARSET)", re.IGNORECASE)


def _of_charset(field: Field, language: str) -> tuple[str, str] | None:
    name, charset = field.name, field.value.partition("=")[2].strip()
    if not _PORTABLE.fullmatch(charset):
        message = said("{field} names the charset {charset}, which not every system knows", field=name, charset=charset)
    elif language.startswith("zh") and not _CHINESE.match(charset):
        message = said(
            "{field} names the charset {charset}, which has no Chinese characters", field=name, charset=charset
        )
    else:
        return None
    return message, said("save the file as UTF-8, and say so")


def _of_date(field: Field) -> tuple[str, str] | None:
    """What is wrong with a date, and what to do; boilerplate is told by another rule."""
    if "YEAR" in field.value:
        return None
    name, value = field.name, field.value
    if not value:
        fix = said("write YYYY-MM-DD HH:MM+ZZZZ; editors do so when they save")
        return said("{field} is empty", field=name), fix
    found = _DATE.fullmatch(value)
    if found is None:
        message = said("{field} is “{value}”, which tools cannot compare", field=name, value=value)
        return message, said("write {due}", due=_mended(value))
    try:
        moment = datetime.strptime(f"{value[:16]}{found[6]}", "%Y-%m-%d %H:%M%z")
    except ValueError:
        message = said("{field} is “{value}”, which no calendar has", field=name, value=value)
        return message, said("write YYYY-MM-DD HH:MM+ZZZZ")
    if moment < _GETTEXT:
        message = said("{field} is “{value}”, before there was gettext", field=name, value=value)
    elif moment.year > _LAST_YEAR:  # a rule asks no clock: the same catalog has the same findings tomorrow
        message = said("{field} is “{value}”, in the future", field=name, value=value)
    else:
        return None
    return message, said("write the date of the last change")


def _mended(value: str) -> str:
    found = _ISO_DATE.fullmatch(value)
    if found is None:
        return "YYYY-MM-DD HH:MM+ZZZZ"
    zone = (found[3] or "+0000").replace("Z", "+0000").replace(":", "")
    return f"{found[1]} {found[2]}{zone}"


@rule("PO117", "header-contact", "info")
def header_contact(catalog: CheckedCatalog) -> Iterator[Found]:
    """The header names the project with its version, and people by addresses that reach them."""
    fields = header_fields(catalog)
    for field in fields:
        if field.name == "Project-Id-Version":
            complaint = _of_project(field)
        elif field.value and field.name in ("Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"):
            complaint = _of_address(field)
        else:
            continue
        if complaint:
            yield Found(catalog.path, field.line, complaint, target=field.value, fix="write what is missing")
    addresses = {field.name: found[0] for field in fields if (found := _address(field.value))}
    if "Language-Team" in addresses and addresses["Language-Team"] == addresses.get("Last-Translator"):
        line, address = next((field.line, addresses[field.name]) for field in fields if field.name == "Language-Team")
        message = said("Language-Team and Last-Translator are the same address, {address}", address=address)
        yield Found(catalog.path, line, message, fix="name the list or the page of the team, or leave it empty")


def _of_project(field: Field) -> str:
    value = field.value
    if not value:
        return said("{field} has no name of a project, it is empty", field=field.name)
    if not re.search(r"[^\W\d_]", value):
        return said("{field} has no name of a project", field=field.name)
    is_told = _READY["Project-Id-Version"].search(value) or re.search(r"\d", value)
    return "" if is_told else said("{field} is “{value}”, without a version", field=field.name, value=value)


def _of_address(field: Field) -> str:
    found = _address(field.value)
    if found is None:
        is_page = "://" in field.value
        needs_one = field.name == "Last-Translator" or (field.name == "Report-Msgid-Bugs-To" and not is_page)
        without = said("{field} is “{value}”, without an address", field=field.name, value=field.value)
        return without if needs_one else ""
    if found[0] in ("EMAIL@ADDRESS", "LL@li.org"):
        return ""
    domain = found[1].rstrip(".,;)")
    if _RESERVED.search(domain) or "." not in domain:
        return said("{field} has the address {address}, which reaches nobody", field=field.name, address=found[0])
    return ""


def _address(value: str) -> re.Match[str] | None:
    return _ADDRESS.search(value) if "@" in value else None
