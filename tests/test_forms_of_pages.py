# ruff: noqa: E501  a page and its messages are read side by side
"""What is a message in each form that pages have; every one of them is written back as it was and as it was translated."""

from __future__ import annotations

import pytest

from pipeline.catalogs.messages import messages
from pipeline.extractors.code import CodeMode
from pipeline.extractors.frontmatter import KeyChoice
from pipeline.extractors.page import PageOptions, read_page
from pipeline.extractors.rewrite import translated_page

# name: (page, its messages in reading order)
FORMS: dict[str, tuple[str, list[str]]] = {
    "headings": ("# One #\n\nTwo\n===\n\n## Three {#three .x}\n", ["One", "Two", "Three"]),
    "a loose list": ("- one\n\n- two\n\n  more of two\n", ["one", "two", "more of two"]),
    "a list in a list": ("1. one\n   - inner\n2. two\n", ["one", "inner", "two"]),
    "tasks": ("- [ ] to do\n- [x] it is done\n", ["to do", "it is done"]),
    "a table": ("| A bee | `x` |\n|---|:-:|\n| 1 | two \\| three |\n", ["A bee", "two | three"]),
    "footnotes": ("Text[^1].\n\n[^1]: The note\n    goes on.\n", ["Text[^1].", "The note goes on."]),
    "definitions": ("Term\n: What it is\n", ["Term", "What it is"]),
    "quotes": ("> one\n> two\n>\n> > inner\n", ["one two", "inner"]),
    "an Obsidian callout": ("> [!tip]+ Its title\n> Its text\n> goes on\n", ["Its title", "Its text goes on"]),
    "a GitHub alert": ("> [!NOTE]\n> Its text\n", ["Its text"]),
    "an admonition of MkDocs": (
        '!!! note "Its title"\n\n    Its text\n    goes on.\n\n    - an item\n\n    ```py\n    a = 1\n\n    b = 2\n    ```\n\nAfter it.\n',
        ["Its title", "Its text goes on.", "an item", "After it."],
    ),
    "tabs of MkDocs": ('=== "First tab"\n\n    In the first.\n\n=== "Second tab"\n\n    In the second.\n',
                       ["First tab", "In the first.", "Second tab", "In the second."]),
    "a container of Docusaurus": (":::tip Its title\n\nIts text\n\n:::\n", ["Its title", "Its text"]),
    "a container without blank lines": (":::note\nIts text\n:::\nAfter it.\n", ["Its text", "After it."]),
    "a div of Pandoc": ("::: {.column width=50%}\nIts text\n:::\n", ["Its text"]),
    "attribute lists of kramdown": ("{: .lead}\nThe text.\n{: #id .x}\n\n{:toc}\n", ["The text."]),
    "a block id of Obsidian": ("A thought. ^a1b2\n", ["A thought."]),
    "a table of contents": ("[TOC]\n\n[[_TOC_]]\n\nText.\n", ["Text."]),
    "Liquid on lines of its own": ("{% include a.html %}\nText one.\n{% if x %}\nText two.\n{% endif %}\n", ["Text one.", "Text two."]),
    "Liquid in a sentence": ("Hello {{ user.name }}, well done.\n", ["Hello {{ user.name }}, well done."]),
    "a value alone": ("{{ content }}\n\nText.\n{{ more }}\n", ["Text."]),
    "code of Jekyll": ("{% highlight python %}\nprint('no text')\n\n# none\n{% endhighlight %}\n\nText.\n", ["Text."]),
    "a comment of Liquid": ("{% comment %}\nNo text.\n\nNone.\n{% endcomment %}\nText.\n", ["Text."]),
    "a comment of Jinja": ("{# No text #}\nText.\n", ["Text."]),
    "shortcodes of Hugo": ('{{< figure src="a.png" title="x y" >}}\nText one.\n{{% notice tip %}}\nText two.\n{{% /notice %}}\n',
                           ["Text one.", "Text two."]),
    "code": ("    no text\n\n```\nnone\n```\n\n~~~js\nnone\n~~~\n\nUse `x` here.\n", ["Use `x` here."]),
    "mathematics": ("$$\nE = mc^2 \\text{ok}\n$$\n\n$x_1$\n\nLet $x$ be one.\n", ["Let $x$ be one."]),
    "emoji, numbers, addresses": (":rocket:\n\n⭐⭐\n\n12:30\n\nhttps://example.org/a\n\n<me@example.org>\n\n---\n\n1.2.3\n", []),
    "images": ("![A picture](a.png)\n\n[![A badge](b.svg)](https://x.y)\n\nSee ![this](c.png) here.\n",
               ["A picture", "A badge", "See ![this](c.png) here."]),
    "an image with attributes": ('![A picture](a.png){ width="600" }\n', ["A picture"]),
    "names of programs": ("| Name | Meaning |\n|---|---|\n| db_size | Size of it |\n| {db}.max-size | Largest size |\n| run.py | |\n",
                          ["Name", "Meaning", "Size of it", "Largest size"]),
    "HTML in Markdown": ("<details>\n<summary>More of it</summary>\n\nHidden *text*.\n\n</details>\n", ["More of it", "Hidden *text*."]),
    "attributes": ('<p title="A hint">Text <img src="a" alt="in it"></p>\n<input placeholder="Your name">\n',
                   ["A hint", 'Text <img src="a" alt="in it">', "Your name"]),
    "a comment over blank lines": ("<div>\n<!--\n\nNo text.\n\n-->\n</div>\n\nText.\n", ["Text."]),
    "Markdown in a cell": ("<table><tr><td>\n\nOne **text**.\n\n```\nno text\n\nnone\n```\n\n- an item\n\n</td><td>Two</td></tr></table>\n",
                           ["One **text**.", "an item", "Two"]),
    "text that is not translated": ('<p translate="no">No text</p>\n\n<p class="notranslate">None</p>\n\n<p>Text</p>\n', ["Text"]),
}  # fmt: skip

PAGES: dict[str, tuple[str, list[str]]] = {
    "head": (
        '<!DOCTYPE html><html><head><title>The title</title><meta name="description" content="What it is">'
        "<style>p { color: red }</style><script>var no = 'text';</script></head><body><h1>Hello</h1>\n"
        "<ul><li>one<li>two</ul><pre>no text</pre><p>A <b>bold</b> word<br>and more</body></html>",
        ["The title", "What it is", "Hello", "one", "two", "A <b>bold</b> word<br>and more"],
    ),
    "select": ("<select><option>First</option><option>Second</option></select><button>Send it</button>",
               ["First", "Second", "Send it"]),
}  # fmt: skip


def texts(text: str, path: str = "page.md") -> list[str]:
    return [unit.text for unit in read_page(text.encode(), path).units]


@pytest.mark.parametrize("name", FORMS)
def test_the_messages_of_a_form_are_its_texts(name: str) -> None:
    text, expected = FORMS[name]
    assert texts(text) == expected


@pytest.mark.parametrize("name", PAGES)
def test_the_messages_of_an_html_page_are_its_texts(name: str) -> None:
    text, expected = PAGES[name]
    assert texts(text, "page.html") == expected


@pytest.mark.parametrize(("path", "name"), [("p.md", name) for name in FORMS] + [("p.html", name) for name in PAGES])
def test_every_form_is_written_back_as_it_was_and_as_it_was_translated(path: str, name: str) -> None:
    text = (FORMS if path == "p.md" else PAGES)[name][0]
    page = read_page(text.encode(), path)
    assert translated_page(page, lambda unit: unit.text).data == text.encode()
    exported = translated_page(page, lambda unit: f"译{unit.text}文")
    assert exported.findings == ()
    assert [unit.text for unit in read_page(exported.data, path).units] == [f"译{unit.text}文" for unit in page.units]


MATTER = (
    '+++\ntitle = "A \\"real\\" course"\ndate = 2020-01-01\nslug = "a-b"\n[params]\nsubtitle = \'Of all things\' # why\n'
    'tags = ["one two"]\n+++\nText.\n'
)


def test_toml_front_matter_gives_its_prose_and_keeps_the_rest() -> None:
    assert texts(MATTER) == ['A "real" course', "Of all things", "Text."]
    translations = {'A "real" course': '一门"真正"的课程', "Of all things": "万物"}
    exported = translated_page(read_page(MATTER.encode(), "p.md"), lambda unit: translations.get(unit.text))
    assert exported.findings == ()
    expected = MATTER.replace('A \\"real\\" course', '一门\\"真正\\"的课程').replace("Of all things", "万物")
    assert exported.data.decode() == expected


def test_broken_toml_is_one_finding_in_its_line() -> None:
    page = read_page(b"+++\ntitle = 'a'\nsubtitle = \n+++\nText.\n", "p.md")
    (finding,) = page.findings
    assert (finding.name, finding.line) == ("front-matter-syntax", 3)
    assert [unit.text for unit in page.units] == ["Text."]


def test_lists_and_nested_keys_of_front_matter_are_read_by_their_key() -> None:
    matter = "---\nhero:\n  title: A big title\n  image: a.png\nquestions:\n  - Why is it so?\n  - What is it?\n---\n"
    assert texts(matter) == ["A big title", "Why is it so?", "What is it?"]
    options = PageOptions(KeyChoice(skipped=frozenset({"questions"})))
    assert [unit.text for unit in read_page(matter.encode(), "p.md", options).units] == ["A big title"]


def test_a_page_may_keep_texts_to_itself() -> None:
    page = (
        "One.\n\n<!-- bilect:off -->\n\nTwo.\n\n- Three.\n\n<!-- bilect:on -->\n\nFour.\n\n<!-- bilect:skip -->\n\nFive.\n\nSix.\n\n"
        "<!-- bilect:skip -->\n\n| A a | B b |\n|---|---|\n| C c | D d |\n\nSeven.\n\n<!-- bilect:off -->\n\nEight.\n"
    )
    assert texts(page) == ["One.", "Four.", "Six.", "Seven."]


def test_a_page_may_speak_to_its_translators() -> None:
    page = read_page(
        b"<!-- bilect:note a pun -->\nTwo words.\n\n<!-- bilect:context button -->\n\nOpen\n\nOpen\n", "p.md"
    )
    found = messages(page.units)
    assert [(message.context, message.msgid, message.notes[0]) for message in found] == [
        (None, "Two words.", "a pun"),
        ("button", "Open", "paragraph"),
        (None, "Open", "paragraph"),
    ]


def test_equal_texts_are_kept_apart_where_a_project_wants_it() -> None:
    page = b"# One\n\nSame text.\n\n# Two\n\nSame text.\n"
    assert len(messages(read_page(page, "p.md").units)) == 3
    apart = read_page(page, "p.md", PageOptions(context="section")).units
    assert [(unit.context, unit.text) for unit in apart if unit.kind == "paragraph"] == [
        ("One", "Same text."),
        ("Two", "Same text."),
    ]
    kinds = read_page(b"# Same\n\nSame\n", "p.md", PageOptions(context="kind")).units
    assert [unit.context for unit in kinds] == ["heading", "paragraph"]


CODE = '```python title="x"\ntotal = 0  # The sum so far\nprint("Hello, world", "key", \'a b\')\n```\n\n```\nplain words\n  and more\n```\n'


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ((), []),
        ((("python", "comments"),), ["The sum so far", "Hello, world"]),
        ((("", "all"), ("python", "none")), ["plain words", "and more"]),
    ],
)
def test_code_is_translated_as_far_as_a_project_wants_it(
    code: tuple[tuple[str, CodeMode], ...], expected: list[str]
) -> None:
    options = PageOptions(code=code)
    page = read_page(CODE.encode(), "p.md", options)
    assert [unit.text for unit in page.units] == expected
    exported = translated_page(page, lambda unit: f"译{unit.text}", options)
    assert exported.findings == ()
    assert [unit.text for unit in read_page(exported.data, "p.md", options).units] == [f"译{text}" for text in expected]
