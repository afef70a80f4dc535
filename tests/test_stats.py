"""How far the translation is: counts, the next hour, and `bilect stats`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import bilect

from pipeline.catalogs.counts import Amount, Counts, Measure, Tally, counts_of, measure_of, tallies
from pipeline.catalogs.po import read_catalog
from pipeline.project.badge import badge
from pipeline.project.stats import CatalogStats, hours_left, next_hour, of_language
from pipeline.text.script import display_width

HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
MESSAGES = """
msgid "A **[deep](a.md)** network"
msgstr "深度网络"

#, fuzzy
msgid "Loss"
msgstr "损失"

#, fuzzy
msgid "Two more words"
msgstr ""

msgid "one file"
msgid_plural "many files"
msgstr[0] "一"
msgstr[1] ""

msgid "50 % of it"
msgstr ""

#~ msgid "gone"
#~ msgstr "没了"
"""


def catalog_stats(
    path: str, *counted: tuple[str, int], locale: str = "zh_CN", measure: Measure = "words"
) -> CatalogStats:
    rows = tuple(Tally(state, length) for state, length in counted)  # type: ignore[arg-type]
    return CatalogStats(path, locale, "course", path, measure, rows, counts_of(rows, measure))


def project(root: Path, **catalogs: str) -> Path:
    """A project with the catalogs, by "locale__course__page"."""
    (root / "source_docs/ml").mkdir(parents=True)
    (root / "source_docs/ml/intro.en.md").write_text("# Deep networks\n", "utf-8")
    for name, text in catalogs.items():
        locale, course, page = name.split("__")
        path = root / f"locales/{locale}/LC_MESSAGES/{course}/{page}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER.replace("zh_CN", locale) + text, "utf-8")
    return root


# ---- counts


def test_messages_and_words_are_counted_by_what_became_of_them() -> None:
    counted = tallies(read_catalog((HEADER + MESSAGES).encode()), "words")
    assert counted == [
        ("translated", 3), ("fuzzy", 1), ("untranslated", 3), ("untranslated", 2), ("untranslated", 4),
    ]  # fmt: skip
    counts = counts_of(counted, "words")
    assert counts == Counts(Amount(1, 3), Amount(1, 1), Amount(3, 9))
    assert (counts.total, counts.left, counts.percent) == (Amount(5, 13), Amount(4, 10), 20)


def test_counts_are_those_of_msgfmt(tmp_path: Path) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("gettext's msgfmt is not installed")
    text = HEADER + MESSAGES.replace('msgstr[1] ""\n', "").replace('msgstr[0] "一"', 'msgstr[0] ""')
    (tmp_path / "a.po").write_text(text, "utf-8")
    said = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", "a.po"], cwd=tmp_path, capture_output=True, check=True
    ).stderr.decode()
    counts = counts_of(tallies(read_catalog(text.encode()), "words"), "words")
    numbers = [amount.messages for amount in (counts.translated, counts.fuzzy, counts.untranslated)]
    assert numbers == list(map(int, re.findall(r"\d+", said)))


@pytest.mark.parametrize(
    ("source", "characters"),
    [
        ("第1讲：机器学习。", 7),
        ("用 **PyTorch** 训练", 4),
        ("[在线课程](https://example.org/a)", 4),
        ("6.S897", 1),
        ("——", 0),
    ],
)
def test_chinese_sources_are_counted_in_characters_without_punctuation(source: str, characters: int) -> None:
    catalog = read_catalog(f'msgid "{source}"\nmsgstr ""\n'.encode())
    assert tallies(catalog, "characters") == [("untranslated", characters)]


@pytest.mark.parametrize(
    ("language", "source", "measure"),
    [
        ("zh_CN", "机器学习", "words"),
        ("en", "PyTorch", "characters"),
        ("de", "机器学习", "characters"),
        ("?", "deep", "words"),
    ],
)
def test_the_measure_follows_the_language(language: str, source: str, measure: str) -> None:
    assert measure_of(read_catalog(f'msgid "{source}"\nmsgstr ""\n'.encode()), language) == measure


@given(st.lists(st.tuples(st.sampled_from(["translated", "fuzzy", "untranslated"]), st.integers(0, 99))))
def test_only_a_whole_catalog_has_100_percent(counted: list[tuple[str, int]]) -> None:
    counts = catalog_stats("a.po", *counted).counts
    assert (counts.percent == 100) == (counts.left.messages == 0)
    assert counts.total.messages == len(counted)


# ---- the next hour


def test_the_next_hour_finishes_the_pages_with_the_least_left_and_goes_on_with_the_next() -> None:
    long = catalog_stats("long.po", *[("untranslated", 30)] * 9, ("fuzzy", 40), ("translated", 99))
    short = catalog_stats("short.po", ("untranslated", 20), ("fuzzy", 20))
    done = catalog_stats("done.po", ("translated", 5))
    steps = next_hour([long, short, done], rate=100)
    assert [(step.catalog.path, step.check, step.translate, step.finishes) for step in steps] == [
        ("short.po", 1, 1, True),
        ("long.po", 1, 2, False),  # 30 words are spent; checking 40 words takes as long as 20, two of 30 fill the rest
    ]
    assert hours_left([long, short, done], rate=100) == pytest.approx(3.2)
    assert next_hour([done], rate=100) == []


def test_characters_take_less_time_than_words() -> None:
    assert hours_left([catalog_stats("a.po", ("untranslated", 160), measure="characters")], rate=100) == pytest.approx(
        1
    )


def test_a_message_longer_than_an_hour_is_still_work_for_one() -> None:
    (step,) = next_hour([catalog_stats("a.po", *[("untranslated", 900)] * 2)], rate=1)
    assert (step.translate, step.finishes) == (1, False)


@given(st.lists(st.lists(st.integers(1, 400), max_size=4), max_size=6), st.integers(1, 600))
def test_no_other_hour_finishes_more_pages(lengths: list[list[int]], rate: int) -> None:
    catalogs = [catalog_stats(f"{n}.po", *[("untranslated", each) for each in page]) for n, page in enumerate(lengths)]
    whole = [step for step in next_hour(catalogs, rate) if step.finishes]
    room, best = rate, 0
    for total in sorted(sum(page) for page in lengths if page):
        room -= total
        best += room >= 0
    assert len(whole) >= best


def test_a_language_without_a_country_means_all_of_it() -> None:
    catalogs = [catalog_stats("a", locale="zh_CN"), catalog_stats("b", locale="zh_TW"), catalog_stats("c", locale="en")]
    assert [each.path for each in of_language(catalogs, "zh")] == ["a", "b"]
    assert [each.path for each in of_language(catalogs, "zh-cn")] == ["a"]


# ---- the badge


def test_the_badge_says_in_words_what_it_shows_and_needs_nothing_from_outside() -> None:
    drawn = badge("translated", [("zh_CN", 100), ("<b>&", 7)])
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == root[0].text == "translated: zh_CN 100 %, <b>& 7 %"
    assert [text.text for text in root[3]] == ["translated", "zh_CN 100 %", "<b>& 7 %"]
    assert "href" not in drawn
    assert drawn.count("http") == 1  # the name of the format


# ---- the command


def test_stats_of_a_project_show_each_page_and_the_next_hour(tmp_path: Path) -> None:
    root = project(
        tmp_path, zh_CN__ml__intro=MESSAGES, zh_CN__ml__第二讲=MESSAGES, en__ml__intro='\nmsgid "学习"\nmsgstr ""\n'
    )
    shown = bilect("stats", cwd=root)
    assert (shown.status, shown.stderr) == (0, "")
    assert shown.stdout == (
        "en             translated  fuzzy  untranslated     left\n"
        "ml/intro  0 %           –      –             1  2 chars\n"
        "\n"
        "All that is left into en (about 1 minute):\n"
        "  locales/en/LC_MESSAGES/ml/intro.po\n"
        "    1 message to translate; then it is whole\n"
        "\n"
        "zh_CN           translated  fuzzy  untranslated      left\n"
        "ml        20 %           2      2             6  20 words\n"
        "  intro   20 %           1      1             3  10 words\n"
        "  第二讲  20 %           1      1             3  10 words\n"
        "in all    20 %           2      2             6  20 words\n"
        "\n"
        "All that is left into zh_CN (about 2 minutes):\n"
        "  locales/zh_CN/LC_MESSAGES/ml/intro.po\n"
        "    1 message to check, 3 to translate; then it is whole\n"
        "  locales/zh_CN/LC_MESSAGES/ml/第二讲.po\n"
        "    1 message to check, 3 to translate; then it is whole\n"
        "\n"
        "An hour: 500 words of English or 800 characters of Chinese (--rate changes it);\n"
        "to check a fuzzy message takes 50 % of that.\n"
    )
    assert max(map(display_width, shown.stdout.splitlines())) <= 80


def test_json_markdown_and_minimum(tmp_path: Path) -> None:
    root = project(tmp_path, zh_CN__ml__intro=MESSAGES, **{"zh_CN__a|b__c": MESSAGES})
    made = bilect("stats", "--format", "json", "--rate", "9", "--min", "20", cwd=root)
    assert made.status == 0
    record = json.loads(made.stdout)
    (locale,) = record["locales"]
    assert (locale["hours"], locale["counts"]["percent"], len(record["catalogs"])) == (2.11, 20, 2)
    assert locale["next"][0] == {
        "path": "locales/zh_CN/LC_MESSAGES/a|b/c.po", "check": 1, "translate": 3, "finishes": True,
    }  # fmt: skip
    low = bilect("stats", "--format", "md", "--by", "course", "--min", "21", cwd=root)
    assert (low.status, low.stderr) == (1, "zh_CN: 20 % is translated, and --min asks for 21 %.\n")
    assert low.stdout.splitlines()[2:] == [
        "| zh_CN | a&#124;b | 5 | 1 | 20 | 1 | 3 | 10 words |",
        "| zh_CN | ml | 5 | 1 | 20 | 1 | 3 | 10 words |",
        "| **in all** |  | 10 | 2 | 20 | 2 | 6 | 20 words |",
    ]


def test_a_page_of_the_project_means_its_catalogs(tmp_path: Path) -> None:
    root = project(tmp_path, zh_CN__ml__intro=MESSAGES, zh_CN__ml__other=MESSAGES)
    shown = bilect("stats", "source_docs/ml/intro.en.md", "--by", "locale", cwd=root)
    assert (shown.status, "zh_CN   20 %           1" in shown.stdout) == (0, True)
    assert "other.po" not in shown.stdout


def test_what_cannot_be_read_is_one_line_and_the_rest_is_done(tmp_path: Path) -> None:
    root = project(tmp_path, zh_CN__ml__intro=MESSAGES, zh_CN__ml__broken="<<<<<<< ours\n")
    (root / "locales/zh_CN/LC_MESSAGES/ml/empty.po").touch()
    (root / "locales/zh_CN/LC_MESSAGES/ml/binary.po").write_bytes(bytes(range(256)))
    shown = bilect("stats", "--badge", "b.svg", cwd=root)
    assert shown.status == 2
    lines = shown.stderr.splitlines()
    assert len(lines) == 3
    assert lines[2] == "bilect: locales/zh_CN/LC_MESSAGES/ml/empty.po: is empty (restore the file, or delete it)"
    assert "ml/intro  20 %" in shown.stdout
    assert "zh_CN 20 %" in (root / "b.svg").read_text("utf-8")
    catalog = root / "locales/zh_CN/LC_MESSAGES/ml/intro.po"
    refused = bilect("stats", catalog, "--badge", catalog, cwd=root)
    assert (refused.status, "is an input" in refused.stderr) == (2, True)
    assert catalog.read_text("utf-8") == HEADER + MESSAGES


def test_without_catalogs_or_in_no_project_it_says_what_to_do(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert (
        bilect("stats", cwd=root).stderr
        == "bilect: locales: there are no catalogs yet (bilect run makes them from the pages)\n"
    )
    missing = bilect("stats", "source_docs/ml", cwd=root)
    assert (missing.status, missing.stderr) == (2, "bilect: source_docs/ml: has no catalog yet (bilect run makes it)\n")
    (root / "de.po").write_text(HEADER + MESSAGES, "utf-8")
    assert (
        bilect("stats", "--lang", "fr", "de.po", cwd=root).stderr == "bilect: no catalog is in fr (there are: zh_CN)\n"
    )
