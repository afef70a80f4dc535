"""What is not translated comes back byte for byte, and what is comes back as it was put in, whatever the page is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from golden import ROOT
from specs import NAMES, Example, examples, specification
from terminal import bilect

from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Page, Unit

DATA = ROOT.parent / "shared" / "data"


def text_before(page: Page, offset: int) -> str:
    """What stands before a byte offset of a page on disk, with line ends as line feeds."""
    before = page.data[:offset].decode(page.encoding, "surrogateescape")
    return before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def assert_identity(data: bytes, path: str = "page.md") -> Page:
    """The page comes back without translations, and with each text as its own translation; places are exact."""
    page = read_page(data, path)
    assert translated_page(page, lambda unit: None).data == data
    same = translated_page(page, lambda unit: unit.text)
    assert (same.data, same.findings) == (data, ())
    for unit in page.blocks:
        before = text_before(page, unit.start)
        assert 0 <= unit.start <= unit.end <= len(data)
        assert unit.line == before.count("\n") + 1
        assert unit.column == len(before) - before.rfind("\n")
    return page


def assert_inverse(data: bytes, path: str = "page.md", change: Callable[[str], str] = lambda text: f"译{text}") -> int:
    """The page comes out with every text changed but those left out with a finding; how many those are."""
    page = assert_identity(data, path)
    made = translated_page(page, lambda unit: change(unit.text))
    left_out = {(finding.line, finding.column) for finding in made.findings}

    def wanted(unit: Unit) -> str:
        return unit.text if (unit.line, unit.column) in left_out else change(unit.text)

    assert [unit.text for unit in read_page(made.data, path).units] == [wanted(unit) for unit in page.units]
    assert made.translated == len(page.units) - len(made.findings)
    return len(made.findings)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_a_specification_comes_back_and_can_be_translated(name: str) -> None:
    found = specification(name)
    assert len(found) > 600
    # `[link](<foo` over two lines is no link, on one line it is: that translation is left out, with a finding
    assert sum(assert_inverse(example.markdown.encode()) for example in found) == 1
    assert sum(assert_inverse(example.html.encode(), "page.html") for example in found) == 0


def test_examples_stand_between_fences_of_32_backticks() -> None:
    fence = "`" * 32
    text = f"# Tabs\n\n{fence} example\n→foo\n.\n<pre>→</pre>\n{fence}\n\n{fence} example table\n| a |\n.\n{fence}\n"
    assert examples(text) == [Example(3, "\tfoo\n", "<pre>\t</pre>\n"), Example(9, "| a |\n", "")]


PAGE = (
    "---\ntitle: One title here\n---\n\n# A heading\n\nOne line\ngoes on  \nand on.\n\n- first point\n  goes on\n\n"
    "> A quote\n> goes on\n\n| a head | b head |\n|---|---|\n| a cell | b cell |\n\nSetext heading\n===\n\n"
    "<table>\n<tr>\n\n<td>html cell</td>\n</tr>\n</table>\n\n```\ncode here\n```\n\n<div>\n# html heading\ntext\n</div>\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_change_nothing_but_themselves(end: str, mark: str) -> None:
    plain = read_page(PAGE.encode(), "page.md")
    data = (mark + PAGE.replace("\n", end)).encode()
    page = assert_identity(data)
    assert [(unit.line, unit.column, unit.text) for unit in page.units] == [
        (unit.line, unit.column, unit.text) for unit in plain.units
    ]
    assert assert_inverse(data) == 0
    made = translated_page(page, lambda unit: f"译{unit.text}").data.decode()
    assert made.replace(end, "").isprintable() or mark


def test_a_page_may_end_its_lines_in_every_way_at_once() -> None:
    page = assert_identity(b"one text\r\n\r\ntwo texts\r\rthree texts\n\n# four\rfive\n")
    assert [(unit.line, unit.text) for unit in page.units] == [
        (1, "one text"), (3, "two texts"), (5, "three texts"), (7, "four"), (8, "five"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "\ufeff", "\n", "\r", "\r\n", " ", "\t", "---\n---\n", "---\n---", "---\ntitle: A title\n---",
        "\ufeff---\ntitle: A title\n---\n",
        "no final newline", "tabs\tin\ta text\t\n", "\ttabbed code\n", "-\ttabbed item\n\n\tgoes on\n",
        "trailing blanks   \n\nmore  \t\n",
        "no\u00a0break\u00a0", "\u00a0leading", "line\u2028separator\u2029too\n",
        "form\ffeed\n\n\fnew page\n", "vertical\vtab\v\n",
        "next\x85line\n", "zero\u200bwidth\ufeff inside\n", "\x1b[31mred\x1b[0m\n", "a\x00b\n", "\ud7ff\ue000\U0010ffff edges\n",
        "> quote\r> goes on\r", "<p>a\rb</p>\r", "| a |\r|---|\r| b |\r", "title\r===\r", "    \n  text\n \t\n",
    ],
)  # fmt: skip
def test_odd_pages_come_back_and_can_be_translated(text: str) -> None:
    for path in ("page.md", "page.html"):
        assert assert_inverse(text.encode(), path) == 0


@pytest.mark.parametrize(
    "text",
    [
        "\\\n\x0bword", "word  \n\xa0text", "word \\\n\u2028text", "a word  \nsetext\n---\n", "word\\\nsetext\n===\n",
        "a text {{x}} \\\x0c", "</p>```\nword", "<https://a.b/c word\n", "<b><div\n", "\\  \nword", "{{x}}\t  \n中文",
        "> [!note] \n\x0cterm\n", "![\x0btext here\n][a][b]", "<?| a |\n:::tip A title\n", "![ a picture ](b.png)",
        "[词a@b.cd", "| a | b |\n|---|---|\n词\\\\|\n", "# text: # <b translate=no>",
        '<?!!! note "A b"\n    <table>\n## {% y %}</table>word',
        ":::tip 1. word\x0c", "\n<table><tr><td>中文\n</table> 文字 behind\n", "{% raw %}<br>\nâ€™{% endraw %}) word",
        "\ufeff\ufeff<td>word", "<td>text <a title='a title'>\n<td>word</a>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("change", ["译{}", "{}译", "【{}】", "The {} too"])
def test_what_was_found_by_trying_pages_at_random_stays_mended(text: str, change: str) -> None:
    for path in ("page.md", "page.html"):
        assert assert_inverse(text.encode(), path, change.format) == 0


CONTAINERS = {
    "quote": ("> ", "> "),
    "list": ("- ", "  "),
    "numbers": ("1. ", "   "),
    "footnote": ("[^1]: ", "    "),
    "definition": (": ", "  "),
    "callout": ("> [!note] ", "> "),
}


def nested(names: tuple[str, ...], lines: list[str]) -> str:
    """Lines inside containers, the first name outermost."""
    for name in reversed(names):
        first, rest = CONTAINERS[name]
        lines = [(rest if index else first) + line for index, line in enumerate(lines)]
        lines = ["term", *lines] if name == "definition" else lines
    return "\n".join(lines) + "\n"


CONTENTS = (
    ["one text", "goes on  ", "and on"],
    ["# heading", "", "text here"],
    ["| a | b |", "|---|---|", "| one cell | two cells |"],
    ["<div>", "one text", "goes on", "</div>"],
    ["<table><tr>", "<td>one cell</td>", "</tr></table>"],
    ["```", "code", "```", "", "text behind"],
    ["<!-- hidden", "words -->", "", "text behind"],
    ["![one picture](a.png)", "<sup>its caption</sup>"],
    ["setext heading", "---"],
)


@pytest.mark.parametrize("names", [*permutations(CONTAINERS, 2), *((name,) for name in CONTAINERS)], ids="-".join)
def test_containers_in_every_order_come_back_and_can_be_translated(names: tuple[str, ...]) -> None:
    for lines in CONTENTS:
        assert assert_inverse(nested(names, lines).encode()) == 0, nested(names, lines)


@pytest.mark.parametrize("folder", ["pages", "showmeai_pages"])
def test_every_real_page_comes_back_and_can_be_translated(folder: str, tmp_path: Path) -> None:
    if not (DATA / folder).is_dir():
        pytest.skip(f"there is no ../shared/data/{folder}")
    result = bilect("export", "page", DATA / folder, "-o", tmp_path / "out", cwd=tmp_path)
    assert result.status == 0, result.stderr
    paths = [path for path in (DATA / folder).rglob("*") if path.suffix in {".md", ".html"}]
    made = sorted(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert made == sorted(path.read_bytes() for path in paths)
    assert sum(assert_inverse(path.read_bytes(), path.name) for path in paths) == 0
