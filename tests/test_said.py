"""Sentences that are made in English and told in another language."""

from __future__ import annotations

import json
import pickle

from pipeline.model import Finding
from pipeline.text.said import Said, parts_of, said, said_again, said_of

CHINESE = {
    "the topic {title!r} {what}": "主题 {title!r}{what}",
    "{number:,} files": "{number:,} 个文件",
    "is gone": "不见了",
}


def in_chinese(one: str, many: str, number: int) -> str:
    return CHINESE.get(many, many)


SENTENCE = said("the topic {title!r} {what}", title="HMMs", what=said("is gone"))


def test_a_sentence_is_english_until_it_is_told() -> None:
    assert SENTENCE == "the topic 'HMMs' is gone"
    assert SENTENCE.told(in_chinese) == "主题 'HMMs'不见了"


def test_a_number_chooses_the_form() -> None:
    assert [said_of(number, "one file", "{number:,} files") for number in (0, 1, 2000)] == [
        "0 files",
        "one file",
        "2,000 files",
    ]
    assert said_of(2000, "one file", "{number:,} files").told(in_chinese) == "2,000 个文件"


def test_braces_of_a_value_stay_as_they_are() -> None:
    assert said("{tag} is never closed", tag="{% if {x} %}") == "{% if {x} %} is never closed"


def test_a_sentence_survives_other_processes_and_json() -> None:
    for again in (pickle.loads(pickle.dumps(SENTENCE)), said_again(json.loads(json.dumps(parts_of(SENTENCE))))):
        assert isinstance(again, Said)
        assert (again, again.told(in_chinese)) == (SENTENCE, SENTENCE.told(in_chinese))
    assert said_again(parts_of("plain")) == "plain"


def test_json_shows_a_sentence_of_a_finding_in_english() -> None:
    finding = Finding("A101", "lecture-without-topic", "warning", "a.md", 1, 1, SENTENCE)
    assert json.loads(json.dumps(finding.message)) == "the topic 'HMMs' is gone"
