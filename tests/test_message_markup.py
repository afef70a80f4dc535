"""Rules on the markup of messages: each fires on what breaks a page or a program, and is silent on its neighbour."""

from __future__ import annotations

from collections.abc import Iterable

import polib
import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.model import Finding
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog

MINE = ("M11", "M160", "M161", "M162", "M163", "M164")


def found_in(source: str, target: str, flags: Iterable[str] = (), plural: str = "") -> list[Finding]:
    message = polib.POEntry(msgid=source, msgstr="" if plural else target, msgid_plural=plural, flags=list(flags))
    if plural:
        message.msgstr_plural = {0: target}
    file = polib.POFile()
    file.metadata = {
        "Language": "zh_CN",
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    file.append(message)
    checked = checked_catalog(read_catalog(str(file).encode(), "a.po"), "a.po")
    assert len(checked.translations) == 1
    return [each for each in findings(checked) if each.code.startswith(MINE)]


def codes(source: str, target: str, flags: Iterable[str] = (), plural: str = "") -> list[str]:
    return sorted({each.code for each in found_in(source, target, flags, plural)})


FIRES = [
    # percent placeholders
    ("M110", "You have %s new messages", "你有新消息"),
    ("M110", "%s has %d files", "%d 有 %s 个文件"),
    ("M110", "Hello %(name)s", "你好 %(名字)s"),
    ("M110", "Hello %(name)s", "你好 %s"),
    ("M110", "Lecture by %LECTURER% today", "今天由 %讲师% 主讲"),
    ("M110", "Copy %1$s to %2$s", "把 %1$s 复制到 %3$s"),
    ("M110", "about %'d learners enrolled", "约有 %d 人选课"),
    ("M110", "%d MB of %dMB", "%dMB"),
    # brace placeholders
    ("M111", "Hello {name}!", "你好 {姓名}！"),
    ("M111", '"Line {n}: {text:>10}"', '"第 行：{text:>10}"'),
    ("M111", "{} of {}", "{}"),
    ("M111", "Week ${week} begins", "第 ${周} 周开始"),
    ("M111", "Graded by $(tutor)", "由 $(助教) 批改"),
    ("M111", "Slides of @TERM@", "@学期@ 的幻灯片"),
    ("M111", "value {x:.2f}", "值 {x:.1f}"),
    # Liquid and shortcodes
    ("M112", "See {% link a.md %} first", "先看"),
    ("M112", "Hi {{ page.title }}", "你好 {{ page.标题 }}"),
    ("M112", "Hi {{ page.title }}", "你好 {{ page.title }"),
    ("M112", '{{< figure src="a.png" >}} shows', "图示"),
    # tags
    ("M113", "Hand it in <b>by Friday</b>", "<b>周五前提交"),
    ("M113", "Hand it in <b>by Friday</b>", "<q>周五前</q>提交"),
    ("M113", "one<br>two", "一二"),
    ("M113", 'See <a href="a.html" class="x">it</a>', '看<a href="a.html">它</a>'),
    ("M113", 'See <a href="a.html">it</a>', '看<a herf="a.html">它</a>'),
    ("M113", "<em>Lecture</em>", "<em>讲座</ em>"),
    ("M113", "<em>Lecture</em> notes", "</em>讲座<em>笔记"),
    ("M113", "<b>Deadline</b>", "<b>截止日期<b>"),
    ("M113", "plain", "普通<br>"),
    ("M113", "[quote]Read more[/quote]", "[引用]多读书[/引用]"),
    ("M113", "a <!-- note --> b", "甲乙"),
    # links, footnotes, addresses
    ("M114", "See [the notes](notes.html).", "见[笔记]（notes.html）。"),
    ("M114", "See [the notes](notes.html).", "见[笔记](note.html)。"),
    ("M114", "See [the notes](notes.html).", "见笔记。"),
    ("M114", "![A cat](cat.png) sits", "[猫](cat.png)坐着"),
    ("M114", "See [the notes][notes].", "见[笔记][笔记]。"),
    ("M114", "See [a](a.md) and [b](b.md)", "见[甲](a.md)和[乙](a.md)"),
    ("M114", "[x]: https://example.org/a", "[x]: https://example.org/b"),
    ("M114", "`Guide <https://example.org/a>`_ here", "`指南 <https://example.org/q>`_ 在此"),
    ("M114", '<img src="a.png">', '<img src="b.png">'),
    ("M118", "A fact.[^1]", "事实。"),
    ("M118", "A fact.[^1]", "事实。[^2]"),
    ("M118", "See [[Some page]]", "见 [[某页]]"),
    ("M115", "Go to https://example.org/a today", "今天就去 https://example.org/b"),
    ("M115", "Go to https://example.org/a today", "今天就去"),
    ("M115", "Write to me@example.org", "写信给 me@example.com"),
    ("M115", "See www.example.org/a", "见 www.exmaple.org/a"),
    # code
    ("M116", "Print `{n}` here", "在此打印 `{}`"),
    ("M116", "Add `a;` here", "在此加 `a；`"),
    ("M116", "Use the `impl` block", "使用“impl”块"),
    ("M116", "Use the `impl` block", "使用 impl 块"),
    ("M116", "Use the `impl` block", "使用 `impl 块"),
    ("M116", "Run `cargo fix`", "运行 `cargo Fix`"),
    ("M116", "Like `Promise.all`", "像 `Promise.al`"),
    ("M116", "```rust\nlet a = 1;\n```", "```rust\nlet a = 1；\n```"),
    ("M116", '```\nprint("{n}")\nx = 1\n```', '```\nprint("{n}")\n```'),
    ("M116", "Returns ``0`` on :c:func:`x`", "在 :c:func:`x` 时返回0"),
    ("M116", "fn main() {\n    run(1);\n}", "fn main() {\n    run(1)；\n}"),
    ("M115", "Put it into notes/week1.md first", "先放进 notes/week2.md"),
    # math
    ("M117", "Let $x^2$ be", "设 $x^3$ 为"),
    ("M117", "Let $x$ be", "设 x 为"),
    ("M117", "$$\\frac{a}{b}$$ holds", "成立"),
    ("M117", "Let \\(x_1\\) be", "设"),
    # line breaks
    ("M119", "The course ends.\n", "课程结束。"),
    ("M119", "The course ends.", "课程结束。\n"),
    ("M119", "\nThe course ends.", "课程结束。"),
    ("M119", "Weeks one and two.\nThen the exam.", "第一、二周。然后考试。"),
    ("M119", "One.\n\nTwo.", "一。二。"),
    ("M119", "The course ends.\r", "课程结束。"),
    ("M119", "x = 1;\ny = 2;\nz(x);", "x = 1;\nz(x);"),
    # the form of blocks
    ("M160", "## Title", "### 标题"),
    ("M160", "## Title", "标题"),
    ("M160", "- one", "一"),
    ("M160", "1. one", "一、一"),
    ("M160", "> said", "说"),
    ("M160", "Title", "# 标题"),
    ("M161", "**Note** that", "**注意"),
    ("M161", "~~old~~ text", "~~旧文"),
    # escapes, roles, strays
    ("M162", r"score:\t", "分数："),
    ("M162", r"name\nscore", "姓名分数"),
    ("M162", r"print \"", "打印"),
    ("M162", "&university; courses", "&大学; 课程"),
    ("M162", "print &lt;stdin&gt; here", "在此打印 &lt;stdin&gt"),
    ("M163", "See :func:`open`", "见 :func:`打开`"),
    ("M163", "See :func:`open`", "见 open"),
    ("M164", "Correct memory management.", "正确的内存>管理。"),
]

SILENT = [
    ("50% discount for all", "所有人享五折"),
    ("100%sure", "百分之百确定"),
    ("It is 50% of the data", "占数据的 50%"),
    ("%s and %s", "%2$s 和 %1$s"),
    ("%(a)s before %(b)s", "%(b)s 在 %(a)s 之后"),
    ("{a} before {b}", "{b} 在 {a} 之后"),
    ('{"name": "x"}', '{"name": "甲"}'),
    ("body { color: red }", "正文 { color: red }"),
    ("the fraction \\frac{a}{b}", "分数"),
    ("x^{2} and a_{i}", "x^2 和 a_i"),
    ("Hi {{ page.title }} and {% x %}", "{% x %} 和 {{ page.title }} 你好"),
    ("`Rc<T>`, `&str` and `Vec<u8>`", "`Vec<u8>`、`&str` 与 `Rc<T>`"),
    ("one<br>two", "一<br/>二"),
    ('<img src="a.png" alt="A cat">', '<img alt="一只猫" src="a.png">'),
    ('<p lang="en">text</p>', '<p lang="zh">文</p>'),
    ("Use <name> here", "在此用 <名称>"),
    ("a < b and c > d", "a < b 且 c > d"),
    ("[x](https://en.wikipedia.org/wiki/X)", "[甲](https://zh.wikipedia.org/wiki/X)"),
    ("[x](/en/docs/a.html)", "[甲](/zh-cn/docs/a.html)"),
    ('[x](a.md "title")', '[甲](a.md "标题")'),
    ("[a](a.md) then [b](b.md)", "[乙](b.md)，先 [甲](a.md)"),
    ("[x](http://example.org)", "[甲](https://example.org/)"),
    ("https://docs.example.org/3/x", "https://docs.example.org/zh-cn/3/x"),
    ("_notes/week1.md_:", "notes/week1.md："),
    (
        "int main() {\n    /* one\n       two */\n    run();\n}",
        "int main() {\n    /* 一，\n       二 */\n    run();\n}",
    ),
    ("A fact[^1] and another[^b]", "又一事实[^b]，事实[^1]"),
    ("Go to https://example.org/a.", "请访问 https://example.org/a。"),
    ("Write to a@example.org!", "写信到 a@example.org！"),
    ("`a` and `b`", "`b` 和 `a`"),
    ("`a` is `a`", "`a` 就是它"),
    ("the None value", "值 `None`"),
    ("See :ref:`the guide <guide>`", "见 :ref:`指南 <guide>`"),
    ("See :class:`~a.B`", "见 :class:`a.B`"),
    ("A `Guide`_ here", "一份 `Guide`_"),
    ("Let $x + y$ be", "设 $x+y$ 为"),
    ("Let $x = \\text{rate}$ be", "设 $x = \\text{比率}$ 为"),
    ("between $5 and $10", "5 到 10 美元"),
    ("soft wrapped prose that\ngoes on\n", "折行的文字\n"),
    ("x = 1\n# a long comment\n# goes on\ny = 2;\nf(x)\n", "x = 1\n# 注释\ny = 2;\nf(x)\n"),
    ("## Title", "## 标题"),
    ("- one", "- 一"),
    ("**a** and `**`", "`**` 与 **甲**"),
    ("`__init__` runs", "`__init__` 运行"),
    ("5 > 3", "5 > 3"),
    ("R&amp;D &copy; 2020&nbsp;x", "研发 © 2020 x"),
    ('```py\nprint("hi")  # greet\n```', '```py\nprint("你好")  # 问候\n```'),
    (r"C:\new", r"C:\new"),
]


@pytest.mark.parametrize(("code", "source", "target"), FIRES)
def test_what_breaks_is_found(code: str, source: str, target: str) -> None:
    assert code in codes(source, target)


@pytest.mark.parametrize(("source", "target"), SILENT)
def test_what_a_translator_may_do_is_not_reported(source: str, target: str) -> None:
    assert [each for each in found_in(source, target) if each.severity != "info"] == []


def test_a_text_that_stays_as_it_is_breaks_nothing() -> None:
    file = polib.POFile()
    for source in {row[1] for row in FIRES} | {row[0] for row in SILENT}:
        file.append(polib.POEntry(msgid=source, msgstr=source))
    checked = checked_catalog(read_catalog(str(file).encode(), "a.po"), "a.po")
    assert [each for each in findings(checked) if each.code.startswith(MINE)] == []


FLAGGED = [
    ("c-format", "%d of %d", "%d", ["M110"]),
    ("c-format", "%s has %d", "%2$d 属于 %1$s", []),
    ("c-format", "%s has %d", "%d 属于 %s", ["M110"]),
    ("c-format", "%d%% done", "完成 %d%", ["M110"]),
    ("c-format", "%d%% done", "完成 %d%%", []),
    ("c-format", "%i files", "%d 个文件", []),
    ("python-format", "%(n)d of %(m)d", "%(m)d 之 %(n)d", []),
    ("python-format", "%(n)d of %(m)d", "%(m)d 之 %(n)s", ["M110"]),
    ("no-python-format", "a %s b", "甲乙", []),
    ("python-brace-format", "{} of {}", "{1} 之 {0}", []),
    ("python-brace-format", "{name!r:>10}", "{名字!r:>10}", ["M111"]),
    ("python-brace-format", "{{literal}} {x}", "{{字面}} {x}", []),
    ("python-brace-format", "{x} twice", "{x} 与 {x}", []),
    ("python-brace-format", "nothing", "{x}", ["M111"]),
    ("qt-format", "Week %1", "第 %2 周", ["M110"]),
]


@pytest.mark.parametrize(("flag", "source", "target", "expected"), FLAGGED)
def test_a_flag_says_what_is_a_placeholder(flag: str, source: str, target: str, expected: list[str]) -> None:
    found = [each for each in found_in(source, target, [flag]) if each.code in {"M110", "M111"}]
    assert [each.code for each in found] == expected
    assert all(each.severity == "error" for each in found)


def test_a_plural_form_may_follow_either_english_form() -> None:
    assert codes("One lecture", "%d 讲", ["c-format"], "%d lectures") == []
    assert codes("One lecture", "%s 讲", ["c-format"], "%d lectures") == ["M110"]


def test_a_finding_names_what_is_lost_and_where() -> None:
    (found,) = found_in("Use `a` and `b`", "使用 `a` 和 `c`")
    assert found.message == "the code `b` became `c`"
    assert found.spots == ((12, 15), (9, 12))


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("Use `impl` and `fn`", "使用“impl”和“fn”", "使用 `impl` 和 `fn`".replace(" ", "")),
        ("The course ends.\n", "课程结束。", "课程结束。\n"),
        ("## Title", "### 标题", "## 标题"),
        ("## Title", "##标题", "## 标题"),
        ("Memory management", "内存>管理", "内存管理"),
    ],
)
def test_what_is_certain_can_be_mended_and_is_silent_then(source: str, target: str, mended: str) -> None:
    (found,) = found_in(source, target)
    assert found.edit is not None
    assert found.edit.text == mended
    assert found_in(source, mended) == []


@pytest.mark.parametrize(
    "bomb",
    [
        "`",
        "<",
        "{",
        "[",
        "%",
        "$",
        "&",
        "\\",
        "*",
        "{%",
        "<a ",
        "](",
        "\n",
        "![",
        ":`",
        "[[",
        "=\\",
        "`<",
        "(",
        "%(a",
        "<!--",
        "“",
        "@",
        "a@",
        "www.",
    ],
)
def test_a_text_that_opens_thousands_of_things_is_read_all_the_same(bomb: str) -> None:
    text = bomb * (8_000 // len(bomb))
    assert len(found_in(text, text[:-1] + "甲")) < 10  # told once for all that was opened, not once for each
