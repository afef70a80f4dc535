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
