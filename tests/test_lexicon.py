"""English words, the dictionary turned round, the field's terms, and the cache."""

import doctest
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import align_lists
from pipeline.text import lexicon, words
from pipeline.text.cedict import Index, index_of
from pipeline.text.ecdict import dictionary_index
from pipeline.text.lexicon import Candidate, Lexicon, field_index, field_terms, lexicon_with, shared_lexicon
from pipeline.text.script import has_han
from pipeline.text.words import english_words, lemmas, stem

LINES = [
    "# CC-CEDICT",
    "醫學 医学 [yi1 xue2] /medicine; medical science/study of medicine/",
    "監督 监督 [jian1 du1] /to control/to supervise/to inspect/",
    "督 督 [du1] /(bound form) to supervise/",
    "圖 图 [tu2] /diagram; picture; drawing/variant of 圖|图[tu2]/surname Tu/",
    "卡拉OK 卡拉OK [ka3 la1 o k] /karaoke (loanword)/",
    "不是這樣的一行",
]


@pytest.mark.parametrize("module", [words, lexicon])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_words_are_lower_case_without_diacritics_and_possessive() -> None:
    assert english_words("Newton's Naïve “Self-Attention” 在 C++ 与 C# 3.11") == [
        "newton", "naive", "self", "attention", "c++", "c#", "3.11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("studies", "study"), ("planning", "plan"), ("regularized", "regularize"), ("modelling", "model"),
        ("stratified", "stratify"), ("fairness", "fair"), ("interpretability", "interpretable"), ("analyses", "analysis"),
        ("optimisation", "optimization"), ("colour", "color"), ("regulations", "regulate"),
    ],
)  # fmt: skip
def test_a_word_is_looked_up_by_the_forms_a_dictionary_lists(word: str, form: str) -> None:
    forms = dict(lemmas(word))
    assert forms[word] == 1.0
    assert 0 < forms[form] < 1.0


def test_forms_of_a_word_share_a_stem_and_short_words_keep_theirs() -> None:
    assert stem("networks") == stem("network") == stem("networking")
    assert (stem("bias"), stem("class"), stem("2019")) == ("bias", "class", "2019")


def test_the_dictionary_is_turned_round_with_usual_senses_first() -> None:
    index = index_of(LINES)
    assert index.chinese_of("supervise") == [("监督", 0.8), ("督", 0.6)]
    assert index.chinese_of("medical science") == [("医学", 0.8)]
    assert index.english_of("图") == ["diagram", "picture", "drawing"]
    assert index.chinese_of("karaoke") == index.chinese_of("variant") == []
    assert index.english_of("圖") == []
    assert "醫學圖".translate(str.maketrans(index.traditional, index.simplified)) == "医学图"


def test_every_key_of_an_index_is_found_and_nothing_between_them() -> None:
    index = index_of(LINES)
    for line in index.english.decode().splitlines():
        key = line.partition("\t")[0]
        assert index.chinese_of(key)
        assert not index.chinese_of(key[:-1])
        assert not index.chinese_of(key + "\x01")
    assert Index(b"", b"", "", "").chinese_of("medicine") == []


def test_every_key_of_a_large_index_is_found_wherever_its_line_stands() -> None:
    keys = [f"term {number:04}" for number in range(0, 4000, 2)]
    index = field_index((key, "词" * (1 + number % 90)) for number, key in enumerate(keys))
    assert len(index.english) > 100_000
    for number, key in enumerate(keys):
        assert [text for text, _ in index.chinese_of(key)] == ["词" * (1 + number % 90)]
        assert not index.chinese_of(f"{key}5")


def test_sources_are_asked_in_their_order() -> None:
    known = Lexicon(field_index([("supervise", "督导")]), index_of(LINES))
    assert [(c.text, c.origin) for c in known.chinese("supervised")] == [
        ("督导", "field"), ("监督", "dictionary"), ("督", "dictionary"),
    ]  # fmt: skip
    taught = known.with_pairs([("Supervise", "監督"), ("medicine", "藥")])
    assert (taught.chinese("supervise")[0].text, taught.chinese("supervise")[0].origin) == ("监督", "glossary")
    assert known.chinese("supervise")[0].text == "督导"


def test_terms_are_found_back_from_chinese_in_either_writing() -> None:
    known = Lexicon(field_index([("medical science", "医学")]), index_of(LINES))
    assert [(c.text, c.origin) for c in known.english("醫學")][:2] == [
        ("medical science", "field"), ("medicine", "dictionary"),
    ]  # fmt: skip


def test_a_term_is_found_in_the_plural_and_an_unknown_one_nowhere() -> None:
    assert shared_lexicon().chinese("neural networks")[0].text == "神经网络"
    assert shared_lexicon().chinese("Neural-Network")[0].text == "神经网络"
    assert shared_lexicon().chinese("qwrtzp") == shared_lexicon().chinese("") == shared_lexicon().english("") == ()


def test_the_fields_terms_are_well_formed() -> None:
    path = Path(lexicon.__file__).with_name("glossary.tsv")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {2}
    assert len({english for english, _ in rows}) == len(rows) > 11_000
    assert all(words.english_key(english) for english, _ in rows)
    assert [english for english, _ in rows if has_han(english) or english != english.strip()] == []
    for english, chinese in rows:
        texts = chinese.split("；")
        assert len(set(texts)) == len(texts), english
        assert all(has_han(text) and text == text.strip() and not set(text) & set(";、（）()|") for text in texts), (
            english
        )


def test_the_fields_terms_are_simplified() -> None:
    known = shared_lexicon()
    assert [text for _, text in field_terms() if known.simplified(text) != text] == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("RNN", "循环神经网络"), ("recurrent neural networks", "循环神经网络"), ("robust", "稳健"), ("Robustness", "鲁棒性"),
        ("Bayes", "贝叶斯"), ("Fourier", "傅里叶"), ("Markov", "马尔可夫"), ("office hours", "答疑时间"),
        ("modelling", "建模"), ("optimisation algorithms", "优化算法"), ("Colour space", "颜色空间"),
        ("labelled data", "标注数据"),
        ("Gaussian elimination", "高斯消元法"), ("mutual exclusion", "互斥"), ("pneumonia", "肺炎"),
    ],
)  # fmt: skip
def test_terms_of_the_fields_are_known(english: str, chinese: str) -> None:
    assert chinese in [candidate.text for candidate in shared_lexicon().chinese(english)]


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "cedict.txt.gz"
    path.write_bytes(gzip.compress("\n".join(LINES).encode(), mtime=0))
    return path


def test_the_cache_gives_the_index_back_and_a_damaged_one_is_replaced(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILECT_CACHE", str(tmp_path / "cache"))
    built = lexicon._index(packed, lexicon._dictionary)
    (path,) = (tmp_path / "cache").iterdir()
    whole = path.read_bytes()
    assert lexicon.read_index(path) == built == lexicon._index(packed, lexicon._dictionary) == index_of(LINES)
    for damaged in (whole[:-5], b"", whole.replace(b"\n", b" ", 1), b"1 2 x\n", whole[:-1] + b"\x00"):
        path.write_bytes(damaged)
        assert lexicon.read_index(path) is None
        assert lexicon._index(packed, lexicon._dictionary) == built
        assert path.read_bytes() == whole
    assert list((tmp_path / "cache").iterdir()) == [path]


def test_another_dictionary_has_another_cache(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILECT_CACHE", str(tmp_path / "cache"))
    assert lexicon._index(packed, lexicon._dictionary).chinese_of("supervise")
    packed.write_bytes(gzip.compress("\n".join(LINES[:2]).encode(), mtime=0))
    assert not lexicon._index(packed, lexicon._dictionary).chinese_of("supervise")
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_where_no_cache_can_be_written_the_dictionary_still_works(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        monkeypatch.setenv("BILECT_CACHE", str(folder))
        assert lexicon._index(packed, lexicon._dictionary) == index_of(LINES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cedict.txt.gz", "file"]


def test_without_an_installed_dictionary_the_fields_terms_remain() -> None:
    alone = Lexicon(field_index(field_terms()), lexicon._index(None, lexicon._dictionary))
    assert alone.chinese("causal inference")[0].text == "因果推断"
    assert alone.simplified("醫學") == "醫學"


def test_the_folder_of_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILECT_CACHE", "/own")
    assert lexicon.cache_folder() == Path("/own")
    monkeypatch.delenv("BILECT_CACHE")
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, "/shared")
    assert lexicon.cache_folder() == Path("/shared/bilect")


def test_terms_of_the_project_come_before_those_of_the_page_and_imported_dictionaries_behind_all() -> None:
    known = Lexicon(field_index([("graph", "图表")]), index_of(LINES), (dictionary_index([("graph", "曲线图")]),))
    taught = known.with_pairs([("graph", "图谱")]).with_pairs([("graph", "图像")], "page")
    assert [candidate.text for candidate in taught.chinese("graphs")] == ["图谱", "图像", "图表", "曲线图"]
    assert taught.english("曲线图") == (Candidate("graph", 0.837, "imported"),)


def test_the_lexicon_of_a_project_is_made_once() -> None:
    assert lexicon_with() is shared_lexicon()
    assert lexicon_with((("foozle", "噜噜"),)) is lexicon_with((("foozle", "噜噜"),))
    assert lexicon_with((("foozle", "噜噜"),)).chinese("foozles")[0].text == "噜噜"


def test_a_dictionary_in_the_columns_of_ecdict_is_found_both_ways() -> None:
    rows = [
        ("Gradient", r"n. 梯度, 倾斜度\n[计] 坡度"),
        ("gradient", "a. 倾斜的"),
        ("a b c d e", "长"),
        ("x", "no Chinese"),
    ]
    index = dictionary_index(rows)
    assert index.chinese_of("gradient") == [("倾斜", 0.9), ("梯度", 0.9), ("坡度", 0.8), ("倾斜度", 0.8)]
    assert index.english_of("坡度") == ["gradient"]
    assert (index.chinese_of("x"), index.chinese_of("a b c d e")) == ([], [])


def test_simplified_characters_and_those_of_both_writings_are_left_as_they_are() -> None:
    known = shared_lexicon()
    for text in ("什么", "显著性", "著名", "干净", "后来"):
        assert known.simplified(text) == text
    assert known.simplified("什麼是機器學習，乾淨的資料，顯著") == "什么是机器学习，干净的资料，显著"


def test_an_acronym_is_what_its_letters_stand_for() -> None:
    english = ["Foo Bar Quux", "Markov decision processes", "Generative adversarial networks"]
    pairs = align_lists(english, ["GAN 简介", "MDPs 入门", "FBQ"]).pairs
    assert [(pair.left, pair.right, pair.tier) for pair in pairs] == [
        (0, 2, "accept"),
        (1, 1, "accept"),
        (2, 0, "accept"),
    ]
    assert pairs[0].evidence == ("one shared term: fbq=foo bar quux",)
    same = align_lists(
        ["Training an RNN", "VAEs", "Convex sets"],
        ["Convex set theory", "Variational auto encoder", "Recurrent neural nets"],
    )
    assert {(pair.left, pair.right) for pair in same.pairs} == {(0, 2), (1, 1), (2, 0)}


def test_several_that_make_the_cache_at_once_all_have_it(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILECT_CACHE", str(tmp_path / "cache"))
    with ThreadPoolExecutor(8) as pool:
        built = list(pool.map(lambda _: lexicon._index(packed, lexicon._dictionary), range(16)))
    assert built == [index_of(LINES)] * 16
    (path,) = (tmp_path / "cache").iterdir()
    assert lexicon.read_index(path) == built[0]


def test_the_fields_terms_are_cached_in_their_order() -> None:
    index = field_index([("robust", "鲁棒"), ("Robust", "稳健"), ("sturdy", "稳健")])
    assert [text for text, _ in index.chinese_of("robust")] == ["鲁棒", "稳健"]
    assert index.english_of("稳健") == ["robust", "sturdy"]
