"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["See Dr. Li and Prof. Sun, e.g. Tuesday, i.e. The Day. ", "Then stop! ", "Is it so?"],
        [
            "It is in Fig. 3, Sec. 2 and pp. 5 ff., cf. Eq. 4. ",
            "Methods are trees, forests, etc. ",
            "The rest follows.",
        ],
        ["Take No. 5 of J. K. Rowling, by Eric J. Topol, et al. 2016. ", "No. ", "We do not."],
        ["It costs 3.14 with version 2.0. ", "In the U.S. Army he was a Ph.D. ", "The U.S. is large."],
        ["Read https://example.org/a.b?c=1. ", 'Use `a. B` or [x. Y](a.b "T. U"). ', "Let $a. B$ be. ", "Next."],
        ["“Really?” he said. ", "“Go.” ", "She left. ", "He came (really!) and left. ", "(See this.) ", "Done."],
        ["A **bold end.** ", "*Then* more. ", "Take matrix A. ", "We know x. ", "Good."],
        ["Yes... ", "Maybe so… or not. ", "Really?! ", "Good."],
        ["1. First step. ", "2. Second step."],
        [
            "价格是3.5元。",
            "他说：“走吧。”",
            "然后走了……是吗？",
            "是！",
            "“你好！”他说。",
            "（见下。）",
            "他来了（真的！）就走。",
        ],
        ["课程是6.S897，用Node.js。", "真的?", "好!", "使用PDF文件.", "然后走；再来。", "「好。」", "完"],
        [
            "- one. ",
            "Two\n",
            "- three\n",
            "# Head\n",
            "Text goes\non here. ",
            "New\n\n",
            "para<br>",
            "line\n",
            "1. step",
        ],
        ["读 [Dr. Li 的书。第二版](a.html)。", "See arXiv [cs.CV]. ", "He wrote."],
    ],
)
def test_a_text_is_cut_where_a_reader_stops(parts: list[str]) -> None:
    assert sentences("".join(parts)) == [part.strip() for part in parts]


@given(st.text(alphabet="ab AB.!?。！…`[]()（）“”\n#-1<>$ *是", max_size=60))
def test_sentences_hold_all_that_is_no_blank_in_its_order(text: str) -> None:
    spans = sentence_spans(text)
    assert spans == sorted(spans)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    between = "".join(
        text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text),) * 2], strict=True)
    )
    assert not between.strip()


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_blanks_are_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("part", ["`", "(", "[a](", "a. ", "<", "$ ", "\n", "# \n", "e.g.", "https://", "。”", "```a"])
def test_long_runs_of_marks_are_cut_in_time(part: str) -> None:
    assert "".join("".join(sentences(part * 20_000)).split()) == "".join((part * 20_000).split())
