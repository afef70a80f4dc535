"""Inline syntax of pages: what is markup and what is left for a translator."""

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.markup import SYNTAX, WORD, is_message

PIECES = st.sampled_from(
    "a|ab|word |GB|+|1|1.1 |.|`|``|`x`|[|]|(|)|[[|toc|{|}|{{|}}|{%|{:|&|&amp;|$|:|: |/|http://|www.|@|x@y.z|!|\\|#|<|<b>|<code>"
    "|中|*|_|\n|😀|，|<!--|-->|mailto:".split("|")
)


@given(st.lists(PIECES, max_size=10).map("".join))
@example("16 GB+")
@example("gb+x@y.z")
@example("1.1 Introduction to **this**")
@example("`{{ one }}`")
@example("`a``b`")
@example("[toc]")
@example("WWW.example")
@example("ab.cd-ef")
def test_a_quick_look_says_of_a_message_what_a_look_at_all_its_markup_says(text: str) -> None:
    assert is_message(text) == (WORD.search(SYNTAX.sub(" ", text)) is not None)
