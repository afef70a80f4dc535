"""What commands say of what they did is in Chinese where the locale asks for it, and -q says nothing of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
import pytest
from commands import invoked
from spoken_chinese import speak_chinese

from pipeline.cli import COMMANDS, bilect
from pipeline.model import PipelineError
from pipeline.text.script import display_width
from pipeline.text.tongue import told

PAGE = "# Planets 行星\n\nSlides: Lecture 1~2\n"
CATALOG = 'msgid ""\nmsgstr "Language: zh_CN\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
CUES = "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n\n2\n00:00:03,000 --> 00:00:04,000\nThe risk is low.\n"


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    context = click.Context(bilect)
    for name in COMMANDS:
        bilect.get_command(context, name)  # with the helps in English, which other tests of this process read
    monkeypatch.chdir(tmp_path)
    speak_chinese(monkeypatch)


def said(*arguments: str) -> str:
    return invoked(*arguments).output


def refused(*arguments: str) -> str:
    try:
        invoked(*arguments)
    except click.ClickException as error:
        return error.format_message()
    except PipelineError as error:
        return f"{told(error.message)} ({told(error.remedy)})"
    return ""


def test_an_outline_has_chinese_titles_over_columns_that_stand_under_each_other() -> None:
    Path("a.en.md").write_text(PAGE, "utf-8")
    shown = said("outline", "a.en.md")
    assert "课件  讲次 1–2" in shown
    titles, first = shown[shown.index("  行  关于") :].split("\n")[:2]
    assert display_width(titles.partition("页面的原话")[0]) == display_width(first.partition("Slides")[0])
    assert "没有主题，没有讲次，没有视频" in shown


def test_pairs_are_shown_with_chinese_titles_and_counted_in_chinese() -> None:
    Path("a.txt").write_text("Risk\nTrees\nSomething else\n", "utf-8")
    Path("b.txt").write_text("Risk\nTrees\n", "utf-8")
    shown = said("align", "a.txt", "b.txt")
    assert shown.startswith("行  左：行  行  右：行  分数  级别\n")
    assert "1 个只在左边" in shown
    assert shown.endswith("2 对可用，0 对待查看，1 个没有配对\n")
    assert "句子：2 对可用，0 对待查看，1 个没有配对" in said("align", "a.txt", "b.txt", "--sentences")
    Path("c.txt").write_text("风险分层\n决策树\n", "utf-8")
    Path("a.txt").write_text("Risk stratification\nDecision trees\n", "utf-8")
    assert "风险" in (why := said("align", "a.txt", "c.txt", "-v").split("\n")[2])
    assert why.endswith("；位置相同")
    assert '"same place"' in said("align", "a.txt", "c.txt", "--format", "json")


def test_rules_are_listed_in_chinese_and_the_page_on_one_says_that_it_is_english() -> None:
    listed = said("rule").split("\n")
    assert listed[0].split() == ["A101", "lecture-without-topic", "警告", "每一讲都属于页面列出的某个主题。"]
    heads = [line.rpartition("  ")[0] for line in listed if line.startswith(("A101", "A104"))]
    starts = {display_width(f"{head}  ") for head in heads}
    assert len(starts) == 1
    page = said("rule", "A101")
    assert page.startswith(
        "# A101 lecture-without-topic\n\n每一讲都属于页面列出的某个主题。\n\n（以下说明只有英文。）\n\nEvery lecture"
    )


def test_a_merge_is_summed_up_in_chinese() -> None:
    Path("a.po").write_text(CATALOG + 'msgid "Risk"\nmsgstr "风险"\n\nmsgid "Gone for good"\nmsgstr "永别"\n', "utf-8")
    Path("b.pot").write_text(CATALOG.replace("zh_CN", "") + 'msgid "Risk"\nmsgstr ""\n', "utf-8")
    shown = said("merge", "a.po", "b.pot", "-o", "c.po")
    assert (
        shown
        == "1 条保留，0 条移动，0 条模糊，0 条新增，1 条废弃。\n1 条译文现在无处可放；作为废弃消息保留（-v 会列出）。\n"
    )


def test_a_repair_is_told_in_chinese() -> None:
    Path("a.en.md").write_text("The patientâ€™s risk\n", "utf-8")
    assert said("repair", "a.en.md", "--write").startswith("a.en.md：修复了 1 处\n")
    assert said("repair", "a.en.md", "--undo", "-v").startswith("a.en.md：已恢复原样\n")


def test_what_is_wrong_with_subtitles_is_told_in_chinese() -> None:
    Path("a.srt").write_text(CUES, "utf-8")
    Path("in").mkdir()
    Path("in/b.srt").write_text("x", "utf-8")
    assert refused("subs", "split", "a.srt", "-o", "out") == "里面没有中文 (请指定双语字幕轨)"
    assert (
        refused("subs", "shift", "a.srt", "1s", "-o", "a.vtt")
        == "字幕轨保持原来的格式 srt (请指定扩展名为 .srt 的文件)"
    )
    assert "'9999' 不是宽度：请写 42 或 42,16" in refused("subs", "wrap", "a.srt", "--width", "9999")
    for quiet in ((), ("-q",)):
        assert said("subs", "convert", "in", "-o", "out", "--to", "vtt", *quiet).startswith(
            "bilect: in/b.srt: 没有字幕"
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("align", "a.md", "--pages"), "缺少参数 'RIGHT'：--pages 把两篇文字并排"),
        (("merge", "-", "-"), "两个文件不能都是标准输入"),
        (("repair", "--undo", "-"), "--undo 只接受文件和文件夹，不能与其他选项同用"),
        (("extract", "--references", "x"), "应为 full、file、none 或行数，而不是 'x'"),
        (("memory", "search", "--to", "", "x"), "'' 不是 zh_CN 这样的语言代码"),
        (("check", "--report", "x=y"), "'x=y' 不是 FORM=FILE 的写法"),
        (("subs", "convert", "a.srt", "-o", "out", "--to", "x"), "--to x 不是已知格式"),
    ],
)
def test_wrong_usage_that_commands_find_themselves_is_told_in_chinese(arguments: tuple[str, ...], message: str) -> None:
    Path("a.srt").write_text(CUES, "utf-8")
    assert message in refused(*arguments)


def test_a_run_that_is_to_be_quiet_says_what_went_wrong_and_nothing_else() -> None:
    course = Path("source_docs/course")
    course.mkdir(parents=True)
    (course / "a.en.md").write_text(PAGE, "utf-8")
    assert "接下来：" in said("run")
    assert said("run", "-q") == ""
    assert said("update", "-q") == ""
    (course / "b.en.md").write_bytes(b"\0\1\2" * 99)
    assert "source_docs/course/b.en.md" in said("run", "-q")


def test_git_is_set_up_in_chinese() -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    shown = said("git", "install")
    assert shown.startswith(".git/config: 已设置\n")
    assert "请提交 .gitattributes" in shown
    assert said("git", "uninstall", "-q") == ""
