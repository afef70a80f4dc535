"""Glossaries as tables: CSV as people and programs write it, read by the names of its columns, appended to as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import PipelineError
from pipeline.text.encoding import NotTextError, decoded
from pipeline.text.printable import one_line
from pipeline.text.said import said, said_of, words_of
from pipeline.text.script import has_han
from pipeline.text.terms import Status, Term, term_key

COLUMNS = ("en", "zh_CN", "zh_TW", "pos", "note", "forbidden", "case", "status")

_NAMES: Mapping[str, str] = {
    "en": "en enus engb english eng term source 英文 英语 英語 原文 术语 術語 英文术语 英文術語 英文名 源语言",
    "zh_CN": "zhcn zh zhhans chinese simplified simplifiedchinese translation target 中文 译文 译名 翻译 中译 简体 简体中文"
    " 中文术语 中文名 中文翻译 推荐译法 目标语言",
    "zh_TW": "zhtw zhhant zhhk traditional traditionalchinese 繁体 繁體 繁体中文 繁體中文 正體中文 譯文 譯名",
    "pos": "pos partofspeech wordclass 词性 詞性",
    "note": "note notes comment comments remark definition description explanation 备注 備註 说明 說明 注释 定义",
    "forbidden": "forbidden forbiddenrenderings forbiddentranslations avoid banned donotuse wrong deprecated 禁用 禁用译法"
    " 禁用譯法 禁止 不用 不要用 错误译法 误译",
    "case": "case casesensitive matchcase 大小写 大小寫 区分大小写 區分大小寫",
    "status": "status state 状态 狀態",
}  # fmt: skip
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names.split()}
_STATUSES: Mapping[Status, str] = {
    "approved": "approved yes final done 批准 已批准 核准 确认 已确认 已审核 已審核",
    "proposed": "proposed draft new suggested candidate 建议 提议 候选 待定 待审核 草稿",
}
_STATUS_OF: Mapping[str, Status] = {
    "": "approved", **{word: status for status, words in _STATUSES.items() for word in words.split()}
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "x", "sensitive", "是", "区分", "區分", "✓"})
_NO = frozenset({"", "no", "n", "false", "0", "insensitive", "否", "不区分", "不區分"})
_ACRONYM = re.compile(r"\b[A-Z]+[a-z]*[A-Z]|\b[a-z]+[A-Z]")
_BETWEEN = re.compile(r"\s*[;；|、，\n]\s*|\s+/\s+")
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_MOST_TROUBLES = 20  # rows that are told one by one
_LARGEST_FIELD = 1 << 20


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a file in their order, and the rows that are none."""

    terms: tuple[Term, ...]
    troubles: tuple[PipelineError, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is written: where its columns are, by name, and its rows with their 1-based lines.

    ``titles`` are its first row, empty where that is a term already.
    """

    delimiter: str
    titles: tuple[str, ...]
    columns: Mapping[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def decoded_text(data: bytes, path: str) -> str:
    """Return the text of a glossary in any encoding that is read.

    Raises:
        PipelineError: It is no text, is empty, or holds the marks of a merge conflict.
    """
    try:
        text = decoded(data).text
    except NotTextError as error:
        message = said("this is not a text: {why}", why=words_of(error))
        raise PipelineError(message, path=path, remedy="save it as UTF-8") from error
    if not text.strip():
        raise PipelineError("is empty", path=path, remedy="restore the file, or leave it out")
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise PipelineError("holds the marks of a merge conflict", path=path, line=line, remedy="decide it first")
    return text


def read_glossary(data: bytes, path: str = "") -> Glossary:
    """Return the terms of a table with commas, semicolons or tabs; a row that is none is told and left out.

    Columns are known by their titles, in English or Chinese; without titles the first is English and the second Chinese,
    or as their texts say. In a cell several renderings are parted by ``;``, ``|``, ``、`` or a ``/`` between blanks.

    Raises:
        PipelineError: It is no text or no table, or has no column for English and one for Chinese.
    """
    table = table_of(decoded_text(data, path), path)
    terms: list[Term] = []
    troubles: list[PipelineError] = []
    for line, row in table.rows:
        cells = {name: row[place].strip() for name, place in table.columns.items() if place < len(row)}
        if not any(cells.values()):
            continue
        try:
            terms.append(_term(cells, path, line))
        except PipelineError as error:
            troubles.append(error)
    return Glossary(tuple(terms), _bounded(troubles, path))


def _bounded(troubles: list[PipelineError], path: str) -> tuple[PipelineError, ...]:
    if len(troubles) <= _MOST_TROUBLES:
        return tuple(troubles)
    more = len(troubles) - _MOST_TROUBLES
    message = said_of(more, "{number} more row is left out", "{number} more rows are left out")
    return (*troubles[:_MOST_TROUBLES], PipelineError(message, path=path))


def table_of(text: str, path: str) -> Table:
    """Return the table that a text is.

    Raises:
        PipelineError: It has no two columns, none for English or for Chinese, or a quote that is never closed.
    """
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max("\t,;", key=first.count)
    if delimiter not in first:
        remedy = said("write a table with the columns en and zh_CN, parted by commas")
        raise PipelineError("is no table: its first row is one cell", path=path, remedy=remedy)
    rows = tuple(_rows(text, delimiter, path))
    titles = rows[0][1] if rows else ()
    columns = columns_of(titles)
    if "en" in columns and len(columns.keys() & {"zh_CN", "zh_TW", "forbidden"}):
        return Table(delimiter, titles, columns, rows[1:])
    if columns.keys() - {"note"}:
        message = said("has no column for Chinese (zh_CN)")
        if "en" not in columns:
            message = said("has no column for English (en)")
        remedy = said("name it: {columns}", columns=", ".join(COLUMNS))
        raise PipelineError(message, path=path, line=1, remedy=remedy)
    return Table(delimiter, (), _untitled(rows, path), rows)


def _rows(text: str, delimiter: str, path: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(_LARGEST_FIELD)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(row):
                yield line, tuple(row)
            line = reader.line_num + 1
    except csv.Error as error:
        words = said("a quote is never closed") if "end of data" in str(error) else str(error)
        message = said("is no table: {why}", why=words)
        raise PipelineError(message, path=path, line=line, remedy='write a quote inside a cell as ""') from error


def columns_of(titles: Sequence[str]) -> dict[str, int]:
    """Return which column is where, by its titles in English or Chinese; of two alike the first."""
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        if column := _COLUMN_OF.get(re.sub(r"[\W_]", "", title).casefold()):
            found.setdefault(column, place)
    return found


def _untitled(rows: Sequence[tuple[int, tuple[str, ...]]], path: str) -> dict[str, int]:
    """The columns of a table without titles: by which of the first two holds Chinese."""
    for _, row in rows:
        if len(row) > 1 and has_han(row[0]) != has_han(row[1]):
            return {"en": int(has_han(row[0])), "zh_CN": int(has_han(row[1]))}
    remedy = said("name the columns: {columns}", columns=", ".join(COLUMNS))
    raise PipelineError("has no titles and no Chinese", path=path, line=1, remedy=remedy)


def _term(cells: Mapping[str, str], path: str, line: int) -> Term:
    """The term of a row.

    Raises:
        PipelineError: It says too little, or something that it cannot say.
    """
    en = " ".join(cells.get("en", "").split())
    if not en:
        raise PipelineError("a row without English", path=path, line=line, remedy="write the term, or drop the row")
    if has_han(en) and not term_key(en).isascii():
        message = said("the English of a row is {text!r}", text=one_line(en))
        raise PipelineError(message, path=path, line=line, remedy="swap the columns")
    simplified, traditional, forbidden = (renderings(cells.get(name, "")) for name in ("zh_CN", "zh_TW", "forbidden"))
    if not simplified and not traditional and not forbidden:
        message = said("{term!r} has no Chinese", term=one_line(en))
        raise PipelineError(message, path=path, line=line, remedy="write one, or drop the row")
    case, status = cells.get("case", "").casefold(), cells.get("status", "").casefold()
    if case not in _YES | _NO:
        message = said("case is yes or no, not {found!r}", found=one_line(case))
        raise PipelineError(message, path=path, line=line)
    if status not in _STATUS_OF:
        message = said("status is approved or proposed, not {found!r}", found=one_line(status))
        raise PipelineError(message, path=path, line=line)
    return Term(
        en, simplified, traditional, cells.get("pos", ""), cells.get("note", ""), forbidden,
        case_sensitive=case in _YES or (not case and _ACRONYM.search(en) is not None),
        status=_STATUS_OF[status], place=f"{path}:{line}",
    )  # fmt: skip


def renderings(cell: str) -> tuple[str, ...]:
    """Return the renderings in a cell, the first one first, each once."""
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in _BETWEEN.split(cell)))))


def glossary_bytes(terms: Iterable[Term]) -> bytes:
    """Return terms as a CSV file in UTF-8 that a Chinese Excel opens right: with a byte order mark."""
    return b"\xef\xbb\xbf" + _csv([list(COLUMNS), *(_cells(term, COLUMNS) for term in terms)], ",").encode()


def appended(data: bytes, terms: Sequence[Term], path: str = "") -> bytes:
    """Return a glossary with rows for more terms behind its own, which stay as they are, byte for byte.

    The rows have the columns, the delimiter, the line ends and the encoding of the file.

    Raises:
        PipelineError: It cannot be read, or its columns or its encoding cannot say what a term says.
    """
    if not data.strip():
        return glossary_bytes(terms)
    text = decoded_text(data, path)
    table, encoding = table_of(text, path), decoded(data).encoding
    names = {place: name for name, place in table.columns.items()}
    width = max([len(table.titles), *(place + 1 for place in names)])
    order = [names.get(place, "") for place in range(width)]
    if any(term.status == "proposed" for term in terms) and "status" not in names.values():
        raise PipelineError(
            "has no column for the status of proposals", path=path, line=1, remedy="add one, named status"
        )
    newline = "\r\n" if "\r\n" in text else "\n"
    rows = _csv([_cells(term, order) for term in terms], table.delimiter).replace("\n", newline)
    gap = "" if text.endswith("\n") else newline
    try:
        return data + (gap + rows).encode(encoding)
    except UnicodeEncodeError as error:
        message = said("its encoding has no {character!r}", character=error.object[error.start])
        raise PipelineError(message, path=path, remedy="save it as UTF-8") from error


def _cells(term: Term, order: Sequence[str]) -> list[str]:
    cells = {
        "en": term.en,
        "zh_CN": "; ".join(term.simplified),
        "zh_TW": "; ".join(term.traditional),
        "pos": term.part_of_speech,
        "note": term.note,
        "forbidden": "; ".join(term.forbidden),
        "case": _case(term),
        "status": term.status,
    }
    return [cells.get(name, "") for name in order]


def _case(term: Term) -> str:
    """What the column says where it must: an acronym is case-sensitive without it."""
    if term.case_sensitive == (_ACRONYM.search(term.en) is not None):
        return ""
    return "yes" if term.case_sensitive else "no"


def _csv(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()
