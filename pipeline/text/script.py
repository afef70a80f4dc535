"""Texts by their writing: language, width in columns, folding, the parts of a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from pipeline.model import Language
from pipeline.text.lazily import lazily
from pipeline.text.numerals import CHINESE_DIGITS, chinese_number, number_of, roman_number
from pipeline.text.width import display_width

__all__ = [
    "HAN", "Title", "chinese_number", "course_codes", "display_width", "folded", "has_han", "language_of",
    "narrowed", "number_of", "roman_number", "spacing_free", "title_of", "titles_of", "writings",
]  # fmt: skip

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af々〇"
"""The Han characters, for use inside a character class of a regular expression."""

# The characters that only traditional, and only simplified, writing uses: those most frequent in headwords and in
# running text. Characters that both use (著, 台, 里, 后) are in neither.
_TRADITIONAL = lazily(
    "[亂亞來係個們倫備傳傷傾價儀優兒內兩別則創劃劇劑勁動務勝勞勢匯區協參吳員問喪單嗎噴嚴國圍園圓圖團執報場塊壓壞壽夢"
    "夾奧婦孫學宮實寧審寫寬寶將專對導層屬島師帶幣幹幾庫廠廢廣張強彈後徑從復惡愛態慶應懷戀戰戲戶掛揚換損搖擊據擺敗敵"
    "數斷時書會東桿條業極榮構槍樂樓標樣樹橋機橫檢權歐歡歷歸殘殺氣決沒涼減測湯準溫滅滿漢潛澤濟灣為烏無煙熱燈燒營爭爾"
    "狀獎獨現瑪環產畫異當療發盡監盤眾碼礦禮稅種稱積窩窮筆節簡紀約紅紋納紙級細終組結絕絡統絲經綠維網緊線編縣縮總織續"
    "羅義習聖聞聯聲職聽脈脫腦腳腸膠膽臉臨臺與興舉舊茲華萊萬葉蓋薩藍藝藥蘇蘭處虛號蟲術衛衝補裝裡製複見規視親覺觀觸計"
    "訊記訪設許評詞試詩話該認語誤說課調談請論諾謀講謝證識譜議護讀變讓豐豬貓貝負財貧貨責貴買費貼資賓賣質賽跡車軍軟軸"
    "載輕輪輸轉辦辭農這連進遊運過達遠選遺還邊郵鄉醫針銀銷鋼錄錢錯鍋鎮鏡鐘鐵長門閃閉開間關陣陰陳陸陽隊際隨險隱雙雜雞"
    "離難雲電靈靜響頂項順預頓領頭頸題額願類顧顯風飛飯餅養餘館馬駕騰驗驚體髮鬥魚魯鮮鳥鳳鴨鶥鶯鹽麗麥麵麼黃點黨齊齒龍]"
)
_SIMPLIFIED = lazily(
    "[与专业东丝两严丧个临为丽举义乌乐习乡书买乱争亚产亲仪们价众优会传伤伦体倾党兰关兴兹养内写军农冲决凉减凤击则创别"
    "剂剧办务动劲劳势区医华协单卖卫历压县参双发变号吗吴员响喷团园围国图圆场坏块声处备复头夹奖奥妇孙学宝实审宫宽宾对"
    "导寿将尔尽层属岛币师带庆库应废开异张弹强归当录径怀态总恋恶惊戏战户执扬护报挂损换摆摇敌数断无旧时显术机杀杂权条"
    "来极构枪标树样桥梦检楼横欢欧残气汇汉汤没泽测济温湾满潜灭灯灵点烟烧热爱状独猪猫玛环现电画疗盐监盖盘矿码礼种积称"
    "税穷窝笔简类紧红约级纪纳纸纹线组细织终经结络绝统续维绿编缩网罗职联肠胆胜胶脉脑脚脱脸腾艺节苏荣药莱莺营萨蓝虚补"
    "装见观规视觉触计认让议讯记讲许论设访证评识词试诗话该语误说请诺读课调谈谋谢谱贝负财责败货质贫贴贵费资赛车转轮软"
    "轴轻载输辞边过运还这进远连选遗邮针钟钢钱铁银销锅错镇镜长门闪闭问间闻队阳阴阵际陆陈险随隐难静顶项顺顾顿预领颈题"
    "额风飞饭饼馆马驾验鱼鲁鲜鸟鸡鸭鹛麦黄齐齿龙]"
)

_HAN = lazily(f"[{HAN}]")
_LATIN_WORD = lazily(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
_TAG, _URL = lazily(r"<[^<>]*>"), lazily(r"https?://[^\s<>]+")  # apart: each is found by how it begins
_CHINESE_SHARE = 0.25  # Han characters among Han characters and Latin words
_HAN_LEADS = bytes(range(0xE5, 0xEA))  # of UTF-8: U+5000 to U+9FFF, nearly all of Chinese


def has_han(text: str) -> bool:
    """Whether the text holds a Han character."""
    return _HAN.search(text) is not None


def language_of(text: str) -> Language:
    """The language a text is written in; tags and URLs do not count, and a text without letters is English.

    Chinese without a character that tells the two writings apart is ``zh_CN``.
    """
    if not has_han(text):
        return "en"
    prose = _TAG.sub(" ", _URL.sub(" ", text))
    if not _is_chinese(prose):
        return "en"
    traditional = len(_TRADITIONAL.findall(prose))
    return "zh_TW" if traditional and traditional > len(_SIMPLIFIED.findall(prose)) else "zh_CN"


def _is_chinese(prose: str) -> bool:
    """Whether Han characters have their share; they are counted only where a look at the bytes cannot tell."""
    half = (len(prose) + 1) // 2  # no text has more words
    raw = prose.encode("utf-8", "replace")
    if _most_words(len(raw) - len(raw.translate(None, _HAN_LEADS))) >= half:
        return True
    han = len(_HAN.findall(prose))
    most = _most_words(han)
    return han > 0 and (most >= half or next(islice(_LATIN_WORD.finditer(prose), most, None), None) is None)


def _most_words(han: int) -> int:
    """How many Latin words a Chinese text with so many Han characters may have."""
    return int(han / _CHINESE_SHARE) - han


# --- folding

_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』《》〈〉〝〞″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−⸺⸻─", "-"),
        **dict.fromkeys("。｡", "."),
        **dict.fromkeys("、､", ","),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
        **dict.fromkeys("·・•‧∙⋅", "·"),
        **dict.fromkeys("〜∼˜", "~"),
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
_LOOSE_BLANK = lazily(rf"\s+(?=[^\w\s]|[{HAN}])|(?<=[^\w\s])\s+|(?<=[{HAN}])\s+")
_REPEATED = lazily(r"([-~.,!?·])\1+")


def narrowed(text: str) -> str:
    """The text with compatibility forms replaced (NFKC), invisible characters dropped and blanks collapsed."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def folded(text: str) -> str:
    """The text as a key: two texts that differ only in spacing, width, case or style of punctuation are equal.

    >>> folded("用于乳房 X 光检查（MRI）的机器学习，第 1 部分") == folded("用于乳房X光检查 (mri) 的机器学习,第1部分")
    True
    """
    key = _folded_once(text)
    while not unicodedata.is_normalized("NFKC", key):  # a dropped blank brought a letter and a combining mark together
        key = _folded_once(key)
    return key


def _folded_once(text: str) -> str:
    key = narrowed(text).casefold()
    if not key.isascii():
        key = narrowed(unicodedata.normalize("NFD", key).casefold()).translate(_PUNCTUATION)
    return _REPEATED.sub(r"\1", _LOOSE_BLANK.sub("", key))


def spacing_free(text: str) -> str:
    """The text with width made equal and every blank dropped; case and punctuation stay."""
    return narrowed(text).replace(" ", "")


# --- titles

_CHINESE = f"[{CHINESE_DIGITS}]{{1,7}}"
_ROMAN = r"(?-i:I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XV|X)"
_NUMERAL = rf"(?:\d{{1,4}}|{_CHINESE}|{_ROMAN}|one|two|three|four|five|six|seven|eight|nine|ten)"
_RANGE = r"(?:\s?(?:[-~–,、&/和]|and|of|to)\s?(?:\d{1,3}|I{1,3}|[a-d]|two|three|four|five))?"
_END_MARK = r"(?:\s*[:.,、|·)\]】》–—-])*\s*"  # what may stand between an ordinal and its title
_ORDINAL_NAME = (
    r"(?P<kind>lecture|lec|lesson|week|chapter|chap|ch|module|unit|session|class|day|section|sec|part|topic|recitation"
    r"|lab|assignment|homework|hw|tutorial|episode|ep|video|step|seminar|appendix)s?\.?"
)
_ORDINAL_MEASURE = (
    r"(?P<kind>讲|講|章|课时|課時|单元|單元|模块|模塊|部分|周|週|节课?|節課?|步|[课課](?![程堂件题題本])"
    r"|(?:次课|次課|篇|集|天|期|回)(?=[\s:.,、|·)\]】》–—-]|$))"
)
_GAP = r"[\s,:–—-]*[(\[【]?"
_AFTER = rf"(?:\s*[,:–—-]\s*|\s+|(?<=[{HAN}]))"


@cache
def _ordinals() -> tuple[re.Pattern[str], ...]:
    """The ways a title may begin with its ordinal; compiled when first used, for that takes 20 ms."""
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"[\[(【]?{_ORDINAL_NAME}[\s_-]?#?(?P<number>\d{{1,4}}(?:\.\d{{1,3}})*|{_NUMERAL})(?:(?<=\d)(?-i:[A-D]))?{_RANGE}(?![\w/]){_END_MARK}",
            # "L1 regularization" and "L2 范数" are no lectures
            r"(?P<kind>lec|ch|[lw])(?P<number>\d{1,2})(?:\s?[-~]\s?(?P=kind)?\d+)?"
            r"(?:$|\s*[:.|)–—-]\s*|\s+(?!norm|loss|regular|penal|distance|cache|and\b|or\b|范数|正则|损失|距离|缓存))",
            rf"[\[(【《]?(?:(?:19|20)\d\d\s?年?\s?)?第\s?(?P<number>\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}|{_CHINESE})[A-Da-d]?"
            rf"(?:\s?[-~–]\s?\d+)?\s?{_ORDINAL_MEASURE}{_END_MARK}",
            r"(?P<kind>实验|實驗|讲座|講座|课时|課時|单元|單元|模块|模組|章节|章節|板块|习题课|習題課|作业|作業)"
            rf"\s?(?P<number>\d{{1,3}}|{_CHINESE})(?:$|\s*[:.,、|)–—-]\s*|\s+)",
            r"(?P<kind>p)(?:(?P<number>0\d)(?:\s*[:.|)–—-]\s*|\s+))",  # videos on Bilibili; p53 is a protein
            r"[#§]\s?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<kind>)[.:)]?\s+(?=\S)",
            rf"(?P<number>{_CHINESE})(?P<kind>)[,.:、)]\s*",
            rf"[(\[【](?P<number>\d{{1,3}}|{_CHINESE}|{_ROMAN})(?P<kind>)[)\]】]\s*(?=\S)",
            r"#?(?P<number>\d{1,3})(?P<kind>)(?:[,:、)]\s*(?=[^\d\s])|\.(?:\s+|(?=[^\s\w])|$)|\s[-–—|·]\s+)",
            rf"(?P<number>\d{{1,3}})(?P<kind>)\.(?=[{HAN}])",
            r"(?P<number>\d{1,2}(?:\.[1-9]\d?){1,3})(?P<kind>)(?:[.:)]\s*|\s+)(?=[^\d\s])",
            r"(?P<number>0\d)(?P<kind>)[-_\s]+(?=[^\d\s])",
            r"(?P<number>\d{1,3})(?P<kind>)_+(?=[^\d\s])",
            rf"(?P<number>{_ROMAN})(?P<kind>)\.\s+",
        )
    )


@cache
def _parts() -> tuple[re.Pattern[str], ...]:
    """The ways a title may end with its part."""
    return tuple(
        re.compile(rf"{pattern}[)\]】]?\s*$", re.IGNORECASE)
        for pattern in (
            rf"{_GAP}(?<![a-z])(?:parts?|pt\.?)\s?(?P<part>{_NUMERAL}|i{{1,3}}|[a-d]){_RANGE}",
            rf"{_GAP}(?<![a-z])(?:step|stage|phase|episode|volume|vol\.?|lecture|lesson|session|day|week)\s?#?(?P<part>\d{{1,3}})",
            rf"{_GAP}第?\s?(?P<part>\d{{1,3}}|{_CHINESE})(?:\s?[-~–、,&和]\s?\d+)?\s?部分",
            rf"{_GAP}第\s?(?P<part>\d{{1,3}}|{_CHINESE})\s?[步篇讲講课課节節章集回期卷天周週]",
            rf"{_GAP}部分\s?(?P<part>\d{{1,3}}|{_CHINESE})",
            rf"[\s,:–—-]*[(\[【](?P<part>\d{{1,2}}|{_CHINESE}|{_ROMAN}|ii|iii|(?-i:[a-d])|[上中下][篇集部]?"
            rf"|[续續][{CHINESE_DIGITS}\d]?|cont(?:inued|'?d|\.)?)(?:(?:/|\s?of\s)\d{{1,2}})?",
            r"[\s,:–—-]+(?P<part>[续續][一二三1-3]?|cont(?:inued|'?d\.?|\.))",
            rf"{_GAP}(?P<part>[上下])半(?:部分|部|场|場|节|節)?",
            rf"{_GAP}(?P<part>first|second|third|1st|2nd|3rd) (?:part|half)",
            r"[\s,:–—·-]+(?P<part>[上中下])[篇集部]?",
            r"(?P<part>[上中下])[篇集]",
            r"[\s,:–—-]*[(\[【]?[之其](?P<part>[一二三四五六七八九])",
            rf"{_AFTER}(?P<part>\d{{1,2}})(?:/|\s?of\s)\d{{1,2}}",
            rf"{_AFTER}(?P<part>(?-i:I{{1,3}}|IV|VI{{1,3}}|IX))",
        )
    )


# What looks like a code and is a standard, a message of a program, a size or the name of a model.
_NO_CODE = (
    "AMD|ARM|BERT|CMU|ERROR|GB|GPT|HTTP|ID|IAP|IEC|IEEE|INT|IP|ISO|IPV|LIMIT|LLAMA|MAX|MB|MD|MIN|MIT|PEP|PY|RAID|RFC|RTX|SHA"
    "|SPRING|FALL|UINT|USB|UTF|VGG|WINTER|YOLO"
)
_CODE = lazily(
    r"(?<![\w.$€£¥-])(?:"
    r"(?<!\d)(?:[1-9]|1\d|2[0-4])\.(?:[A-Z]{1,3}\d{2,3}|\d{3,4})[A-Z]?(?:\[J\])?"  # 6.S897, 18.S191, 6.042J, 6.7930[J]
    r"|[A-Z]?\d{2}-\d{3}"  # 15-445, T81-558
    rf"|(?!(?:{_NO_CODE})[. ]?\d)[A-Z]{{2,5}}(?:[. ](?!(?:19|20)\d\d(?!\d)))?\d{{2,4}}[A-Za-z]{{0,2}}"
    r"(?:\[J\]|-(?:[A-Z]{2,4}|\d{2,3})(?!\d))?"  # CS224n, HST.956[J], CS50-WEB
    r")(?![\w-]|\.\d|\s?[%％])"
    r"|(?<=\bMIT)\s?(\d{1,2}\.[A-Z]?\d{2,4}[A-Z]?)(?!\w)|(?<=\bCMU)\s?(\d{2}-\d{3})(?!\w)"  # MIT18.06, CMU11-667
)
_CIRCLED = lazily(r"^\s*[①-⑳]")
_REACH = 64  # an ordinal stands in the first, a part in the last so many characters


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart.

    ``ordinal`` is (5,) for "Lecture 5:" and (1, 2) for "1.2", ``kind`` the word counted ("lecture", "讲"; empty for a
    bare number); ``part`` counts from 1. ``label`` and ``part_label`` are the printed forms. ``base`` is what remains,
    in half-width punctuation. ``codes`` are the course codes, which stay in the base.
    """

    raw: str
    base: str
    ordinal: tuple[int, ...] = ()
    kind: str = ""
    label: str = ""
    part: int | None = None
    part_label: str = ""
    codes: tuple[str, ...] = ()


def course_codes(text: str) -> tuple[str, ...]:
    """The codes of courses in a text, in reading order: 6.S897, HST.956[J], CS224n."""
    return tuple(dict.fromkeys(found[0].strip() for found in _CODE.finditer(narrowed(text))))


def writings(text: str) -> tuple[int, int]:
    """How many characters of a text only traditional, and how many only simplified writing uses."""
    return len(_TRADITIONAL.findall(text)), len(_SIMPLIFIED.findall(text))


def has_traditional(text: str) -> bool:
    """Whether a text has a character that only traditional writing uses."""
    return _TRADITIONAL.search(text) is not None


def has_simplified(text: str) -> bool:
    """Whether a text has a character that only simplified writing uses."""
    return _SIMPLIFIED.search(text) is not None


@lru_cache(maxsize=2048)  # aligner and rules ask for the titles of a course again and again
def title_of(text: str) -> Title:
    """The title with its leading ordinal and its trailing part separated from its base.

    >>> title = title_of("第五讲：风险分层（下）")
    >>> title.ordinal, title.base, title.part
    ((5,), '风险分层', 2)
    """
    rest = narrowed(_CIRCLED.sub(r"\g<0>. ", text))
    codes = course_codes(rest)
    head = code[0] if (code := _CODE.match(rest)) else ""
    ordinal, kind, label, after = _without_ordinal(rest[len(head) :].lstrip(" :-–—,"))
    if kind or not head:  # after a code only a named ordinal is one: "CS229 Lecture 5", but "6.006 3.2"
        rest = f"{head} {after}".strip()
        ordinal, label, rest = (ordinal, label, rest) if head else _with_inner_ordinal(ordinal, kind, label, rest)
    else:
        ordinal, label = (), ""
    base, part, part_label = _without_part(rest)
    return Title(text, base, ordinal, kind, label, part, part_label, codes)


def _with_inner_ordinal(ordinal: tuple[int, ...], kind: str, label: str, rest: str) -> tuple[tuple[int, ...], str, str]:
    """What `_without_ordinal` gives, where a named ordinal stands in another: "Week 2: Lecture 3", 第二章第三节."""
    if not kind:
        return ordinal, label, rest
    inner, inner_kind, inner_label, after = _without_ordinal(rest)
    if not inner_kind or inner_kind == kind:
        return ordinal, label, rest
    return ordinal + inner, f"{label} {inner_label}", after


def _without_ordinal(text: str) -> tuple[tuple[int, ...], str, str, str]:
    head = text[:_REACH]
    for pattern in _ordinals():
        if (found := pattern.match(head)) is None:
            continue
        numbers = [number_of(number) for number in found["number"].split(".")]
        if None not in numbers:
            label = found[0].strip(" :.,、|·)]】》–—-([【《")
            ordinal = tuple(number for number in numbers if number is not None)
            return ordinal, found["kind"].casefold(), label, text[found.end() :]
    return (), "", "", text


def _without_part(text: str) -> tuple[str, int | None, str]:
    start = max(0, len(text) - _REACH)
    for pattern in _parts():
        found = pattern.search(text[start:])
        if found is None or (part := _part_number(found["part"])) is None:
            continue
        base = text[: start + found.start()].rstrip(" ,:–—-")
        if base:
            return base, part, found[0].strip(" ,:–—-()[]【】")
    return text, None, ""


_SPELLED_PARTS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}


def _part_number(marker: str) -> int | None:
    first = marker[0].casefold()
    if first in "上中下":
        return 1 if first == "上" else 2
    if first in "续續":
        return 1 + (number_of(marker[1:]) or 1)
    if marker.casefold().startswith("cont"):
        return 2
    if marker.casefold() in _SPELLED_PARTS:
        return _SPELLED_PARTS[marker.casefold()]
    if marker.casefold() in "abcd":
        return "abcd".index(marker.casefold()) + 1
    return number_of(marker)


_BARE_NUMBER = lazily(rf"(?:(?<=[\s{HAN}#_])|(?<=[\s{HAN}]-))([1-9])$")


def titles_of(texts: Sequence[str]) -> list[Title]:
    """The titles of one list, each taken apart with what only the list can tell.

    A bare last digit is a part where the list holds the same title with another digit or with none ("注意力1" beside
    "注意力2"); 下 is part 3 where the list also has 中.
    """
    titles = [title_of(text) for text in texts]
    if not any(title.part_label[:1] == "下" or _BARE_NUMBER.search(title.base) for title in titles):
        return titles
    stems: dict[str, set[str]] = {}
    for title in titles:
        found = _BARE_NUMBER.search(title.base) if title.part is None else None
        stem = folded(title.base[: found.start()].rstrip(" ,:–—#_-") if found else title.base)
        stems.setdefault(stem, set()).add(found[1] if found else title.part_label[:1])
    return [_in_list(title, stems) for title in titles]


def _in_list(title: Title, stems: dict[str, set[str]]) -> Title:
    if title.part is None and (found := _BARE_NUMBER.search(title.base)):
        stem = title.base[: found.start()].rstrip(" ,:–—#_-")
        if stem and len(stems[folded(stem)]) > 1:
            return replace(title, base=stem, part=int(found[1]), part_label=found[1])
    elif title.part_label[:1] == "下" and "中" in stems[folded(title.base)]:
        return replace(title, part=3)
    return title
