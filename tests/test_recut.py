"""A translated sentence is cut back onto the cues of its source."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Cue, Language
from pipeline.subtitles.recut import recut


def _cues(*durations: int) -> list[Cue]:
    cues, time = [], 0
    for duration in durations:
        cues.append(Cue(time, time + duration, ""))
        time += duration
    return cues


def test_a_chinese_sentence_is_cut_at_its_comma() -> None:
    text = "相反，我选择这个主题是为了说明令人难以置信的二元性概念，以及它如何产生极其优雅的数学。"
    assert recut(text, _cues(3760, 3500), "zh_CN") == (
        "相反，我选择这个主题是为了说明令人难以置信的二元性概念，",
        "以及它如何产生极其优雅的数学。",
    )


def test_an_english_sentence_is_cut_before_a_conjunction() -> None:
    text = "Multiply both sides by the same matrix and the equation still holds for every vector"
    assert recut(text, _cues(2000, 2100), "en") == (
        "Multiply both sides by the same matrix",
        "and the equation still holds for every vector",
    )


def test_cues_are_empty_only_where_there_are_fewer_words_than_cues() -> None:
    assert recut("好。", _cues(1000, 1000, 1000), "zh_CN") == ("好。", "", "")
    assert recut("Yes, indeed.", _cues(100, 5000), "en") == ("Yes,", "indeed.")
    assert recut("", _cues(1000, 1000), "zh_CN") == ("", "")
    assert recut("好", [], "zh_CN") == ()


def test_a_name_stands_in_the_cue_of_its_source() -> None:
    cues = [Cue(0, 2000, "Let us look at what"), Cue(2000, 4000, "Newton wrote about it in 1687")]
    assert recut("我们来看看 Newton 在 1687 年写下了什么内容吧", cues, "zh_CN") == (
        "我们来看看",
        "Newton 在 1687 年写下了什么内容吧",
    )


def test_numbers_formulas_and_short_brackets_stay_whole() -> None:
    for whole in (
        "3.14159",
        "f(x) = 2x",
        "1,000,000",
        "《几何原本》",
        "deep-learning",
        "艾萨克·牛顿",
        "第3",
        "$a + b$",
    ):
        for before in range(1, 12):
            parts = recut("我们在这里" * 2 + whole + "也是可以看到的", _cues(before * 200, 2400), "zh_CN")
            assert any(whole.replace(" ", "") in part.replace(" ", "") for part in parts), (whole, parts)


def test_no_cue_begins_with_a_mark_or_a_particle_even_behind_a_blank() -> None:
    for before in range(1, 12):
        parts = recut("我们来看看函数 f 的导数在这一点等于几 ，然后再算", _cues(before * 200, 2400), "zh_CN")
        assert parts[1][0] not in "的，"


def test_a_tag_is_closed_in_each_cue_that_has_it() -> None:
    text = "<i>我们先看第一个例子，再看第二个例子</i>"
    assert recut(text, _cues(2000, 2000), "zh_CN") == ("<i>我们先看第一个例子，</i>", "<i>再看第二个例子</i>")
    unpaired = "<i>我们先看第一个例子，再看第二个例子"
    assert recut(unpaired, _cues(2000, 2000), "zh_CN") == ("<i>我们先看第一个例子，", "再看第二个例子")


@given(
    st.text("学习是的，。了ab 1.（）“”\n", max_size=60),
    st.lists(st.integers(-50, 9000), min_size=1, max_size=8),
    st.sampled_from(["en", "zh_CN"]),
)
def test_no_character_is_lost_or_doubled(text: str, durations: list[int], language: Language) -> None:
    cut = recut(text, [Cue(0, duration, "") for duration in durations], language)
    assert len(cut) == len(durations)
    assert "".join("".join(cut).split()) == "".join(text.split())
