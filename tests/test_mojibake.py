"""Mojibake: repaired with proof, and never where the text is right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from golden import ROOT
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.misreading import read_as, read_back
from pipeline.text.mojibake import lost, mojibake, repaired

MEANT = "机器学习—“été”，naïve café 🤖 don’t"
REAL_PAGES = ROOT.parent / "shared" / "data"


def misread(text: str, codec: str) -> str:
    return read_back(text, codec) if codec in ("gb18030", "big5") else read_as(text.encode(), codec)


CLEAN = [
    MEANT,
    "résumé”—yes, CAFÉ» and «Où ?» — Ângela, São Tomé",
    "┌─┐ ╔══╗ │ ∑ ≤ √2 ¬p ∧ q, 5 µm ± 0,1 °C",
    "中文“引号”——破折号……，《书名》·间隔号",
    "Ωμέγα ÄÖÜ ÅÆØ ñ ¿qué? £5 §3 ©2020 ®",
    "👩\u200d⚕️ 🎓 ⭐⭐⭐",
    "«À», «Â», «Ã», «É», «Ê», «Î», «Ô», «Û»",
    "„Ä“, „Ö“, „Ü“, „ß“ und »Å«, »Æ«, »Ø«, ‚einfach‘, 5 €, 3 ‰",
    "√π, √π/2, 2√π, n√π, √∑, ¬∑, ≈π, →←⇒∀∃∈∉⊂∪∩∧∨≠≤≥∞∫∂∇",
    "ÍÞRÓTTIR ÁÐUR ÞÓÐ ÆÐI, Žižek, Dvořák, łódź, ążęć, Ĝis ŝi ĉe ĵus, Ħamrun Għawdex",
    "Tiếng Việt: Học máy là một lĩnh vực; ĐẠI HỌC; ôi ầm ĩ, naĩve ãẽĩõũ",
    "これは日本語のテキストです。カタカナ、漢字。ﾊﾟｿｺﾝ",
    "안녕하세요, 기계 학습",
    "Привет, мир! «Лекция» — №5 ѢѣѳѵѶѷ, Россия–Europe, Ελλάδα/Россия",
    "ˈkæt ˈæŋɡəl θɪŋk ðə ʃɒp",
    "été—hiver ; là… « voilà » ; c’est-à-dire – étude –être —ému “à” ‘è’ ÉÉ «ÉÉ» Ééé",
    "".join(map(chr, range(0xA1, 0x180))),
    "iPhone没电了，API么？WiFi没有，App没装，T恤，K歌，caf茅台，茅台酒、隆中对、没完没了",
    "浏览器宕机，娓娓道来，飙升，氵亻扌犭纟饣钅礻衤灬冖宀癶罒",
    "子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？」",
    "鐘鏈鏡鍵鎮閉闡闢韃頒颶餵馮駁騎髒鬆鬱魚鯨鳳鴛鶴鷗鹽麥黴齊齋齡龐，涓涓細流，鎖鏈，鑰匙，銀行，鋼鐵",
    "鐘擺於絕鐘擺鐘擺鐘擺鐘擺鐘擺鐘擺",
    "𠮷野家 𡈽 㐂 㗎 ①②③ ⅷ ㈱ ℃ ™",
    "¤¤¤¤¤¤ ×××××× ····· °°°°°°",
    "São Paulo, coração, NÃO, MAÇÃ, Ã, ÃO, “não”, AÇÕES, MÃE",
    "שלום עולם αβγ مرحبا",
    "“¡Correcto!” ¡Incorrecto! ¿Cómo? ¡Genial! ¡Casi! ¡A ver! —¡Él, no! ¡un montón, así! «¡¡No!!», ¿¡Y!? ¡Sí, más!",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_never_changes(text: str) -> None:
    assert mojibake(text) == ()


def test_all_clean_texts_in_one_page_never_change() -> None:
    assert repaired("\n".join(CLEAN)) == "\n".join(CLEAN)


@given(st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF)))
def test_clean_chinese_never_changes(text: str) -> None:
    assert repaired(text) == text


WORDS = "été NOËL œuvre Größe Übung São não coração ĐẠI học Ωμέγα лекция № «là» “dit” — … 机器 学习 茅台 没 鏈 鐘 🎓 ┌─┐ √2 5°C à"


@given(st.lists(st.sampled_from([*WORDS.split(), "is", "a", ",", "\n"])).map(" ".join))
def test_words_of_many_languages_never_change(text: str) -> None:
    assert repaired(text) == text
    assert repaired(text.replace(" ", "")) == text.replace(" ", "")


@pytest.mark.parametrize("folder", ["pages", "showmeai_pages"])
def test_real_pages_never_change(folder: str) -> None:
    paths = sorted((REAL_PAGES / folder).glob("*.md"))
    if not paths:
        pytest.skip(f"../shared/data/{folder} is not there")
    assert [path.name for path in paths if mojibake(path.read_bytes().decode("utf-8"))] == []


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman"])
def test_what_was_misread_once_or_twice_is_repaired(codec: str) -> None:
    once = misread(MEANT, codec)
    assert repaired(once) == MEANT
    assert repaired(misread(once, codec)) == MEANT


IN_GB18030 = [
    (text, once)
    for text in ("机器学习", "课程介绍", "第一讲：机器学习与医疗", "中国", "don’t")
    if (once := misread(text, "gb18030"))
]
TWICE = [
    (text, twice)
    for text, once in IN_GB18030
    for codec in ("gb18030", "cp1252", "mac_roman")
    if (twice := misread(once, codec))
]


@pytest.mark.parametrize(("text", "damaged"), IN_GB18030 + TWICE)
def test_utf8_that_was_read_as_gb18030_once_or_twice_is_repaired(text: str, damaged: str) -> None:
    assert repaired(f"# {damaged}\n\ntext") == f"# {text}\n\ntext"


@pytest.mark.parametrize(("meant", "text"), [("gb18030", "机器学习"), ("gb18030", "中文"), ("big5", "機器學習")])
def test_gb18030_and_big5_that_were_read_as_latin_letters_are_repaired(meant: str, text: str) -> None:
    once = text.encode(meant).decode("latin-1")
    assert repaired(f"# {once}\n\ntext") == f"# {text}\n\ntext"
    assert repaired(misread(once, "cp1252")) == text


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("鏈哄櫒瀛︿範", "机器学习"),
        ("»úÆ÷Ñ§Ï°", "机器学习"),
        ("caf茅, na茂ve, r茅sum茅, d茅j脿", "café, naïve, résumé, déjà"),
        ("caf√© r√©sum√© na√Øve", "café résumé naïve"),
        ("20Â°C to 30Â°C, Â«xÂ», Â£5", "20°C to 30°C, «x», £5"),
        ("pages 3â€“5", "pages 3–5"),
        ('l\'Ã©tat et "Ã©ditable", dâ€™Ã¢ge', 'l\'état et "éditable", d’âge'),
        ("clean été\nfÃ¼r\n清楚的中文\n鏈哄櫒瀛︿範\ndonâ€™t\n没", "clean été\nfür\n清楚的中文\n机器学习\ndon’t\n没"),
        ("我说鏈哄櫒瀛︿範，没有", "我说机器学习，没有"),
        ("(2020路瀹屾暣鏁欑▼)", "(2020路完整教程)"),  # 路, which was a point, takes none of what is behind it
        ("ç¬¬ 1 è®²：å…‹éš†", "第 1 讲：克隆"),
        (misread(misread("医疗", "mac_roman"), "gb18030"), "医疗"),
        ("¡i¾÷¾¹¾Ç²ß¡j¡uPython¡v¡G²Ä¤@Á¿", "【機器學習】「Python」：第一講"),
        ("没每毛路，毛毛没没，路路", "没每毛路，毛毛没没，路路"),
    ],
)
def test_damage_is_repaired_beside_clean_text(damaged: str, meant: str) -> None:
    assert repaired(damaged) == meant


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2),
    st.sampled_from(["cp1252", "mac_roman", "gb18030"]),
)
def test_every_repair_encodes_back_to_what_it_was_made_of(text: str, codec: str) -> None:
    for found in mojibake(misread(text, codec)):
        if len(found.steps) == 1 and found.steps[0].meant == "utf-8":
            assert misread(found.after, found.codec) == found.before


def test_a_repair_says_how_the_text_was_misread() -> None:
    (found,) = mojibake(misread(misread("机器学习", "gb18030"), "cp1252"))
    assert [step.words for step in found.steps] == [
        "UTF-8 that was read as cp1252",
        "UTF-8 that was read as gb18030",
    ]


@pytest.mark.parametrize(
    ("damaged", "gone", "meant"),
    [
        ("whatâ€™s â€� that", ["â€�"], "what’s â€� that"),
        ("鏈哄櫒瀛︿範浜�", ["浜�"], "机器学习浜�"),
        ("donâ€™t, dÃ©jÃ\xa0 vu", [], "don’t, déjà vu"),
        ("donâ€™t, dÃ©jÃ vu", ["Ã "], "don’t, déjÃ vu"),
        ("a �� b", ["��"], "a �� b"),
        ("锟斤拷锟斤拷 �", ["锟斤拷锟斤拷", "�"], "锟斤拷锟斤拷 �"),
        ("why? été à la", [], "why? été à la"),
    ],
)
def test_what_was_lost_is_told_and_the_rest_repaired(damaged: str, gone: list[str], meant: str) -> None:
    found = mojibake(damaged)
    assert [place.before for place in lost(damaged, found)] == gone
    assert repaired(damaged) == meant


@given(st.text(st.one_of(st.characters(), st.sampled_from("鏈哄櫒瀛︿範â€™Ã©√‚Äô»úÆ÷ѧϰ\ufffd?\udc81\xa0"))))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = mojibake(text)
    assert [text[run.start : run.end] for run in found] == [run.before for run in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [text[place.start : place.end] for place in lost(text, found)] == [
        place.before for place in lost(text, found)
    ]


def test_long_damage_is_repaired_whole() -> None:
    text = "机器学习与医疗课程介绍与作业" * 1000
    assert repaired(misread(text, "gb18030")) == text
    assert repaired(misread(text, "cp1252")) == text
    assert repaired(text.encode("gb18030").decode("latin-1")) == text
