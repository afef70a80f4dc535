"""What rules on messages say is told in Chinese, to the last word, and is English for programs."""

from __future__ import annotations

import pytest
from spoken_chinese import in_english, left_in_english, speak_chinese
from test_message_markup import FIRES, FLAGGED
from test_message_markup import found_in as of_markup
from test_message_text import FAULTY, FIXTURES, catalog_of
from test_typography import FIXTURES as OF_TYPOGRAPHY
from test_typography import found_in as of_typography

from pipeline.catalogs.po import read_catalog
from pipeline.text.tongue import told
from pipeline.validator.base import findings, rules
from pipeline.validator.messages import checked_catalog

# Variants that no fixture of the rules has: source, translation.
MORE = (
    (" the dome", "圆顶"),
    ("  the dome", " 圆顶"),
    ("the dome ", "圆顶"),
    ("the dome", "  圆顶  "),
    ("the dome", "圆\ufffd顶\ue000\x01"),
    ("It is “so”.", "这“是“这样。"),
    ("It is so.", "这”是这样。"),
    ("It is “so” and so on.", "如此这般。"),
    ("a [label here] of it", "它的标签"),
    ("a [label here] of it", "它的标签"),
    ("\nA text\n", "文字"),
    ("A text", "\n文字\n"),
    ("\nA text", "文字\n"),
    ("A text\n", "\n文字"),
    ("A text\n\nand more", "文字和更多"),
    ("A text:\nand more", "文字和更多"),
    ("1. one\n2. two", "1. 一\n二"),
    ("# one\n# two", "# 一\n二"),
    ("> one\n> two", "> 一\n二"),
    ("- one\n- two", "- 一\n二"),
    ("- one", "一"),
    ("3. one", "4. 一"),
    ("3. one", "一"),
    ("> one", "一"),
    ("one", "# 一"),
    ("one", "> 一"),
    ("~~one~~ two", "一二"),
    ("a **bold** word", "一个 *粗* 字"),
    ("a **bold** word", r"一个 \*\*粗\*\* 字"),
    ("a **bold** word", "一个**“粗”**字"),
    ("a **bold** word", "一个 ** 粗 ** 字"),
    ("See 6.100 and <b>x</b> <i>y</i> <u>z</u> <s>w</s>", "见"),
    ("x = f(1);\ny = g(2);", "x = f(1);"),
    ("```\na\nb\n```", "```\na\n```"),
    ("It **is**.", "它*是。"),
    ("Wait ...", "等等…"),
    ("Wait…", "等等 ..."),
    ("a, b,", "甲、乙"),
    ("Really?!", "真的"),
    ("Well;", "好"),
    ("Well", "好……"),
    ("Well", "好；"),
    ("Well", "好?!"),
    ("20 °", "20"),
    ("the the dome is open", "圆顶圆顶打开了"),
)
PLURALS = (
    ("python-brace-format", "{n:d} files", "{n:s} 个文件"),
    ("python-brace-format", "{n} of {m}", "{n} / {m:d}"),
    ("python-brace-format", "{n} files", "{n:99999999} 个文件"),
    ("python-brace-format", "{} of {1}", "{} / {1}"),
)


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_chinese(monkeypatch)


def test_what_is_wrong_with_a_text_is_told_in_chinese() -> None:
    pairs = [(language, source, target) for _, language, source, target, _ in FIXTURES]
    pairs += [("zh_CN", source, target) for _, source, target in FAULTY]
    pairs += [("zh_CN", *pair) for pair in MORE]
    pairs += [("fr", *pair) for pair in MORE]
    for language in sorted({each[0] for each in pairs}):
        texts = [(source, target) for here, source, target in pairs if here == language]
        found = [*findings(catalog_of(*texts, language=language))]
        assert found
        assert left_in_english(found) == []


def test_what_is_wrong_with_markup_is_told_in_chinese() -> None:
    found = [each for _, source, target in FIRES for each in of_markup(source, target)]
    flagged = [(flag, source, target) for flag, source, target, _ in FLAGGED]
    found += [each for flag, source, target in (*flagged, *PLURALS) for each in of_markup(source, target, [flag])]
    assert {each.code for each in found} >= {code for code, *_ in FIRES}
    assert left_in_english(found) == []


def test_what_is_wrong_with_typography_is_told_in_chinese() -> None:
    found = [each for text, *_ in OF_TYPOGRAPHY.values() for each in of_typography(text * 2)]
    assert {each.name for each in found} == set(OF_TYPOGRAPHY)
    assert left_in_english(found) == []


def test_what_is_too_long_to_be_read_is_told_in_chinese() -> None:
    header = 'msgid ""\nmsgstr "Language: zh_CN\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    note = "#. time 0:03–0:05 · 18 characters can be read in it\n"
    text = f'{header}{note}msgid "This is the point."\nmsgstr "{"向" * 40}"\n'
    found = [*findings(checked_catalog(read_catalog(text.encode(), "a.po"), "a.po"))]
    assert "长 40 个字符，说这句话的时间里只读得完 18 个" in [told(each.message) for each in found]
    assert left_in_english(found) == []


def test_the_good_state_of_every_rule_is_told_in_chinese() -> None:
    assert [each.code for each in rules() if in_english(each.sentence)] == []


@pytest.mark.parametrize(
    ("source", "target", "english", "chinese"),
    [
        ("You have %s new", "你有新的", "the placeholder %s is missing", "缺少占位符 %s"),
        ("See [a](b.md)", "见[甲](c.html)", "the link to b.md became c.html", "链接 b.md 变成了 c.html"),
        (
            "a <b>x</b> <i>y</i> z",
            "甲",
            "the tag <b>, </b>, <i> and 1 more is missing",
            "缺少标签 <b>, </b>, <i> 及另外 1 处",
        ),
        ("one", "# 一", "the text begins with #, which makes a heading of it", "文字以 # 开头，会因此成为标题"),
    ],
)
def test_a_message_is_chinese_for_people_and_english_for_programs(
    source: str, target: str, english: str, chinese: str
) -> None:
    messages = [each.message for each in of_markup(source, target)]
    assert english in messages
    assert chinese in list(map(told, messages))
