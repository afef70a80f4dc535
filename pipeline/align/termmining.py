"""Terms that pages and catalogs give away: pairs that a page prints itself, and words that go together in translations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.extractors.bilingual import bilingual_pairs
from pipeline.model import Page
from pipeline.text.lexicon import Lexicon
from pipeline.text.markup import plain, prose
from pipeline.text.script import HAN, has_han
from pipeline.text.terms import bases, term_key, tokens
from pipeline.text.words import STOP_WORDS

_SURE = 2  # words before a bracket that may all be what it translates
_WORDS, _PARTS = 4, 4  # words of an English term, words of a Chinese one
_FEWEST = 3  # translations that must have both
_LIKELY = 0.5  # the least that both must go together, as Dice's coefficient
_KNOWN = 0.3  # the same where a dictionary knows the pair
_LARGEST = 6000  # pairs that one message may give: a whole chapter says nothing of a word
_MOST = 40_000  # messages that are compared, the shortest
_SAME = 0.8  # the share of a word's uses in which it is part of a longer term
_BESIDE = 0.75  # the share of its uses in which a Chinese term has the same character beside it
_LONGEST = 12  # characters of a Chinese term
_STOP = frozenset(  # small words, at which no Chinese term begins or ends
    "的 了 着 过 地 得 在 是 有 和 与 或 及 而 但 且 也 就 都 还 又 再 才 很 更 最 太 不 没 没有 无 非 一 个 一个"
    " 一种 一些 这 这个 这些 那 那个 那些 它 它们 他 她 我 我们 你 您 你们 其 之 者 所 以 为 于 从 到 由 向 对 对于"
    " 关于 把 被 将 让 使 使用 用 给 等 时 中 上 下 里 内 外 后 前 来 去 可 可以 能 能够 会 要 需要 应 应该 必须 如"
    " 如果 若 则 因为 因此 所以 由于 虽然 不过 然后 并 并且 以及 即 例如 比如 通过 进行 其中 其他 每个 每 各 某 某个"
    " 任何 所有 这样 那么 什么 如何 怎么 为什么 请 本 该 此 只 仅 仅仅 已 已经 正在 当 同 同时 之间 之后 之前 以上"
    " 以下 称为 叫做 即可 也就是".split()
)
_NEGATIONS = ("不", "非", "无", "未")  # before a word: 不安全 is no 安全
_GENERAL = frozenset(  # words of no field, which a translation renders alike all the same
    "able above account across act actual actually add additional again allow almost already although always another answer"
    " anything appear approach appropriate around ask available avoid away back bad based basic because become before begin"
    " behind believe below best better big bit bottom bring briefly bring build call careful carefully carry case cause certain"
    " change check choose clear clearly close come common commonly complete completely complex complicated concern consider"
    " contain continue convenient correct correctly cover create current currently day deal decide deep describe detail details"
    " different difficult directly discuss do done down easily easy effect either end enough ensure entire especially even"
    " eventually ever every everything exactly example except exist expect explain explicit explicitly fact familiar far fast few"
    " final finally find fine first fit follow following forget full fully further general generally get give go good great"
    " half hand handle happen hard hear help helpful hide high hold hour however huge idea immediately important impossible"
    " improve include including increase indeed inside instead intend interest interesting invalid involve keep kind know known"
    " large last later latter lead learn least leave left less level like likely likewise limit line list little long longer look"
    " lot low main mainly make many matter maybe mean mention middle minute mix moment month morning mostly move much multiple"
    " name near necessary need never new next nice normal normally note nothing notice now number obvious often old once one open"
    " option order original otherwise outside overall particular part pass people perhaps person piece place plan play please"
    " point possible possibly practical prefer prepare present previous previously probably problem proceed provide purpose put"
    " question quick quickly quite rather reach read real really reason recommend reduce refer regular related relevant remain"
    " remember remove replace require rest result return right round say second section see seem self send separate series set"
    " several share short show side similar similarly simple simply since single slightly slow small solve something sometimes"
    " soon sort special specific specify start state stay step still stop straightforward student students subject succeed"
    " successful such suggest suitable support suppose sure take talk tell therefore thing think third though thus time today"
    " together too top total toward towards try trivial turn two typical typically understand unfortunately unless until upon"
    " use used useful user usual usually valid various version view wait want watch way week well whatever whether while whole"
    " wide within without wonder word work world worry worth write wrong year yes yet"
    " zero one two three four five six seven eight nine ten dozen hundred thousand million morning afternoon evening"
    " advanced given underlying unexpected".split()
)
_BRACKET = re.compile(
    rf"(?P<zh>[{HAN}]{{1,{_LONGEST}}})[*_”」》]*\s?"
    r"[（(]\s?[*_]*(?P<en>[A-Za-z][A-Za-z'’ -]{1,40}?[A-Za-z])[*_]*\s?(?:[,，、][^()（）]{1,20})?[）)]"
)
_HAN_WORD = re.compile(f"[{HAN}]+")
_GAP = re.compile(r"[ \t\n]{1,2}|-")
_SENTENCE = re.compile(r"[，。；：？！、《》,;:?!.]|\s\d|\d\s")
_REMARK = frozenset("optional recommended required video slides notes new see note example ie eg etc".split())


class Evidence(NamedTuple):
    """Where a pair was seen: the two texts that say it."""

    place: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that was found, 0…1 how likely it is one.

    ``printed`` counts the places that print both languages side by side, ``together`` the translations that have both,
    ``alone`` those that have the English without the Chinese.
    """

    en: str
    zh: str
    score: float
    printed: int = 0
    together: int = 0
    alone: int = 0
    examples: tuple[Evidence, ...] = ()


class Translated(NamedTuple):
    """A message with its translation, and where it stands."""

    place: str
    source: str
    target: str


def mined(pages: Iterable[Page], messages: Iterable[Translated], lexicon: Lexicon) -> list[Proposal]:
    """Return the terms that pages print and translations share, the likeliest first; each English term once."""
    corpus = _Corpus(_shortest(messages))
    printed = _printed(pages, corpus, lexicon)
    found = {term_key(each.en): each for each in _associated(corpus, lexicon)}
    for key, seen in printed.items():
        counted = found.get(key)
        best, places = max(
            seen.items(), key=lambda pair: (len(pair[1]), pair[0] == (counted.zh if counted else ""), pair[0])
        )
        if counted and (counted.zh == best or len(places) < 2 < counted.together):
            best, score = counted.zh, max(counted.score, 0.9 if counted.zh == best else counted.score)
        else:
            score = 1 - 0.25 / len(places) if _is_known(key, best, lexicon) else 0.9 - 0.2 / len(places)
            score -= 0.2 * any(word in STOP_WORDS for word in key.split())  # "Overview of Care" is a title
        together, alone = (counted.together, counted.alone) if counted and counted.zh == best else (0, 0)
        name = counted.en if counted else places[0][0]
        examples = tuple(evidence for _, evidence in places[:2]) + (counted.examples[:1] if counted else ())
        found[key] = Proposal(name, best, round(score, 3), len(places), together, alone, examples[:2])
    return sorted(found.values(), key=lambda each: (-each.score, -each.printed - each.together, each.en))


def _shortest(messages: Iterable[Translated]) -> list[Translated]:
    """Each translated message once: what is repeated proves nothing."""
    once = {message.source: message for message in messages if has_han(message.target) and not has_han(message.source)}
    whole = list(once.values())
    if len(whole) > _MOST:
        whole = sorted(whole, key=lambda message: (len(message.source), message))[:_MOST]
    return whole


def _is_known(english: str, chinese: str, lexicon: Lexicon) -> bool:
    return any(candidate.text == lexicon.simplified(chinese) for candidate in lexicon.chinese(english))


# --- what is printed side by side

Places = list[tuple[str, Evidence]]


def _printed(pages: Iterable[Page], corpus: _Corpus, lexicon: Lexicon) -> Mapping[str, dict[str, Places]]:
    """For the key of each English term its Chinese ones, with the form and the place of each time that it is printed."""
    found: dict[str, dict[str, Places]] = defaultdict(lambda: defaultdict(list))
    for en, zh, evidence in _of_pages(pages):
        found[term_key(en)][zh].append((en, evidence))
    for en, zh, evidence in _of_brackets(corpus, lexicon):
        found[term_key(en)][zh].append((en, evidence))
    return found


def _of_pages(pages: Iterable[Page]) -> Iterator[tuple[str, str, Evidence]]:
    for page in pages:
        for pair in bilingual_pairs(page):
            if pair.found != "neighbours" and _is_term(pair.en, pair.zh):
                place = f"{page.path}:{pair.unit.line}"
                text = plain(pair.unit.text)
                yield " ".join(pair.en.split()), pair.zh, Evidence(place, pair.en, pair.zh if pair.other else text)


def _is_term(english: str, chinese: str) -> bool:
    words = english.split()
    return (
        0 < len(words) <= 5
        and not _SENTENCE.search(english)
        and not _SENTENCE.search(chinese)
        and len(chinese) <= _LONGEST
        and _HAN_WORD.fullmatch(chinese.replace("-", "").replace("·", "")) is not None
        and term_key(english) not in _REMARK
        and any(word not in STOP_WORDS for word in term_key(english).split())
    )


def _of_brackets(corpus: _Corpus, lexicon: Lexicon) -> Iterator[tuple[str, str, Evidence]]:
    """`中文（English）` in translations of messages that say the English too."""
    for message in corpus.messages:
        for match in _BRACKET.finditer(message.target):
            english = " ".join(match["en"].split())
            chinese = _extent(match["zh"], term_key(english), lexicon)
            if chinese and _is_term(english, chinese) and term_key(english) in term_key(message.source):
                yield english, chinese, Evidence(*message)


def _extent(chinese: str, english: str, lexicon: Lexicon) -> str:
    """How much of the Chinese before a bracket is what the bracket translates; empty where nobody can say.

    That is what a dictionary knows of it, or the words after the last small word, where they are few.
    """
    kept = ""
    words = 0
    for word in reversed(_cut(chinese)):
        if word in _NEGATIONS and kept:
            return word + kept
        if word in _STOP:
            break
        kept = word + kept
        words += 1
        if _is_known(english, kept, lexicon) and not chinese[: -len(kept)].endswith(_NEGATIONS):
            return kept
    return kept if words <= _SURE else ""


def _cut(text: str) -> list[str]:
    from rjieba import cut  # 50 ms and 5 MB, needed only here

    return [str(word) for word in cut(text)]


# --- what goes together


@dataclass(frozen=True)
class _Corpus:
    """Translated messages with their words."""

    messages: Sequence[Translated]

    @cached_property
    def chinese_words(self) -> list[list[str]]:
        return [_cut(prose(message.target)) for message in self.messages]

    @cached_property
    def english(self) -> list[dict[str, str]]:
        """The English terms of each message: as keys, with one form in which they are written."""
        runs = [list(_runs(message.source)) for message in self.messages]
        known = Counter(word.casefold() for message in runs for run in message for word in run)
        return [dict(_phrases(message, known)) for message in runs]

    @cached_property
    def chinese(self) -> list[set[str]]:
        return [set(_compounds(words)) for words in self.chinese_words]


def _runs(text: str) -> Iterator[list[str]]:
    """The words of a text that stand beside each other, run by run."""
    run: list[str] = []
    end = -1
    for token in tokens(text):
        if run and not _GAP.fullmatch(text, end, token.start):
            yield run
            run = []
        run.append(token.text.replace("’", "'").removesuffix("'s"))
        end = token.end
    if run:
        yield run


def _phrases(runs: Iterable[Sequence[str]], known: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for run in runs:
        small = [word.casefold() for word in run]
        for start in range(len(run)):
            for end in range(start + 1, min(start + _WORDS, len(run)) + 1):
                last = small[end - 1]
                if last in STOP_WORDS or not last[0].isalpha() or len(last) < 2 or "'" in last:
                    break
                last = _singular(last, known)
                written = run[end - 1] if last == small[end - 1] else last
                yield " ".join([*small[start : end - 1], last]), " ".join([*run[start : end - 1], written])


def _singular(word: str, known: Mapping[str, int]) -> str:
    """The form of a word that the texts use too, where it is the plural of one."""
    return next((base for base in bases(word)[1:] if len(base) > 2 and known.get(base)), word)


def _compounds(words: Sequence[str]) -> Iterator[str]:
    """The Chinese words and the compounds of up to four that stand beside each other."""
    for start, first in enumerate(words):
        if first in _STOP or not _HAN_WORD.fullmatch(first):
            continue
        compound = ""
        for word in words[start : start + _PARTS]:
            if not _HAN_WORD.fullmatch(word) or len(compound) + len(word) > _LONGEST:
                break
            compound += word
            if word not in _STOP:
                yield compound


def _is_general(key: str, known: frozenset[str]) -> bool:
    """Whether a term is a word of no field, or the participle of a verb that the texts use too."""
    words = key.split()
    if any(word in _GENERAL for word in (words[0], words[-1])):
        return all(word in _GENERAL for word in words) or words[0] in _GENERAL
    verbs = bases(key, as_verb=True)[1:] if key.endswith(("ing", "ed")) else ()
    return any(len(verb) > 3 and verb in known for verb in verbs)


class _Link(NamedTuple):
    """Two terms that go together: Dice's coefficient, the messages with both, and with the English."""

    score: float
    both: int
    english: int
    en: str
    zh: str


def _associated(corpus: _Corpus, lexicon: Lexicon) -> Iterator[Proposal]:
    """The pairs that go together, each term in one of them: the strongest first, of equals the longest."""
    links = sorted(
        _links(corpus, lexicon), key=lambda link: (-link.score, -link.both, -len(link.en) - 3 * len(link.zh), link)
    )
    taken: dict[str, int] = {}
    used: set[str] = set()
    chosen = []
    for link in links:
        if link.en not in taken and link.zh not in used:  # a general word takes its rendering, and is no proposal
            taken[link.en] = link.english
            used.add(link.zh)
            chosen.append(link)
    forms = _forms(corpus, {link.en for link in chosen})
    parts, words = _parts(taken), frozenset(key for keys in corpus.english for key in keys)
    for link in chosen:
        is_part = any(taken[longer] >= _SAME * link.english for longer in parts.get(link.en, ()))
        if not is_part and not _is_general(link.en, words):
            yield _proposal(link, forms[link.en], corpus, lexicon)


def _links(corpus: _Corpus, lexicon: Lexicon) -> Iterator[_Link]:
    english = Counter(key for keys in corpus.english for key in keys)
    chinese = Counter(key for keys in corpus.chinese for key in keys)
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for ours, theirs in zip(corpus.english, corpus.chinese, strict=True):
        keys = [key for key in ours if english[key] >= _FEWEST]
        others = [key for key in theirs if chinese[key] >= _FEWEST]
        if len(keys) * len(others) <= _LARGEST:
            for key in keys:
                together[key].update(others)
    for key, counts in together.items():
        for other, both in counts.items():
            dice = 2 * both / (english[key] + chinese[other])
            if both >= _FEWEST and dice >= _KNOWN:
                score = dice * both / (both + 0.5)
                if _is_known(key, other, lexicon):
                    yield _Link(1 - (1 - score) * 0.6, both, english[key], key, other)
                elif dice >= _LIKELY:
                    yield _Link(score, both, english[key], key, other)


def _parts(keys: Iterable[str]) -> dict[str, list[str]]:
    """For each run of words inside a longer key those longer keys."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        words = key.split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                if end - start < len(words):
                    found[" ".join(words[start:end])].append(key)
    return found


def _forms(corpus: _Corpus, wanted: set[str]) -> dict[str, str]:
    """How each key is written most often; a capital of a heading does not count where small letters occur."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for keys in corpus.english:
        for key, written in keys.items():
            if key in wanted:
                forms[key][written] += 1
    return {key: key if key in counts else counts.most_common(1)[0][0] for key, counts in forms.items()}


def _proposal(link: _Link, written: str, corpus: _Corpus, lexicon: Lexicon) -> Proposal:
    examples = sorted(
        (
            Evidence(*message)
            for message, ours, theirs in zip(corpus.messages, corpus.english, corpus.chinese, strict=True)
            if link.en in ours and link.zh in theirs
        ),
        key=lambda each: (len(each.source), each),
    )
    chinese = link.zh if _is_known(link.en, link.zh, lexicon) else _grown(link.zh, [each.target for each in examples])
    return Proposal(written, chinese, round(link.score, 3), 0, link.both, link.english - link.both, tuple(examples[:2]))


def _grown(chinese: str, targets: Sequence[str]) -> str:
    """A term with what stands beside it wherever it occurs: words are cut wrongly ("检查 器写")."""
    text = "\n".join(targets)
    while len(chinese) < _LONGEST:
        whole = text.count(chinese)
        beside = [f"{chinese}{after}" for after in re.findall(f"{chinese}(?=([{HAN}]))", text)]
        beside += [f"{before}{chinese}" for before in re.findall(f"([{HAN}])(?={chinese})", text)]
        best, count = Counter(beside).most_common(1)[0] if beside else ("", 0)
        if count < _BESIDE * whole or _STOP.intersection({best[0], best[-1]}):
            return chinese
        chinese = best
    return chinese
