r"""What site generators write beyond Markdown (MyST, Quarto, Docusaurus, Hugo): texts are found, the rest is no text."""

import pytest

from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page


def texts(page: str) -> list[str]:
    return [unit.text for unit in read_page(page.encode(), "page.md").units]


def changed(page: str) -> list[str]:
    """The texts of the page once each has been translated; none may be left out."""
    made = translated_page(read_page(page.encode(), "page.md"), lambda unit: f"译 {unit.text} Ω")
    assert made.findings == ()
    return [unit.text for unit in read_page(made.data, "page.md").units]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("- see [Ceph][]\n- b\n\n[Ceph]: /x\n", "see [Ceph][]"),
        ("- [Ceph][]\n\n[Ceph]: /x\n", "[Ceph][]"),
        ("- \\[WIP\\] add a page\n- b\n", "\\[WIP\\] add a page"),
        ("1. \\*not emphasis\\*\n", "\\*not emphasis\\*"),
    ],
)
def test_an_item_of_a_tight_list_is_whole(page: str, text: str) -> None:
    assert texts(page)[0] == text
    assert changed(page)[0] == f"译 {text} Ω"


DIRECTIVES = {
    "a fence with a title": ("```{tip} Its title\nIts text\n```\n", ["Its title", "Its text"]),
    "options": ("```{note}\n:class: wide\n:name: here-it-is\nIts text\n```\n", ["Its text"]),
    "options as YAML": ("```{exercise}\n---\nlabel: ex-one\n---\nIts text\n```\n", ["Its text"]),
    "a figure": ("```{figure} a/b.png\n:alt: A cat\n\nThe caption\n```\n", ["A cat", "The caption"]),
    "code in it": ("````{note}\nOne\n\n```python\nnot this\n```\n\nTwo\n````\nAfter it\n", ["One", "Two", "After it"]),
    "one in another": ("````{note}\nOne\n```{tip}\nTwo\n```\n````\nThree\n", ["One", "Two", "Three"]),
    "in a list": ("- item\n\n  ```{tip}\n  Its text\n  ```\n- next\n", ["item", "Its text", "next"]),
    "in a quote": ("> ```{tip}\n> Its text\n> ```\n> More\n", ["Its text", "More"]),
    "with colons": (":::{admonition} Its title\n:class: tip\nIts text\n:::\n", ["Its title", "Its text"]),
    "a label is no title": (":::{solution} first-exercise\nIts text\n:::\n", ["Its text"]),
    "code stays code": ("```{code-cell} ipython3\n:tags: [hide]\nnot this\n```\nText\n", ["Text"]),
    "code that shows one": ("````\n```{note}\nnot this\n```\n````\nText\n", ["Text"]),
    "one never closed": ("```{note}\nnot this\n", []),
}


@pytest.mark.parametrize(("page", "expected"), DIRECTIVES.values(), ids=DIRECTIVES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_directives_of_myst_hold_texts(page: str, expected: list[str], line_end: str) -> None:
    page = page.replace("\n", line_end)
    assert texts(page) == expected
    assert changed(page) == [f"译 {text} Ω" for text in expected]


MARKS = {
    "a target": ("(my-target)=\n# Head of {doc}`x`\n", ["Head of {doc}`x`"]),
    "a target before a text": ("(my-target)=\nSee {doc}`x`\n", ["See {doc}`x`"]),
    "where a block is parted": ('One\n+++ {"tags": ["some words"]}\nTwo\n', ["One", "Two"]),
    "where a card is parted": (":::{card}\nOne\n^^^\nTwo\n+++\nThree\n:::\n", ["One", "Two", "Three"]),
    "a file of code": ("<<< @/some/file.js{1,2}\n\nText\n", ["Text"]),
    "a tag that is shown": ("# About \\<script>\n\nIts text\n\n`</script>`\n", ["About \\<script>", "Its text"]),
    "a comment that is shown": ("One \\<!-- x\n\nTwo\n\n`-->`\n", ["One \\<!-- x", "Two"]),
}


@pytest.mark.parametrize(("page", "expected"), MARKS.values(), ids=MARKS)
def test_marks_of_generators_are_no_text(page: str, expected: list[str]) -> None:
    assert texts(page) == expected
    assert changed(page) == [f"译 {text} Ω" for text in expected]


def test_a_million_directives_that_one_fence_closes_are_read() -> None:
    assert texts("```{note}\n" * 100_000 + "text\n```\n") == ["text"]


SEEN = {
    "what a figure of Quarto shows": ('![](a.png){.wide fig-alt="A cat" width="3"}\n', ["A cat"]),
    "its caption too": ('![Tom](a.png){fig-alt="A cat"}\n', ["Tom", "A cat"]),
    "what a figure that is a link shows": ('[![](a.png){fig-alt="A cat"}](b.html)\n', ["A cat"]),
    "a description that ends in a blank": ("---\ndescription: |\n  Two words \ndate: 1\n---\n", ["Two words"]),
    "imports of MDX": ("import A from '@theme/A';\nimport {B,\n  C} from \"c\"\n\nText\n\nimport 'a.css'\n", ["Text"]),
    "an export of MDX": ("export const names = ['of some', 'people'];\n\nText\n", ["Text"]),
    "a sentence on imports": ("import is a word\n\nexport things from 'here' and there\n",
                              ["import is a word", "export things from 'here' and there"]),
    "a formula with a label": ("$$\n\\frac{a}{b}\n$$ (eq:one)\n\nBy $$a$$ (above)\n", ["By $$a$$ (above)"]),
    "formulas for MathJax": ("\\\\( mean(r) = 0 \\\\)\n\n\\\\[ \\text{ratio} \\\\]\n\n\\(see it\\)\n", ["\\(see it\\)"]),
    "a formula of LaTeX": ("\\begin{align*}\na &= \\text{ratio}\n\\end{align*}\n\nText\n", ["Text"]),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), SEEN.values(), ids=SEEN)
def test_what_readers_see_is_text_and_code_and_formulas_are_none(page: str, expected: list[str]) -> None:
    assert texts(page) == expected
    assert changed(page) == [f"译 {text} Ω" for text in expected]
