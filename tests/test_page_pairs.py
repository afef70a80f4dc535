"""Rules on two pages that are translations of each other: each fires on its fixture, and is silent on the neighbour."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.extractors.page import read_page
from pipeline.model import Finding
from pipeline.validator.base import findings, rules
from pipeline.validator.front_matter_keys import PagesOfCourse
from pipeline.validator.page_pairs import LastChange, PagePair

EN = """\
---
title: Telescopes
weight: 3
---
# Telescopes

See [the catalogue](https://example.org/stars) of stars, in all 118 218 of them.[^1]

- linear algebra
- calculus
- Python

## Mirrors

![setup](img/setup.png) The mirror is 39 m wide.

```python
stars = load("hip main")  # all
print(stars)
```

| week | topic |
| --- | --- |
| 1 | Lenses |
| 2 | Mirrors |
| 3 | Antennas |

## Exercises

Watch https://www.youtube.com/watch?v=abcdefghijk first.

[^1]: Of Hipparcos.
"""
ZH = """\
---
title: 望远镜
weight: 3
translator: 小明
---
# 望远镜

参见恒星的[星表](https://www.example.org/zh/stars/)，共 118 218 颗。[^1]

- 线性代数
- 微积分
- Python

## 镜面

![装置](img/setup.png) 镜面宽 39 米。

```python
stars = load("依巴谷")  # 全部
print(stars)
```

| 周 | 主题 |
| --- | --- |
| 1 | 透镜 |
| 2 | 镜面 |
| 3 | 天线 |

## 练习

请先看 https://www.bilibili.com/video/BV1xx411c7mD 。

[^1]: 依巴谷星表。
"""

# name: what stands in the Chinese page, what somebody wrote instead, the line of the finding, what does no harm instead
FIXTURES: dict[str, tuple[str, str, int, str]] = {
    "heading-missing": ("## 镜面\n\n", "", 12, "## 反射镜与透镜\n\n"),
    "heading-level": ("## 练习", "### 练习", 29, "练习\n---"),
    "list-length": ("- 微积分\n", "", 10, "* 微积分\n"),
    "table-missing": ("| 周 | 主题 |\n| --- | --- |\n| 1 | 透镜 |\n| 2 | 镜面 |\n| 3 | 天线 |\n", "", 21, ""),
    "code-missing": ('```python\nstars = load("依巴谷")  # 全部\nprint(stars)\n```\n', "", 16, ""),
    "table-shape": ("| 2 | 镜面 |\n", "", 23, "| 2 | 反射镜 |\n"),
    "link-mismatch": ("[星表](https://www.example.org/zh/stars/)", "星表", 8, "[星表](http://example.org/stars)"),
    "image-mismatch": ("![装置](img/setup.png) ", "", 16, "![装置](img/zh/setup.png) "),
    "video-mismatch": ("https://www.bilibili.com/video/BV1xx411c7mD", "录像", 1, "https://youtu.be/abcdefghijk"),
    "code-differs": ("stars = load(", "stars = read(", 19, "stars  =  load("),
    "number-differs": ("宽 39 米", "宽 38 米", 16, "宽三十九米"),
    "footnote-mismatch": ("\n[^1]: 依巴谷星表。\n", "", 1, "\n[^1]: 见依巴谷星表。\n"),
    "front-matter-key-missing": ("weight: 3\n", "", 1, "weight: 3\nsource_commit: abc\n"),
    "front-matter-differs": ("weight: 3\n", "weight: 5\n", 3, "weight: 3 # kept\n"),
}


def pair_of(source: str, translated: str) -> PagePair:
    return PagePair(read_page(source.encode(), "sky.en.md"), read_page(translated.encode(), "sky.zh.md"))


def found_in(source: str, translated: str) -> list[Finding]:
    return list(findings(pair_of(source, translated)))


def test_a_good_translation_has_no_findings() -> None:
    assert found_in(EN, ZH) == []


@pytest.mark.parametrize("name", FIXTURES)
def test_each_rule_fires_on_its_fixture_and_is_silent_on_the_neighbour(name: str) -> None:
    there, instead, line, harmless = FIXTURES[name]
    assert ZH.count(there) == 1
    told = found_in(EN, ZH.replace(there, instead))
    assert [(each.name, each.path, each.line) for each in told] == [(name, "sky.zh.md", line)]
    assert "sky.en.md" in told[0].message
    assert told[0].fix
    if harmless:
        assert found_in(EN, ZH.replace(there, harmless)) == []


def test_every_rule_on_page_pairs_is_tested() -> None:
    others = {"pages-unlike", "heading-order", "pair-outdated"}
    assert {each.name for each in rules() if each.subject is PagePair} == {*FIXTURES, *others}


def test_what_only_the_translation_has_is_named_at_its_line() -> None:
    (finding,) = found_in(EN.replace("- calculus\n", ""), ZH)
    assert (finding.line, finding.target, finding.severity) == (11, "微积分", "warning")
    assert finding.message == "the list item “微积分” is not in sky.en.md"


def test_a_section_that_is_missing_is_told_once() -> None:
    start, end = EN.index("## Mirrors"), EN.index("## Exercises")
    told = found_in(EN[:start] + "## Filters\n\n- red\n- green\n- blue\n\n" + EN[start:], ZH)
    assert [each.name for each in told] == ["heading-missing"]
    assert end > start


def test_titles_that_stand_elsewhere_make_all_headings_deeper() -> None:
    assert found_in(EN, ZH.replace("\n## ", "\n### ").replace("\n# ", "\n## ")) == []


def test_sections_in_another_order_are_a_note() -> None:
    one = "# A\n\n## Spherical mirrors\n\nMirrors reflect light.\n\n## Glass lenses\n\nLenses refract light.\n\nEnd.\n"
    other = "# A\n\n## 玻璃透镜\n\n透镜折射光。\n\n## 球面镜\n\n镜子反射光。\n\n结束。\n"
    assert all(each.severity == "info" for each in found_in(one, other))


def test_pages_that_have_nothing_in_common_are_told_so_and_nothing_else() -> None:
    other = "# 考试安排\n\n" + "\n\n".join(f"第{n}考场的同学请带学生证。" for n in "一二三四五六") + "\n"
    (finding,) = found_in(EN, other)
    assert (finding.name, finding.severity) == ("pages-unlike", "info")


def test_code_with_chinese_output_is_not_compared() -> None:
    assert found_in("```\nHello, world\n```\n", "```\n世界，你好\n```\n") == []


@pytest.mark.parametrize(
    "page", ["", "---\n---\n", "---\na: [\n---\nx\n", "\0", "# \n", "|a|\n|-|\n", "[" * 5000, "```"]
)
def test_odd_pages_are_compared_without_a_fault(page: str) -> None:
    list(findings(pair_of(page, ZH)))
    list(findings(pair_of(EN, page)))
    assert found_in(page, page) == []


def test_a_page_that_was_changed_after_its_translation_is_outdated() -> None:
    pair = pair_of(EN, ZH)
    old, new = LastChange("aaa1111", "2026-01-02", 100, 50), LastChange("bbb2222", "2026-03-04", 200, 40)
    told = list(findings(PagePair(pair.source, pair.translated, None, (new, old))))
    assert [(each.name, each.path, each.severity) for each in told] == [("pair-outdated", "sky.zh.md", "info")]
    assert "2026-03-04 (bbb2222)" in told[0].message
    assert "2026-01-02 (aaa1111)" in told[0].message
    assert list(findings(PagePair(pair.source, pair.translated, None, (old._replace(added=10), new)))) == []
    first_in_chinese = (old, new._replace(added=10))
    assert [each.path for each in findings(PagePair(pair.source, pair.translated, None, first_in_chinese))] == [
        "sky.en.md"
    ]


def test_a_page_without_a_key_that_the_course_has_is_noted() -> None:
    pages = [read_page(f"---\ntitle: T\nweek: {n}\n---\nx\n".encode(), f"p{n}.en.md") for n in range(4)]
    odd = read_page(b"---\ntitle: T\nlang: en\n---\nx\n", "odd.en.md")
    (finding,) = findings(PagesOfCourse((*pages, odd)))
    assert (finding.code, finding.severity, finding.path) == ("P104", "info", "odd.en.md")
    assert finding.message == "lacks the key “week”, which 4 of the 4 other pages of the course have"
    assert list(findings(PagesOfCourse(tuple(pages)))) == []
    assert list(findings(PagesOfCourse((*pages[:2], odd)))) == []


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_pairs_are_found_by_their_names_and_git_says_which_is_older(tmp_path: Path) -> None:
    def git(*words: str, date: str = "2026-01-02T12:00:00Z") -> None:
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(
            ["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True, env={**os.environ, **dates}
        )

    course = tmp_path / "source_docs" / "天文 course"
    for name, text in (("en/sky.md", EN), ("zh-CN/sky.md", ZH)):
        (course / name).parent.mkdir(parents=True)
        (course / name).write_bytes(text.encode())
    assert "No findings" in bilect("check", "--select", "P2", cwd=tmp_path).stdout
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "both")
    (course / "en/sky.md").write_bytes(EN.replace("- calculus\n", "").encode())
    git("commit", "-qam", "one", date="2026-02-03T12:00:00Z")
    shown = bilect("check", "--select", "P2", "--format", "concise", cwd=tmp_path).stdout
    assert "P206 list-length" in shown
    assert "P214 pair-outdated: source_docs/天文 course/en/sky.md was changed on 2026-02-03" in shown
