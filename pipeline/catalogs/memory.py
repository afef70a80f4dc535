"""The memory of translations: pairs of texts in one SQLite file, found by what they say. No other module touches it.

A writer has the file to itself; others wait for it for a while. Where nothing can be written, a copy in memory serves.
"""

from __future__ import annotations

import os
import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.catalogs.memory_index import SEGMENT, Query, after, key_of, nearest, segment_of, unpacked
from pipeline.model import PipelineError
from pipeline.text.said import said

Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")

_APPLICATION = 0x62696C74  # "bilt", in the header of the file
_VERSION = 1
_PATIENCE = 10.0  # seconds that a process waits for another one to end its writing
_HASTE = 0.2  # the same, of one that can do without
_CANDIDATES = 40  # pairs that are compared with a query, of those that share the most with it
_GROWTH = 4  # a segment takes up the one before it unless that is this many times larger
_MOST_SAME = 50  # pairs with one text that are looked at
_MOST_FEATURES, _MOST_BEGINNINGS = 500, 8  # of a query
_MOST_BYTES = 6000  # of places that begin alike: whatever is found among so many will do
_LONGEST_WORD = 12  # characters of a word, on average, in a short text
_STALE = 2  # places of segments for each pair, from which all segments are made anew

_SCHEMA = """
create table origin (
    id integer primary key, path text not null unique, is_catalog integer not null, stamp text not null, digest blob not null
);
create table pair (
    id integer primary key autoincrement, origin integer not null references origin (id),
    source text not null, target text not null, source_locale text not null, target_locale text not null,
    context text, place text not null, date text not null, reviewed integer not null,
    source_key integer not null, target_key integer not null
);
create index pair_origin on pair (origin);
create index pair_source on pair (source_key);
create index pair_target on pair (target_key);
create table segment (start integer primary key, texts integer not null, source blob not null, target blob not null);
create table posting (
    segment integer not null, side text not null, feature text not null, places blob not null,
    primary key (segment, side, feature)
) without rowid;
"""
_FIELDS = "source, target, source_locale, target_locale, context, place, date, reviewed"
_PAIRS = f"select {_FIELDS}, path, pair.id from pair join origin on origin.id = pair.origin"  # noqa: S608
_BROKEN = re.compile("[\ud800-\udfff]")  # what SQLite takes for no text

_AGAIN = said("move it away: what catalogs say is read again, and what was imported has to be imported again")
_IN_USE = said("is in use by another process"), said("try again when that has ended")
_COMPLAINTS = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_CORRUPT: (said("is damaged"), _AGAIN),
    sqlite3.SQLITE_NOTADB: (
        said("is no memory"),
        said("name another file with --memory; move it away, and a project makes its own again"),
    ),
    sqlite3.SQLITE_FULL: (said("cannot be written: the disk is full"), said("make room")),
}


class Remembered(NamedTuple):
    """A text and its translation, and what is known of them; locales are as in catalogs, ``zh_CN``.

    ``place`` says where in its file it stood ("course.en.md:12"), ``date`` when that was translated, as gettext writes
    it; both may be empty. ``origin`` is the path of the file.
    """

    source: str
    target: str
    source_locale: str
    target_locale: str
    context: str | None = None
    place: str = ""
    date: str = ""
    reviewed: bool = True
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that pairs come from; ``is_catalog`` where it is one of the project and not imported.

    ``stamp`` changes when the file does, most of the time; ``digest`` of its bytes always does. ``pairs`` is their number.
    """

    path: str
    is_catalog: bool
    stamp: str = ""
    digest: bytes = b""
    pairs: int = 0


class Memory:
    """An open memory; ``is_lasting`` says whether what is written is kept."""

    def __init__(self, connection: sqlite3.Connection, path: str, is_lasting: bool) -> None:
        self._connection, self.path, self.is_lasting = connection, path, is_lasting
        self._connection.row_factory = sqlite3.Row
        self._sizes: dict[Side, dict[int, array[int]]] = {}
        self._directions: frozenset[tuple[str, str]] | None = None

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def __len__(self) -> int:
        return sum(count for (count,) in self._rows("select count(*) from pair"))

    def origins(self) -> Mapping[str, Origin]:
        """Return the files that the pairs come from, by path, sorted."""
        sql = (
            "select path, is_catalog, stamp, digest, (select count(*) from pair where origin = origin.id)"
            " from origin order by path"
        )
        return {path: Origin(path, bool(is_catalog), *rest) for path, is_catalog, *rest in self._rows(sql)}

    def pairs(self) -> Iterator[Remembered]:
        """Yield all pairs, file by file in the order of their paths."""
        return map(_remembered, self._rows(f"{_PAIRS} order by path, pair.id"))

    def directions(self) -> frozenset[tuple[str, str]]:
        """Return from which locale to which there are pairs."""
        if self._directions is None:
            rows = self._rows("select distinct source_locale, target_locale from pair")
            self._directions = frozenset((source, target) for source, target in rows)
        return self._directions

    def same(self, text: str, key: int, side: Side) -> list[Remembered]:
        """Return pairs whose text on that side has the `key_of` this text: it says the same but for numbers and markup.

        First those that have the very text in any case, then the latest; no more than can be looked through.
        """
        order = f"order by pair.{side} = ? desc, pair.{side} = ? collate nocase desc, date desc, pair.id desc limit {_MOST_SAME}"
        return list(map(_remembered, self._rows(f"{_PAIRS} where pair.{side}_key = ? {order}", (key, text, text))))

    def near(self, query: Query, side: Side) -> list[Remembered]:
        """Return the pairs whose text on that side shares the most with the query, best first."""
        found = [
            (likeness, start + place)
            for start, sizes in self._segments(side).items()
            for likeness, place in nearest(self._postings(start, side, query), sizes, query.size, _CANDIDATES)
        ]
        best = [number for _, number in nlargest(_CANDIDATES, found)]
        rows = self._rows(f"{_PAIRS} where pair.id in ({_marks(best)})", best)
        kept = {row["id"]: _remembered(row) for row in rows}
        return [kept[number] for number in best if number in kept]

    def _segments(self, side: Side) -> Mapping[int, array[int]]:
        if side not in self._sizes:
            rows = self._rows(f"select start, {side} from segment")  # noqa: S608
            self._sizes[side] = {start: unpacked(sizes) for start, sizes in rows}
        return self._sizes[side]

    def _postings(self, start: int, side: Side, query: Query) -> list[bytes]:
        sql = "select places from posting where segment = ? and side = ? and feature "
        names = query.features[:_MOST_FEATURES]
        found = [places for (places,) in self._rows(f"{sql} in ({_marks(names)})", (start, side, *names))]
        for beginning in query.beginnings[:_MOST_BEGINNINGS]:
            together = b""
            for (places,) in self._rows(f"{sql} >= ? and feature < ?", (start, side, beginning, after(beginning))):
                together += places[:_MOST_BYTES]
                if len(together) > _MOST_BYTES:
                    break
            found.append(together)
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All changes inside are made together or not at all, and no other process changes anything meanwhile.

        Raises:
            PipelineError: The file cannot be written, or another process is writing for too long.
        """
        with _told(self.path):
            self._connection.execute("begin immediate")
            try:
                yield
                self._index()
                self._connection.execute("commit")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                self._sizes, self._directions = {}, None

    def remember(self, origin: Origin, pairs: Iterable[Remembered]) -> int:
        """Put the pairs of a file in the place of those it had, and return how many there are; inside `writing`.

        A text with bytes that could not be decoded is left out.
        """
        self.forget(origin.path)
        values = origin.path, origin.is_catalog, origin.stamp, origin.digest
        insert = "insert into origin (path, is_catalog, stamp, digest) values (?, ?, ?, ?)"
        number = self._connection.execute(insert, values).lastrowid
        before = self._connection.total_changes
        self._connection.executemany(
            f"insert into pair ({_FIELDS}, origin, source_key, target_key) values (?{', ?' * 10})",  # noqa: S608
            (
                (*pair[:8], number, key_of(pair.source), key_of(pair.target))
                for pair in pairs
                if not _BROKEN.search(f"{pair.source}{pair.target}{pair.context}{pair.place}")
            ),
        )
        return self._connection.total_changes - before

    def restamp(self, origin: Origin) -> None:
        """Note that a file has another stamp and says the same; inside `writing`."""
        self._connection.execute("update origin set stamp = ? where path = ?", (origin.stamp, origin.path))

    def forget(self, path: str) -> int:
        """Drop the pairs of a file, and return how many there were; inside `writing`."""
        before = self._connection.total_changes
        self._connection.execute("delete from pair where origin = (select id from origin where path = ?)", (path,))
        dropped = self._connection.total_changes - before
        self._connection.execute("delete from origin where path = ?", (path,))
        return dropped

    def _index(self) -> None:
        """Make segments of the pairs that are in none, together with the last ones where those are not much larger."""
        segments = [
            (start, len(sizes) // 2, texts)
            for start, sizes, texts in self._rows("select start, source, texts from segment order by start")
        ]
        if sum(texts for *_, texts in segments) > _STALE * len(self) + SEGMENT // 64:
            self._drop(0)
            segments = []
        begin = segments[-1][0] + segments[-1][1] if segments else 1
        counted = self._rows("select max(id), count(*) from pair where id >= ?", (begin,))
        newest, new = next((newest or 0, count) for newest, count in counted)
        if not new:
            return
        while segments and newest - segments[-1][0] < SEGMENT and segments[-1][2] < _GROWTH * new:
            begin, _, texts = segments.pop()
            new += texts
        self._drop(begin)
        for start in range(begin, newest + 1, SEGMENT):
            self._index_from(start)

    def _drop(self, begin: int) -> None:
        self._connection.execute("delete from segment where start >= ?", (begin,))
        self._connection.execute("delete from posting where segment >= ?", (begin,))

    def _index_from(self, start: int) -> None:
        sql = "select id, source, target from pair where id between ? and ? order by id"
        rows = list(self._rows(sql, (start, start + SEGMENT - 1)))
        sizes: dict[Side, bytes] = {}
        for side in SIDES if rows else ():
            segment = segment_of((row["id"] - start, row[side]) for row in rows)
            sizes[side] = segment.sizes
            self._connection.executemany(
                "insert into posting (segment, side, feature, places) values (?, ?, ?, ?)",
                ((start, side, feature, places) for feature, places in sorted(segment.postings.items())),
            )
        if rows:
            values = start, len(rows), sizes["source"], sizes["target"]
            self._connection.execute("insert into segment (start, texts, source, target) values (?, ?, ?, ?)", values)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[sqlite3.Row]:
        with _told(self.path):
            yield from self._connection.execute(sql, tuple(values))


def opened(path: Path, shown: str = "") -> Memory:
    """Return the memory in a file, which is made where it is missing; ``shown`` is how messages name it.

    Where the file or its folder cannot be written, a copy of it in memory is returned, an empty one if there is no file.

    Raises:
        PipelineError: It is no memory, is damaged, or was made by a later version.
    """
    shown = shown or path.as_posix()
    if path.is_dir():
        raise PipelineError("is a folder", path=shown, remedy="name a file")
    is_lasting = _is_writable(path)
    with _told(shown), ExitStack() as stack:
        connection = _connection(path) if is_lasting else _copy(path)
        stack.callback(connection.close)
        _demand_memory(connection, shown)
        stack.pop_all()
    return Memory(connection, shown, is_lasting)


def short_pairs(path: Path, words: int) -> tuple[tuple[str, str], ...]:
    """Return the English texts of so many words at most in an existing memory, with their reviewed Chinese ones, sorted.

    Raises:
        PipelineError: It is no memory, is damaged or in use.
    """
    sql = (
        "select source, target, source_locale from pair where reviewed and length(source) <= ? and length(target) <= ? and"
        " (source_locale like 'en%' and target_locale like 'zh%' or source_locale like 'zh%' and target_locale like 'en%')"
    )
    longest = words * _LONGEST_WORD
    address = f"{path.absolute().as_uri()}?mode=ro"
    with _told(path.as_posix()), closing(sqlite3.connect(address, uri=True, timeout=_HASTE)) as connection:
        rows = connection.execute(sql, (longest, longest)).fetchall()
    pairs = {(source, target) if locale.startswith("en") else (target, source) for source, target, locale in rows}
    return tuple(sorted(pair for pair in pairs if len(pair[0].split()) <= words))


def _is_writable(path: Path) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _connection(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def _copy(path: Path) -> sqlite3.Connection:
    connection = _connection(":memory:")
    if path.is_file():
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as original:
            original.backup(connection)
    return connection


def _demand_memory(connection: sqlite3.Connection, shown: str) -> None:
    """Let a memory pass, and make one of an empty file.

    Raises:
        PipelineError: It is another thing.
    """
    (application,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    if application == _APPLICATION and version == _VERSION:
        return
    if application == _APPLICATION:
        remedy = said("use that version, or name another file with --memory")
        raise PipelineError("was made by another version of bilect", path=shown, remedy=remedy)
    connection.execute("begin immediate")
    try:
        if connection.execute("select 1 from sqlite_master").fetchone():
            if connection.execute("pragma application_id").fetchone()[0] == _APPLICATION:
                return  # another process has just made it
            raise PipelineError(
                "is the database of another program", path=shown, remedy="name another file with --memory"
            )
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"pragma application_id = {_APPLICATION}")
        connection.execute(f"pragma user_version = {_VERSION}")
    finally:
        connection.execute("commit")


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """What SQLite complains of is told as what a person can mend."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        message, remedy = _COMPLAINTS.get(code, (said("cannot be used: {why}", why=str(error)), ""))
        raise PipelineError(message, path=shown, remedy=remedy) from error


def _remembered(row: sqlite3.Row) -> Remembered:
    source, target, source_locale, target_locale, context, place, date, reviewed, path, _ = row
    return Remembered(source, target, source_locale, target_locale, context, place, date, bool(reviewed), path)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
