"""Terms that go together in translations: where one stands, the other does."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.align.termcorpus import LONGEST, SMALL, Corpus, Evidence, Proposal, is_known
from pipeline.text.lexicon import Lexicon
from pipeline.text.script import HAN
from pipeline.text.terms import bases

_FEWEST = 3  # translations that must have both
_LIKELY = 0.5  # the least that both must go together, as Dice's coefficient
_KNOWN = 0.3  # the same where a dictionary knows the pair
_LARGEST = 6000  # pairs that one message may give: a whole chapter says nothing of a word
_SAME = 0.8  # the share of a word's uses in which it is part of a longer term
_BESIDE = 0.75  # the share of its uses in which a Chinese term has the same character beside it
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


def associated(corpus: Corpus, lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the pairs that go together, each term in one of them: the strongest first, of equals the longest."""
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


def _links(corpus: Corpus, lexicon: Lexicon) -> Iterator[_Link]:
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
                if is_known(key, other, lexicon):
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


def _forms(corpus: Corpus, wanted: set[str]) -> dict[str, str]:
    """How each key is written most often; a capital of a heading does not count where small letters occur."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for keys in corpus.english:
        for key, written in keys.items():
            if key in wanted:
                forms[key][written] += 1
    return {key: key if key in counts else counts.most_common(1)[0][0] for key, counts in forms.items()}


def _proposal(link: _Link, written: str, corpus: Corpus, lexicon: Lexicon) -> Proposal:
    examples = sorted(
        (
            Evidence(*message)
            for message, ours, theirs in zip(corpus.messages, corpus.english, corpus.chinese, strict=True)
            if link.en in ours and link.zh in theirs
        ),
        key=lambda each: (len(each.source), each),
    )
    chinese = link.zh if is_known(link.en, link.zh, lexicon) else _grown(link.zh, [each.target for each in examples])
    return Proposal(written, chinese, round(link.score, 3), 0, link.both, link.english - link.both, tuple(examples[:2]))


def _grown(chinese: str, targets: Sequence[str]) -> str:
    """A term with what stands beside it wherever it occurs: words are cut wrongly ("检查 器写")."""
    text = "\n".join(targets)
    while len(chinese) < LONGEST:
        whole = text.count(chinese)
        beside = [f"{chinese}{after}" for after in re.findall(f"{chinese}(?=([{HAN}]))", text)]
        beside += [f"{before}{chinese}" for before in re.findall(f"([{HAN}])(?={chinese})", text)]
        best, count = Counter(beside).most_common(1)[0] if beside else ("", 0)
        if count < _BESIDE * whole or SMALL.intersection({best[0], best[-1]}):
            return chinese
        chinese = best
    return chinese
