"""Links of a translated page: the ids that they lead to are kept, and they lead to the other language where there is one."""

from __future__ import annotations

import pytest

from pipeline.extractors.adaptation import Adaptation, linked_anchors
from pipeline.extractors.links import links, written_anchors
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.text.slugs import Dialect, slug, slugs

TOC = "---\nlayout: page\n---\n[notes](#the-notes)\n\n## The notes\n\n## Other notes\n"


def made(source: str, wish: Adaptation, path: str = "a/foo.en.md") -> str:
    page = read_page(source.encode(), path)
    result = translated_page(
        page, lambda unit: unit.text.replace("notes", "讲义").replace("#the-讲义", "#the-notes"), wish=wish
    )
    assert result.findings == ()
    again = [unit.text for unit in read_page(result.data, path).units if unit.kind == "heading"]
    assert again == [unit.text.replace("notes", "讲义") for unit in page.units if unit.kind == "heading"]
    return result.data.decode()


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("2. What's new?", "github", "2-whats-new"),
        ("第1讲：绪论 🚀", "github", "第1讲绪论-"),
        ("C++ & C#", "kramdown", "c--c"),
        ("Ünïcode (x)", "mkdocs", "unicode-x"),
        ("2. What's new?", "pandoc", "whats-new"),
        ("snake_case", "hugo", "snake_case"),
    ],
)
def test_each_generator_makes_its_ids(text: str, dialect: Dialect, expected: str) -> None:
    assert slug(text, dialect) == expected


def test_headings_of_one_text_are_numbered() -> None:
    assert list(slugs(["A", "A", "A"], "kramdown")) == ["a", "a-1", "a-2"]
    assert list(slugs(["A", "A"], "mkdocs")) == ["a", "a_1"]


def test_a_translated_heading_that_a_link_leads_to_keeps_its_id() -> None:
    text = made(TOC, Adaptation(heading_ids="linked"))
    assert "## The 讲义 {#the-notes}\n" in text
    assert "## Other 讲义\n" in text


def test_a_heading_that_another_page_links_to_keeps_its_id() -> None:
    text = "see [x](foo.en.md#other-notes), [y](https://x.org/foo#no), [z](/site/foo/#w), [v](../b/foo.md#u)"
    linked = linked_anchors([("a/bar.md", text), ("a/foo.en.md", ""), ("b/foo.md", "")])
    assert linked == {"a/foo.en.md": frozenset({"other-notes", "w"}), "b/foo.md": frozenset({"u", "w"})}
    text = made(TOC, Adaptation(heading_ids="linked", linked=linked["a/foo.en.md"]))
    assert "## Other 讲义 {#other-notes}\n" in text


def test_all_headings_can_keep_their_ids_or_none() -> None:
    assert made(TOC, Adaptation(heading_ids="keep")).count("{#") == 2
    assert "{#" not in made(TOC, Adaptation(heading_ids="none"))


def test_a_page_without_a_dialect_gets_ids_only_where_it_is_said() -> None:
    source = TOC.partition("---\n[")[2]
    source = f"[{source}"
    assert "id=" not in made(source, Adaptation(heading_ids="keep"))
    text = made(source, Adaptation(heading_ids="linked", dialect="github"))
    assert '\n\n<a id="the-notes"></a>\n\n## The 讲义\n' in text


def test_an_id_that_the_page_writes_itself_stays_the_only_one() -> None:
    text = made("[a](#x)\n\n# The notes {#x}\n\nOther notes {#y}\n===\n", Adaptation(heading_ids="keep"))
    assert text.count("{#") == 2


def test_closing_hashes_and_underlines_stay_behind_the_id_or_before_it() -> None:
    text = made("{% x %}\n\n## The notes ##\n\nOther notes\n---\n", Adaptation(heading_ids="keep"))
    assert "## The 讲义 ## {#the-notes}\n\nOther 讲义 {#other-notes}\n---\n" in text


def test_without_translations_nothing_is_adapted() -> None:
    page = read_page(TOC.encode(), "foo.en.md")
    wish = Adaptation("zh_CN", "keep", "github", links=(("#", "/zh/"),))
    assert translated_page(page, lambda unit: None, wish=wish).data == page.data


def test_addresses_lead_to_the_other_language_where_there_is_one() -> None:
    source = (
        'Some notes [a](/en/x) [b](https://x.org/en/) [c](../img/x.en.png?v=1 "t") ![d](img/y.en.png)\n\n'
        '<img src="img/x.en.png"> `[e](/en/x)`\n\n[f]: </en/y>\n'
    )
    wish = Adaptation("zh_CN", links=(("/en/", "/zh/"),), files=frozenset({"img/x.zh.png"}))
    page = read_page(source.encode(), "a/foo.en.md")
    text = translated_page(page, lambda unit: unit.text.replace("notes", "讲义"), wish=wish).data.decode()
    assert text == (
        'Some 讲义 [a](/zh/x) [b](https://x.org/en/) [c](../img/x.zh.png?v=1 "t") ![d](img/y.en.png)\n\n'
        '<img src="img/x.en.png"> `[e](/en/x)`\n\n[f]: </zh/y>\n'
    )


def test_an_address_of_another_host_follows_a_rule_that_names_it() -> None:
    wish = Adaptation("zh_CN", links=(("https://x.org/en/", "https://x.org/zh/"),))
    page = read_page(b"Some notes [b](https://x.org/en/)\n", "foo.md")
    assert b"(https://x.org/zh/)" in translated_page(page, lambda unit: unit.text + "!", wish=wish).data


def test_addresses_and_anchors_are_found_in_markdown_and_html() -> None:
    text = '[a](b "t") [c](<d e>) ![f](g(h).png)\n[i]: j\n<a href=k id="l">m</a> {#n}\n`[o](p)`\n[^1]: q\n<!-- [r](s) -->\n'
    assert [link.target for link in links(text)] == ["b", "d e", "g(h).png", "j", "k"]
    assert all(text[link.start : link.end] == link.target for link in links(text))
    assert written_anchors(text) == {"l", "n"}
