"""Numbers and course codes, however the two languages write them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from pipeline.model import Severity, Spot
from pipeline.text.lazily import lazily
from pipeline.text.numerals import CHINESE_DIGITS, chinese_number
from pipeline.text.said import said
from pipeline.text.script import course_codes
from pipeline.validator.codelike import is_code
from pipeline.validator.messages import Remark, Translation, message_rule

_ANY_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[,.'’\u00a0\u202f\u2009 ，]\d{3})+)(?![\d])")
# Digits that are a number of the text: not those of x86, UTF-8, Python3, 3D, v1.2, #12, 0x1f, $1 or a placeholder.
_NUMBER = re.compile(
    r"(?<![A-Za-z\d\u00c0-\u024f.%$#@&\\/{^=_-])(\d++(?:[.,:٫]\d++)*+)(?:(st|nd|rd|th)\b|(?=[^\w%${}(\[]|\Z|-(?:[a-z]|\W)|[%％(]\s?\W|%\Z|[\u3400-\u9fff]))"
)
_DIGITS = re.compile(r"\d+")
_CHINESE = re.compile(f"[{CHINESE_DIGITS}]+")
_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "千": 3, "百": 2}
_ENGLISH_SCALE = re.compile(r"\s?-?(thousand|million|billion|trillion|[kKMB]\b|bn\b)")
_ENGLISH_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "b": 9, "bn": 9, "trillion": 12}
_AFTERNOON = re.compile(r"\d\s?p\.?m\b", re.IGNORECASE)
_WORDS_FOR = {
    "1": "一单單首每某个個壹",
    "2": "二两兩双雙俩倆半",
    "0": "零〇无無空",
    "50": "半",
    "100": "百全完",
    "24": "日天",
    "12": "年打",
    "7": "周週",
    "90": "直垂",
}
_NUMBER_WORD = lazily(
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|first|second"
    r"|third|fourth|fifth|once|twice|double|triple|half|quarter|both|pair|single|jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec|januar|februar|march|april|june|july|august|septem|octo|novem|decem|[IVX]+\b|zero|teen|twenty|thirty|forty|fifty)"
)
_LONGEST = 100_000  # no page has a longer sentence
_LONGEST_NUMERAL, _MOST_SCALED = 16, 100
_REACH = 4  # how far behind a number its 万 may end
# a digit first: few texts have one, and no other character of them is looked at twice
_MAYBE_CODE = re.compile(r"\d(?:\.[A-Z0-9]{2}|\d-\d{3}|(?:(?<=[A-Z]{2}\d)|(?<=[A-Z]{2}[. ]\d))\d)")
_DIGIT_RUN = re.compile(r"\d[\w.\[\]-]*+")
_LETTERS_BEFORE = re.compile(r"(?:[A-Z]{1,5}[. ]?)?\Z")
_LONGEST_START = 6  # of a code: five letters and what stands between them and the number
_UNITLESS = re.compile("[〇零一二三四五六七八九两兩]+")
_DOTTED = re.compile(r"\d++(?:[.,]\d++)*+")
_SHARE = re.compile(r"[折成半]")
_TENTHS = "零一二三四五六七八九"  # 七折 is 30% off
_REDUCED = re.compile(f"([{_TENTHS}])折")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
_LISTED = re.compile(r"(?<=\d)\s?,\s?(?=-?\d(?!\d\d(?!\d)))")  # no comma between thousands
_DEGREE = re.compile(r"\d\s?°")


@message_rule("M121", "number-mismatch", "warning")
def number_mismatch(translation: Translation) -> Iterator[Remark]:
    """A translation has the numbers of its source."""
    source, target = translation.source, translation.target
    if source == target or not (_ANY_DIGIT.search(source) or _ANY_DIGIT.search(target)):
        return
    if "°" not in source and sorted(_DOTTED.findall(source)) == sorted(_DOTTED.findall(target)):
        return
    if len(source) + len(target) > _LONGEST or is_code(source) or is_code(target):
        return
    had, has = _numbers(translation.source_prose), _numbers(translation.target_prose)
    missing = _not_scaled(_unmatched(had, has, _tolerant(source, target)), source, target)
    added = _not_scaled(_unmatched(has, had, _tolerant(target, source)), target, source)
    if missing and added:
        yield _changed(missing, added)
    elif missing and not ("%" in source and _SHARE.search(target)):
        yield from _lost(missing)
    elif added and not _NUMBER_WORD.search(source):
        yield from _new(translation, added)
    elif _DEGREE.search(source) and not re.search("[°º℃℉度]|deg|grad", target):
        yield Remark("the sign ° is missing", source_at=_span(_DEGREE.search(source)), fix="write it")


def missing_number(source: str, target: str) -> str:
    """Return the first number of spoken English that Chinese does not have in whatever form; empty where it has all.

    Of large round numbers only the digits that are no zeros count: 5 billion billion is 500亿亿.
    """
    if len(source) + len(target) > _LONGEST or not _ANY_DIGIT.search(source):
        return ""
    spoken, meant = _spoken(source), _spoken(target)
    missing = _not_scaled(_unmatched(_numbers(spoken), _numbers(meant), _tolerant(spoken, meant)), spoken, meant)
    if not missing or ("%" in spoken and _SHARE.search(meant)):
        return ""
    digits = {_significant(digits) for digits in _DIGITS.findall(meant)}
    digits |= {_significant(str(chinese_number(numeral[:_LONGEST_NUMERAL]))) for numeral in _CHINESE.findall(meant)}
    is_round = _ENGLISH_SCALE.search(spoken) is not None
    row = "".join(_DIGITS.findall(meant))  # of a point in a space, (1,1,1,1), captions make 1111
    for number in missing:
        is_there = (is_round and _significant(number) in digits) or (set(number) <= {"0", "1"} and number in row)
        if len(number) > 1 and not is_there and number != "100":
            return number
    return ""


def _spoken(text: str) -> str:
    """A text with ⅓ as 1/3, and each number of (0,1,1) for itself."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2044", "/")
    return _LISTED.sub(", ", plain)


def _significant(number: str) -> str:
    return number.replace(".", "").strip("0")


Places = dict[str, tuple[Spot, int]]


def _numbers(prose: str) -> Places:
    """The numbers of a text in one form, each with its last place and how often it stands there."""
    found: Places = {}
    if not _ANY_DIGIT.search(prose):
        return found
    joined = _GROUPED.sub(lambda match: _padded(match[1] + re.sub(r"\D", "", match[2]), len(match[0])), prose)
    for match in _NUMBER.finditer(joined):
        number = _plain(match[1])
        found[number] = (match.span(1), found[number][1] + 1 if number in found else 1)
    return found


def _padded(number: str, width: int) -> str:
    return number + " " * (width - len(number))


def _plain(number: str) -> str:
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else "." for c in number)
    return ".".join(part.lstrip("0") or "0" for part in digits.split("."))


def _tolerant(text: str, other: str) -> set[str]:
    """Every number that ``other`` may be said to hold for a number of ``text``: its digits anywhere, in words, scaled."""
    grouped = _GROUPED.sub(lambda match: f"{match[0]} {re.sub(r'[^0-9]', '', match[0])} ", other)
    values = {_plain(digits) for digits in _DIGITS.findall(grouped)} | set(_numbers(other))
    for numeral in set(_CHINESE.findall(other)):
        parts = numeral if _UNITLESS.fullmatch(numeral) else ()  # 三四个 and 二〇二四, but 十一 is not 十 and 一
        values |= {str(chinese_number(part)) for part in (numeral[:_LONGEST_NUMERAL], *set(parts))}
    if re.search(rf"(?<![\d.,])\d[\d.,]*+\s?[{''.join(_SCALES)}]", other):
        values |= _scaled(other)
    values |= {number for number, words in _WORDS_FOR.items() if any(word in other for word in words)}
    values |= {f"{100 - 10 * _TENTHS.index(match[1])}" for match in _REDUCED.finditer(other)}
    values |= {str(_MONTHS.index(match[1].casefold()) + 1) for match in _MONTH.finditer(other)}
    if _AFTERNOON.search(text):
        values |= {str(int(value) - 12) for value in values if len(value) == 2 and 12 < int(value) < 24}
    if _AFTERNOON.search(other):
        values |= {str(int(value) + 12) for value in values if len(value) < 3 and value.isdecimal() and int(value) < 12}
    return values


def _scaled(text: str) -> set[str]:
    """The values of numbers like 3.5万: as a whole number, and as so many thousands, millions or billions."""
    values = set()
    for match in islice(
        re.finditer(rf"(?<!\d)(\d{{1,9}})(?:\.(\d{{1,9}}))?\s?([{''.join(_SCALES)}]+)", text), _MOST_SCALED
    ):
        zeros = sum(_SCALES[scale] for scale in match[3])
        if zeros > 20:
            continue
        digits = match[1] + (match[2] or "")
        power = zeros - len(match[2] or "")
        for less in (0, *set(_ENGLISH_SCALES.values())):
            values.add(_with_power(digits, power - less))
    return values


def _with_power(digits: str, power: int) -> str:
    if power >= 0:
        return str(int(digits) * 10**power)
    whole, part = digits.rjust(1 - power, "0")[:power], digits.rjust(1 - power, "0")[power:].rstrip("0")
    return f"{int(whole)}.{part.lstrip('0') or '0'}" if part else str(int(whole))


def _unmatched(numbers: Places, others: Places, tolerated: set[str]) -> dict[str, Spot]:
    is_whole = any("." in other for other in others)  # where the other text has 3.2, its 3 and 2 are not those of 2.3
    return {
        number: spot
        for number, (spot, _) in numbers.items()
        if number not in others and number not in tolerated and (is_whole or not _in_parts(number, tolerated))
    }


def _not_scaled(unmatched: dict[str, Spot], text: str, other: str) -> dict[str, Spot]:
    """The numbers of ``text`` that, with the 万 or 亿 behind them, are no number of ``other`` either."""
    if not unmatched:
        return unmatched
    there = {*_numbers(other), *_DIGITS.findall(other)}
    return {number: at for number, at in unmatched.items() if there.isdisjoint(_scaled(text[at[0] : at[1] + _REACH]))}


def _in_parts(number: str, tolerated: set[str]) -> bool:
    """Whether the parts of 3.14 or 10:30 all stand in the other text; a year may be written with its last two digits."""
    parts = number.split(".")
    if len(parts) > 1:
        return all(part in tolerated for part in parts)
    return len(number) == 4 and number[:2] in ("19", "20") and number[2:].lstrip("0") in tolerated


def _changed(missing: dict[str, Spot], added: dict[str, Spot]) -> Remark:
    lost, new = next(iter(missing)), next(iter(added))
    severity: Severity | None = None if len(missing) == len(added) else "info"
    text = said("the number {number} stands where the source has {lost}", number=new, lost=lost)
    fix = said("write {text}", text=lost)
    return Remark(text, at=added[new], source_at=missing[lost], fix=fix, severity=severity)


def _lost(missing: dict[str, Spot]) -> Iterator[Remark]:
    number, spot = next(iter(missing.items()))
    severity: Severity | None = None if len(number) > 1 and number != "100" else "info"  # 100% is 完全 too
    text = said("the number {number} is missing", number=number)
    yield Remark(text, source_at=spot, fix="write it", severity=severity)


def _new(translation: Translation, added: dict[str, Spot]) -> Iterator[Remark]:
    number, spot = next(iter(added.items()))
    if len(number) > 1 or not re.search(r"(?i)\b(?:an?|each|every|another|other)\b", translation.source):
        text = said("the number {number} is not in the source", number=number)
        yield Remark(text, at=spot, fix="leave it out", severity="info")


def _span(match: re.Match[str] | None) -> Spot | None:
    return match.span() if match else None


@message_rule("M122", "course-code-changed", "warning")
def course_code_changed(translation: Translation) -> Iterator[Remark]:
    """A course is called by the same code in both languages."""
    source, target = translation.source, translation.target
    if source == target or not _MAYBE_CODE.search(source) or _has_each_number(source, target):
        return
    codes = course_codes(translation.source_prose)
    if not codes or is_code(source):
        return
    there = Counter(course_codes(translation.target_prose))
    squeezed = re.sub(r"[\s*_]", "", unicodedata.normalize("NFKC", target)).casefold()
    for code in codes:
        if code not in there and re.sub(r"\s", "", code).casefold().removesuffix("s") not in squeezed:
            place = source.find(code)
            at = (place, place + len(code)) if place >= 0 else None
            other = next((each for each in there if each not in codes), "")
            text = (
                said("the course code {code} is {other} in the translation", code=code, other=other)
                if other
                else said("the course code {code} is missing", code=code)
            )
            yield Remark(text, source_at=at, fix=said("write {text}", text=code))
            return


def _has_each_number(source: str, target: str) -> bool:
    """Whether the target has whatever could be a code just as the source writes it, as nearly all do."""
    for run in _DIGIT_RUN.finditer(source):
        start = run.start()
        before = _LETTERS_BEFORE.search(source, max(0, start - _LONGEST_START), start)
        if source[before.start() if before else start : run.end()].rstrip(".-") not in target:
            return False
    return True
