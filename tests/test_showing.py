"""What a handout shows of two texts, and the bytes that its container has."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.exporters.addresses import web_address
from pipeline.exporters.dates import export_date
from pipeline.exporters.document import Both, Handout, InLanguage
from pipeline.exporters.nodes import Image, Inlines, Text
from pipeline.exporters.showing import Depths, shown
from pipeline.exporters.zipped import zipped

EN, ZH = InLanguage("en", (Text("wave"),)), InLanguage("zh_CN", (Text("波"),))


def handout(layout: str = "interleaved", order: str = "zh-en") -> Handout:
    languages = ("zh_CN", "en") if order == "zh-en" else ("en", "zh_CN")
    return Handout("c", {}, languages, (), None, layout=layout)  # type: ignore[arg-type]


def test_both_texts_stand_in_the_order_of_the_handout() -> None:
    both = Both(EN, ZH, "final")
    assert [each.said for each in shown(both, handout())] == [ZH, EN]
    assert [each.said for each in shown(both, handout(order="en-zh"))] == [EN, ZH]
    assert [each.said for each in shown(both, handout("target"))] == [ZH]


def test_what_is_not_translated_or_unsure_is_marked_in_the_language_that_is_missing() -> None:
    assert [each.mark for each in shown(Both(EN, None, "none"), handout())] == ["〔未翻译〕"]
    assert [each.mark for each in shown(Both(ZH, EN, "fuzzy"), handout())] == ["", "[to be checked]"]
    assert [each.mark for each in shown(Both(EN, None, "same"), handout("target"))] == [""]


def test_a_picture_is_shown_once_with_its_text_translated() -> None:
    def picture(alt: str) -> Inlines:
        return (Image("a.png", alt),)

    both = Both(InLanguage("en", picture("a wave")), InLanguage("zh_CN", picture("波")), "same")
    assert [each.said.nodes for each in shown(both, handout())] == [picture("波")]
    words = Both(
        InLanguage("en", (*picture("w"), Text("see"))), InLanguage("zh_CN", (*picture("w"), Text("见"))), "final"
    )
    assert len(shown(words, handout())) == 2


def test_depths_of_headings_have_no_gaps() -> None:
    depths = Depths()
    assert [depths.of(level) for level in (4, 4, 6, 2, 4, 3, 2)] == [2, 2, 3, 2, 3, 3, 2]


@pytest.mark.parametrize(
    "url",
    ["javascript:x", "a.png", "#x", "http://[x", "http:///x", "https://a b/", "data:x", "mailto:<x>", "tel:x", "http://a..b/"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_from_a_file_is_no_link(url: str) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://a.b/c?d=1#e", "https://a.b/c?d=1#e"), ("//a.b/c", "https://a.b/c"), ("mailto:a@b.cc", "mailto:a@b.cc"),
        ("https://user:word@a.b/", "https://a.b/"), ('http://a.b/"><x>', "http://a.b/%22%3E%3Cx%3E"), ("http://a.b/[x]", "http://a.b/%5Bx%5D"),
    ],
)  # fmt: skip
def test_an_address_of_the_web_is_written_in_ascii(url: str, made: str) -> None:
    assert web_address(url) == made


def test_a_zip_file_has_the_date_that_the_builder_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    first = zipped([("mimetype", b"x"), ("b", b"y" * 99)], {"mimetype"})
    assert first == zipped([("mimetype", b"x"), ("b", b"y" * 99)], {"mimetype"})
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert [(each.filename, each.compress_type, each.date_time[0]) for each in archive.infolist()] == [
            ("mimetype", zipfile.ZIP_STORED, 2000), ("b", zipfile.ZIP_DEFLATED, 2000),
        ]  # fmt: skip
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert export_date().year == 2023
    assert zipped([("a", b"")]) != zipped([("a", b"x")])
    for odd in ("", "-1", "x", "99999999999", "0"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", odd)
        assert export_date().year == 2000
