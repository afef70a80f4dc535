"""What encoding a file has, and mojibake: repaired with proof, and never where the text is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.encoding import NotTextError, decoded, mojibake, repaired

MEANT = "机器学习—“été”，naïve café 🤖 don’t"


def misread(text: str, codec: str) -> str:
    """UTF-8 read in ``codec``; bytes that the codec leaves open become the control of the same number."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman"])
def test_what_was_misread_once_or_twice_is_repaired(codec: str) -> None:
    once = misread(MEANT, codec)
    assert repaired(once) == MEANT
    assert repaired(misread(once, codec)) == MEANT


@pytest.mark.parametrize(
    "text",
    [
        MEANT,
        "résumé”—yes, CAFÉ» and «Où ?» — Ângela, São Tomé",
        "┌─┐ ╔══╗ │ ∑ ≤ √2 ¬p ∧ q, 5 µm ± 0,1 °C",
        "中文“引号”——破折号……，《书名》·间隔号",
        "Ωμέγα ÄÖÜ ÅÆØ ñ ¿qué? £5 §3 ©2020 ®",
        "👩\u200d⚕️ 🎓 ⭐⭐⭐",
    ],
)
def test_clean_text_never_changes(text: str) -> None:
    assert mojibake(text) == ()
    assert repaired(text) == text


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2),
    st.sampled_from(["cp1252", "mac_roman"]),
)
def test_every_repair_encodes_back_to_the_bytes_it_was_made_of(text: str, codec: str) -> None:
    for found in mojibake(misread(text, codec)):
        assert misread(found.after, found.codec) == found.before


@given(st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF)))
def test_clean_chinese_never_changes(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "课程介绍：机器学习与医疗。" * 3),
        ("big5", "課程介紹：機器學習與醫療。" * 3),
        ("cp1252", "Un café très agréable, où l’été dure."),
        ("utf-16-le", "课程 course"),
    ],
)
def test_the_encoding_of_a_file_is_found(encoding: str, text: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    found = decoded(mark + text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("data", [b"\x89PNG\0\0", bytes(range(128, 256)) * 4, b"\xff\xfe\x00\xd8"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decoded(data)
