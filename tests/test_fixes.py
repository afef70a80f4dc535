"""Edits that findings carry: which are safe, how several compose, and what `bilect check --fix` leaves alone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from terminal import Shown, bilect

from pipeline.catalogs.po import catalog_bytes, read_catalog
from pipeline.model import Edit, Finding, Spot
from pipeline.project.fixing import MendedFile, diff_of
from pipeline.validator.base import _RULES as REGISTERED
from pipeline.validator.base import rules
from pipeline.validator.fixes import is_safe, mend
from pipeline.validator.messages import Remark, Translation, message_rule

HEAD = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def no_double_blank(translation: Translation) -> Iterator[Remark]:
    """A translation has no two blanks in a row."""
    place = translation.target.find("  ")
    if place >= 0:
        text = translation.target[:place] + translation.target[place + 1 :]
        yield Remark("two blanks", at=(place, place + 2), edit=Edit(text))


def full_stop(translation: Translation) -> Iterator[Remark]:
    """A translation ends with 。, not with a full stop."""
    if translation.target.endswith("."):
        last = len(translation.target)
        yield Remark("ends with .", at=(last - 1, last), edit=Edit(translation.target[:-1] + "。"))


def no_bang(translation: Translation) -> Iterator[Remark]:
    """A translation does not shout."""
    if "！" in translation.target:
        yield Remark("shouts", edit=Edit(translation.target.replace("！", "。"), is_safe=False))


def tick(translation: Translation) -> Iterator[Remark]:
    """Every tick is a tock."""
    if "tick" in translation.target:
        yield Remark("tick", edit=Edit(translation.target.replace("tick", "tock")))


def tock(translation: Translation) -> Iterator[Remark]:
    """Every tock is a tick."""
    if "tock" in translation.target:
        yield Remark("tock", edit=Edit(translation.target.replace("tock", "tick")))


def growing(translation: Translation) -> Iterator[Remark]:
    """A rule that is never content."""
    if "more" in translation.target:
        yield Remark("more", edit=Edit(translation.target + "!"))


OWN = (no_double_blank, full_stop, no_bang, tick, tock, growing)


@pytest.fixture
def _own_rules() -> Iterator[None]:
    rules()
    kept = dict(REGISTERED)
    REGISTERED.clear()
    for number, own in enumerate(OWN):
        message_rule(f"M90{number}", own.__name__.replace("_", "-"), "warning")(own)
    yield
    REGISTERED.clear()
    REGISTERED.update(kept)


def messages(*pairs: tuple[str, str]) -> str:
    return HEAD + "".join(f'\nmsgid "{source}"\nmsgstr "{target}"\n' for source, target in pairs)


def mended(text: str) -> tuple[int, str]:
    catalog = read_catalog(text.encode())
    return mend(catalog, "a.po", lambda each: each.edit is not None), catalog_bytes(catalog).decode()


@pytest.mark.usefixtures("_own_rules")
def test_several_edits_on_one_message_compose() -> None:
    assert mended(messages(("a", "一  二   三."))) == (4, messages(("a", "一 二 三。")))


@pytest.mark.usefixtures("_own_rules")
@pytest.mark.parametrize("text", ["tick", "more", "tick tock  more."])
def test_a_translation_that_comes_to_no_rest_stays_as_it_was(text: str) -> None:
    assert mended(messages(("a", text), ("b", "二."))) == (1, messages(("a", text), ("b", "二。")))


@pytest.mark.usefixtures("_own_rules")
def test_an_edit_that_breaks_another_rule_is_undone() -> None:
    def at_end(translation: Translation) -> Iterator[Remark]:
        """A translation ends with no blank."""
        if translation.target.endswith(" "):
            yield Remark("blank", edit=Edit(translation.target.rstrip() + "。tick"))

    message_rule("M910", "at-end", "warning")(at_end)
    assert mended(messages(("a", "一 ")))[0] == 0


@pytest.mark.usefixtures("_own_rules")
def test_fuzzy_and_obsolete_messages_plurals_comments_and_odd_layouts_are_kept() -> None:
    text = (
        HEAD + '\n#, fuzzy\nmsgid "f"\nmsgstr "a  b."\n\nmsgid   "odd"\nmsgstr   "很" "好"\n\n'
        '# note\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "一."\nmsgstr[1] "多"\n\n#~ msgid "o"\n#~ msgstr "a  b."\n'
    )
    assert mended(text) == (1, text.replace('"一."', '"一。"'))


@pytest.mark.usefixtures("_own_rules")
def test_what_a_comment_suppresses_is_not_mended() -> None:
    text = messages(("a", "一.")).replace('msgid "a"', '# bilect: ignore=M901 so\nmsgid "a"')
    assert mended(text) == (0, text)


@pytest.mark.usefixtures("_own_rules")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.text("一 .！mortick", min_size=1, max_size=12), min_size=1, max_size=5))
def test_mending_twice_changes_nothing_more(targets: list[str]) -> None:
    once = mended(messages(*((f"m{number}", each) for number, each in enumerate(targets))))[1]
    assert mended(once) == (0, once)


@pytest.mark.parametrize(
    ("before", "after", "spot", "safe"),
    [
        ("一 二.", "一 二。", None, True),
        ("一  二", "一 二", None, True),
        ("{N} 个", "{n} 个", (0, 3), True),
        ("{N} 个", "{n} 个", None, False),
        ("的的书", "的书", (0, 2), True),
        ("的书", "我的书", (1, 2), False),
        ("书", "", None, False),
        ("书", "  ", (0, 1), False),
    ],
)
def test_an_edit_is_safe_only_where_it_changes_no_word_beside_its_spot(
    before: str, after: str, spot: Spot | None, safe: bool
) -> None:
    finding = Finding("M1", "m", "warning", "a.po", 1, 1, "m", target=before, spots=(None, spot), edit=Edit(after))
    assert is_safe(finding) is safe


def check(folder: Path, *arguments: str) -> Shown:
    return bilect("check", "a.po", *arguments, cwd=folder)


@pytest.mark.usefixtures("_own_rules")
def test_fix_mends_what_is_safe_and_unsafe_fixes_the_rest(tmp_path: Path) -> None:
    place = tmp_path / "a.po"
    place.write_text(messages(("a", "一  二."), ("b", "三！")), "utf-8")
    shown = check(tmp_path, "--fix", "--max-warnings", "0")
    assert (shown.status, shown.stderr) == (1, "Fixed 2 findings in 1 file, 1 left.\n")
    assert "a.po:10:1: warning M902 no-bang: shouts" in shown.stdout
    assert place.read_text("utf-8") == messages(("a", "一 二。"), ("b", "三！"))
    assert check(tmp_path, "--unsafe-fixes").stderr == "Fixed 1 finding in 1 file, 0 left.\n"
    assert place.read_text("utf-8") == messages(("a", "一 二。"), ("b", "三。"))
    before = place.stat().st_mtime_ns
    assert check(tmp_path, "--fix", "--unsafe-fixes").stderr == "Fixed 0 findings in 0 files, 0 left.\n"
    assert place.stat().st_mtime_ns == before


@pytest.mark.usefixtures("_own_rules")
def test_diff_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    text = messages(("a", "一"), ("b", "二."))
    (tmp_path / "a.po").write_text(text, "utf-8")
    shown = check(tmp_path, "--diff")
    assert (shown.status, shown.stderr) == (1, "1 finding would be mended in 1 file.\n")
    assert shown.stdout == (
        '--- a.po\n+++ a.po\n@@ -7,4 +7,4 @@\n msgstr "一"\n \n msgid "b"\n-msgstr "二."\n+msgstr "二。"\n'
    )
    assert (tmp_path / "a.po").read_text("utf-8") == text
    assert check(tmp_path, "--diff", "--ignore", "M9").status == 0


@pytest.mark.usefixtures("_own_rules")
def test_what_a_baseline_lets_pass_is_not_mended(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(messages(("a", "一.")), "utf-8")
    assert check(tmp_path, "--write-baseline", "--baseline", "known.json").status == 0
    text = messages(("a", "一."), ("b", "二."))
    (tmp_path / "a.po").write_text(text, "utf-8")
    assert "Fixed 1 finding in 1 file, 0 left.\n" in check(tmp_path, "--fix", "--baseline", "known.json").stderr
    assert (tmp_path / "a.po").read_text("utf-8") == text.replace("二.", "二。")


def test_a_diff_names_the_lines_of_the_file() -> None:
    before = messages(*((f"m{number}", "一") for number in range(9)))
    after = before.replace('"m1"\nmsgstr "一"', '"m1"\nmsgstr ""\n"一一"').replace(
        '"m8"\nmsgstr "一"', '"m8"\nmsgstr "三"'
    )
    lines = list(diff_of(MendedFile("a.po", before.encode(), after.encode(), 2)))
    assert [line for line in lines if line.startswith("@@")] == ["@@ -7,7 +7,8 @@", "@@ -28,4 +29,4 @@"]


@pytest.mark.skipif(not shutil.which("patch"), reason="patch is not installed")
@pytest.mark.usefixtures("_own_rules")
def test_a_diff_can_be_applied(tmp_path: Path) -> None:
    targets = ["一."] + ["二"] * 4 + ["三.", "四."] + ["五"] * 2 + ["六." * 60] + ["七"]
    text = messages(*((f"m{number}", target) for number, target in enumerate(targets)))
    (tmp_path / "a.po").write_text(text, "utf-8")
    patch = check(tmp_path, "--diff").stdout
    subprocess.run(["patch", "-s", "-o", "b.po"], input=patch.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "b.po").read_text("utf-8") == mended(text)[1]


ALPHABET = (
    "学习",
    "模型",
    "GPU",
    "{n}",
    "%s",
    "`x`",
    "**",
    " ",
    "  ",
    "，",
    ",",
    "。",
    ".",
    "（",
    ")",
    "“",
    "\u200b",
    "12",
    "的的",
)
FAULTY = st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=9).map("".join)


@settings(max_examples=40)
@given(st.lists(st.tuples(FAULTY, FAULTY), min_size=1, max_size=6))
def test_mending_twice_with_the_rules_of_bilect_changes_nothing_more(pairs: list[tuple[str, str]]) -> None:
    once = mended(messages(*((f"m{number} {source}", target) for number, (source, target) in enumerate(pairs))))[1]
    assert mended(once) == (0, once)
