"""Which encoding a file has: found on the shortest files, and never taken for one that it has not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.encoding import NotTextError, decoded, encoded, encoding_name


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "课程介绍：机器学习与医疗。" * 3),
        ("big5", "課程介紹：機器學習與醫療。" * 3),
        ("cp1252", "Un café très agréable, où l’été dure."),
        ("cp1252", "naïve\n"),
        ("utf-16-le", "课程 course"),
        ("utf-16-be", "课程\n"),
        ("utf-16-le", "# 一心一意\n\n一般 text\n"),
        ("utf-16-le", "plain text\n"),
        ("gb18030", "# 机器学习\n"),
        ("gb18030", "# 贝叶斯推断\n"),
        ("gb18030", "<td>第1讲</td>"),
        ("gb18030", "# 学习目录\n"),  # these bytes are UTF-8 as well
        ("gb18030", "⭐⭐⭐ 难度 🎓"),
        ("big5", "# 機器學習\n"),
        ("big5", "作業\n"),
        ("cp950", "# 碁盤的裏面，課程介紹\n"),
        ("big5hkscs", "# 嘅課程喺邊度，佢哋學習\n"),
        ("utf-8", "café"),
        ("utf-8", "Ωμέγα и Ж"),
    ],
)
def test_the_encoding_of_a_file_is_found(encoding: str, text: str) -> None:
    found = decoded(text.encode(encoding))
    assert (found.text, found.encoding, found.bom, found.broken) == (text, encoding, 0, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"])
def test_a_byte_order_mark_names_the_encoding(encoding: str) -> None:
    data = "\ufeff课程 course\n".encode(encoding)
    found = decoded(data)
    assert (found.text, found.encoding) == ("课程 course\n", encoding)
    assert data[found.bom :] == found.text.encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp932", "これは日本語のテキストです。"),
        ("euc_jp", "これは日本語のテキストです。カタカナも"),
        ("cp949", "안녕하세요 기계 학습 강의입니다"),
        ("cp1251", "Привет, мир! Это лекция."),
        ("koi8_r", "Привет, мир! Это лекция о машинном обучении."),
    ],
)
def test_an_encoding_that_is_not_read_is_named(encoding: str, text: str) -> None:
    with pytest.raises(NotTextError, match=encoding_name(encoding)):
        decoded(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"good\n\nb\x81d\n", "good\n\nb?d\n"),
        (b"\xef\xbb\xbfgood b\x81d\n", "good b?d\n"),
        ("机器学习课程的讲义。\n".encode("gb18030") * 20 + b"\xff\n", "机器学习课程的讲义。\n" * 20 + "?\n"),
    ],
)
def test_a_broken_byte_is_marked_and_comes_back(data: bytes, text: str) -> None:
    found = decoded(data)
    assert found.text == text
    assert [found.text[place] for place in found.broken] == ["?"]
    assert not found.lossless
    assert data[: found.bom] + encoded(found.escaped, found.encoding) == data


def test_a_long_line_is_read_in_its_encoding() -> None:
    text = "机器学习与医疗课程介绍，" * 10_000
    assert decoded(text.encode("gb18030")).encoding == "gb18030"
    assert decoded(text.encode("utf-16-be") + b"\0\n").text == text + "\n"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_that_comes_back_or_are_refused(data: bytes) -> None:
    try:
        found = decoded(data)
    except NotTextError:
        return
    assert data[: found.bom] + encoded(found.escaped, found.encoding) == data
    assert len(found.text) == len(found.escaped)


@given(st.text(st.sampled_from("机器学习课程讲义的一是不了在人有我他这第章节0123456789 \n，。"), min_size=4))
def test_frequent_characters_are_read_in_the_encoding_they_were_written_in(text: str) -> None:
    found = decoded(f"# 课程\n\n{text}".encode("gb18030"))
    assert (found.encoding, found.text) == ("gb18030", f"# 课程\n\n{text}")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\0\0", bytes(range(128, 256)) * 4, b"\xff\xfe\x00\xd8", b"\xff\xd8\xff\xe0\x01"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decoded(data)
