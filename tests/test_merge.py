from __future__ import annotations

from collections.abc import Iterable

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.carry import Key, key_of
from pipeline.catalogs.merge import MergeResult, merged
from pipeline.catalogs.message import copy_of, release, say_the_same, translations
from pipeline.catalogs.po import Catalog, catalog_bytes, new_catalog, read_catalog, template_bytes
from pipeline.catalogs.prefilled import Prefill
from pipeline.catalogs.similar import Text, likeness, matches
from pipeline.model import Message

DATE = "2026-01-02 03:04+0000"
HEAD = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: mine\\n"\n"POT-Creation-Date: 2020-01-01 00:00+0000\\n"\n'
    '"PO-Revision-Date: 2021-01-01 00:00+0000\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
)


def old(*messages: str) -> Catalog:
    return read_catalog("\n".join([HEAD, *messages]).encode())


def template(*messages: Message) -> Catalog:
    return read_catalog(template_bytes(messages, project="theirs 2", date=DATE))


def body(result: MergeResult) -> str:
    return catalog_bytes(result.catalog).decode().partition("\n\n")[2]


def counts(result: MergeResult) -> tuple[int, int, int, int, int]:
    return result.kept, result.moved, result.fuzzy, result.new, result.obsolete


class TestKept:
    def test_notes_and_references_are_the_templates_and_comments_and_flags_the_translators(self) -> None:
        before = old('# mine\n#. was\n#: a.md:1\n#, max-length:9, no-wrap\n#= x\nmsgid "a"\nmsgstr "甲"\n')
        result = merged(before, template(Message("a", references=(("a.md", 7), ("b.md", 8)), notes=("is",))), date=DATE)
        assert body(result) == (
            '# mine\n#. is\n#: a.md:7 b.md:8\n#, no-wrap, max-length:9\n#= x\nmsgid "a"\nmsgstr "甲"\n'
        )
        assert counts(result) == (1, 0, 0, 0, 0)

    def test_order_is_the_templates(self) -> None:
        before = old('msgid "a"\nmsgstr "甲"\n', 'msgid "b"\nmsgstr "乙"\n')
        result = merged(before, template(Message("b"), Message("a")), date=DATE)
        assert body(result) == 'msgid "b"\nmsgstr "乙"\n\nmsgid "a"\nmsgstr "甲"\n'

    def test_what_is_the_same_keeps_its_own_lines(self) -> None:
        lines = 'msgid ""\n"one "\n"two"\nmsgstr "一"   \n'
        result = merged(old(lines), template(Message("one two"), Message("three")), date=DATE)
        assert body(result) == lines + '\nmsgid "three"\nmsgstr ""\n'

    def test_a_flag_of_the_template_is_added_and_what_it_says_is_no_format_is_none(self) -> None:
        before = old('#, python-format, max-length:9\nmsgid "50% of"\nmsgstr "甲"\n')
        result = merged(before, template(Message("50% of")), date=DATE)
        assert body(result).startswith("#, no-c-format, no-python-format, max-length:9\n")

    def test_a_fuzzy_message_stays_fuzzy_with_its_previous_text(self) -> None:
        lines = '#, fuzzy\n#| msgid "b"\nmsgid "a"\nmsgstr "甲"\n'
        assert body(merged(old(lines), template(Message("a")), date=DATE)) == lines


class TestContentChanged:
    def test_is_false_when_only_references_moved(self) -> None:
        before = old('#: a.md:1\nmsgid "a"\nmsgstr "甲"\n')
        result = merged(before, template(Message("a", references=(("a.md", 9),))), date=DATE)
        assert not result.content_changed
        assert result.catalog.metadata == before.metadata

    @pytest.mark.parametrize("messages", [[], [Message("b")], [Message("a", notes=("n",))], [Message("a", "c")]])
    def test_is_true_when_a_text_or_a_note_changed(self, messages: list[Message]) -> None:
        assert merged(old('msgid "a"\nmsgstr "甲"\n'), template(*messages), date=DATE).content_changed

    def test_only_then_the_creation_date_is_the_templates(self) -> None:
        result = merged(old('msgid "a"\nmsgstr "甲"\n'), template(Message("b")), date="today")
        assert result.catalog.metadata["POT-Creation-Date"] == DATE
        assert result.catalog.metadata["PO-Revision-Date"] == "2021-01-01 00:00+0000"
        assert result.catalog.metadata["Project-Id-Version"] == "mine"

    def test_the_date_given_stands_in_for_that_of_a_template_without_one(self) -> None:
        result = merged(old(), read_catalog(b'msgid "b"\nmsgstr ""\n'), date=DATE)
        assert result.catalog.metadata["POT-Creation-Date"] == DATE


class TestMoved:
    def test_a_text_whose_context_is_gone_keeps_its_translation(self) -> None:
        before = old('# mine\nmsgctxt "row 1"\nmsgid "Notes"\nmsgstr "笔记"\n')
        result = merged(before, template(Message("Notes", "row 2")), date=DATE)
        assert body(result) == '# mine\nmsgctxt "row 2"\nmsgid "Notes"\nmsgstr "笔记"\n'
        assert counts(result) == (0, 1, 0, 0, 0)

    def test_it_is_fuzzy_where_two_translations_come_into_question(self) -> None:
        before = old('msgctxt "1"\nmsgid "Notes"\nmsgstr "笔记"\n', 'msgctxt "2"\nmsgid "Notes"\nmsgstr "说明"\n')
        result = merged(before, template(Message("Notes", "3")), date=DATE)
        assert body(result) == (
            '#, fuzzy\n#| msgctxt "1"\n#| msgid "Notes"\nmsgctxt "3"\nmsgid "Notes"\nmsgstr "笔记"\n\n'
            '#~ msgctxt "2"\n#~ msgid "Notes"\n#~ msgstr "说明"\n'
        )

    def test_a_text_that_is_used_elsewhere_too_is_suggested_as_fuzzy(self) -> None:
        before = old('msgid "Notes"\nmsgstr "笔记"\n')
        result = merged(before, template(Message("Notes"), Message("Notes", "row 2")), date=DATE)
        assert body(result).endswith('#, fuzzy\n#| msgid "Notes"\nmsgctxt "row 2"\nmsgid "Notes"\nmsgstr "笔记"\n')
        assert counts(result) == (1, 0, 1, 0, 0)


class TestFuzzy:
    def test_a_changed_text_takes_the_translation_with_its_previous_text(self) -> None:
        before = old('# mine\n#, no-wrap\nmsgctxt "c"\nmsgid "Lecture notes are here"\nmsgstr "讲义在此"\n')
        result = merged(before, template(Message("Lecture notes were here", "c")), date=DATE)
        assert body(result) == (
            "# mine\n#. changed: Lecture notes [-are-] {+were+} here\n#, fuzzy, no-wrap\n"
            '#| msgctxt "c"\n#| msgid "Lecture notes are here"\n'
            'msgctxt "c"\nmsgid "Lecture notes were here"\nmsgstr "讲义在此"\n'
        )
        assert counts(result) == (0, 0, 1, 0, 0)

    def test_the_text_that_was_translated_stays_the_previous_one(self) -> None:
        before = old('#, fuzzy\n#| msgid "one two three four"\nmsgid "one two three five"\nmsgstr "一"\n')
        result = merged(before, template(Message("one two three six")), date=DATE)
        assert '#| msgid "one two three four"\nmsgid "one two three six"' in body(result)

    @pytest.mark.parametrize("new", ["Completely different words stand here", "Yes", "讲义"])
    def test_a_text_that_only_is_new_takes_nothing(self, new: str) -> None:
        result = merged(old('msgid "Lecture notes are here"\nmsgstr "讲义在此"\n'), template(Message(new)), date=DATE)
        assert body(result) == (
            f'msgid "{new}"\nmsgstr ""\n\n#~ msgid "Lecture notes are here"\n#~ msgstr "讲义在此"\n'
        )
        assert counts(result) == (0, 0, 0, 1, 1)

    def test_what_is_untranslated_is_not_taken(self) -> None:
        before = old('msgid "Lecture notes are here"\nmsgstr ""\n')
        assert body(merged(before, template(Message("Lecture notes were here")), date=DATE)).endswith('msgstr ""\n')

    def test_an_obsolete_text_that_returns_a_little_changed_is_taken(self) -> None:
        before = old('#~ msgid "Lecture notes are here"\n#~ msgstr "讲义在此"\n')
        result = merged(before, template(Message("Lecture notes were here")), date=DATE)
        assert body(result).partition("\n")[2].startswith('#, fuzzy\n#| msgid "Lecture notes are here"\nmsgid')


class TestObsolete:
    def test_what_is_gone_keeps_comment_and_flags_without_places_and_notes(self) -> None:
        before = old('# mine\n#. note\n#: a.md:1\n#, max-length:9\nmsgid "a"\nmsgstr "甲"\n', 'msgid "b"\nmsgstr ""\n')
        result = merged(before, template(), date=DATE)
        assert body(result) == '# mine\n#, max-length:9\n#~ msgid "a"\n#~ msgstr "甲"\n'
        assert counts(result) == (0, 0, 0, 0, 1)

    def test_it_is_revived_when_its_text_returns(self) -> None:
        before = old('# mine\n#, fuzzy\n#~| msgid "z"\n#~ msgid "a"\n#~ msgstr "甲"\n')
        result = merged(before, template(Message("a")), date=DATE)
        assert body(result) == '# mine\n#, fuzzy\n#| msgid "z"\nmsgid "a"\nmsgstr "甲"\n'

    def test_it_fills_a_message_that_nobody_translated(self) -> None:
        before = old('msgid "a"\nmsgstr ""\n', '#~ msgid "a"\n#~ msgstr "甲"\n')
        assert body(merged(before, template(Message("a")), date=DATE)) == 'msgid "a"\nmsgstr "甲"\n'

    def test_a_second_translation_of_one_text_gets_a_context_of_its_own(self) -> None:
        before = old('msgid "a"\nmsgstr "甲"\n', 'msgid "a"\nmsgstr "乙"\n', 'msgid "a"\nmsgstr "甲"\n')
        assert body(merged(before, template(Message("a")), date=DATE)) == (
            'msgid "a"\nmsgstr "甲"\n\n#~ msgctxt "(duplicate 2)"\n#~ msgid "a"\n#~ msgstr "乙"\n'
        )


class TestPlurals:
    def test_a_text_that_gets_a_plural_is_fuzzy(self) -> None:
        pot = read_catalog(b'msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\nmsgstr[1] ""\n')
        assert body(merged(old('msgid "a"\nmsgstr "1"\n'), pot, date=DATE)) == (
            '#, fuzzy\n#| msgid "a"\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "1"\n'
        )

    def test_a_translation_that_stands_in_a_later_form_only_stays_fuzzy(self) -> None:
        before = old('msgid "one lecture note"\nmsgid_plural "notes"\nmsgstr[0] ""\nmsgstr[1] "甲"\n')
        pot = read_catalog(b'msgid "one lecture notes"\nmsgid_plural "notes"\nmsgstr[0] ""\n')
        result = merged(before, pot, date=DATE)
        assert "#, fuzzy\n" in body(result)
        assert 'msgstr[1] "甲"\n' in body(result)

    def test_forms_that_have_no_place_any_more_are_kept(self) -> None:
        before = old('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "1"\nmsgstr[1] "2"\n')
        assert body(merged(before, template(Message("a")), date=DATE)) == (
            '#, fuzzy\n#| msgid "a"\n#| msgid_plural "as"\nmsgid "a"\nmsgstr "1"\n\n'
            '#~ msgctxt "(duplicate 2)"\n#~ msgid "a"\n#~ msgid_plural "as"\n#~ msgstr[0] "1"\n#~ msgstr[1] "2"\n'
        )


class TestPrefill:
    def test_it_fills_what_is_empty_and_says_where_it_comes_from(self) -> None:
        prefill: dict[Key, Prefill] = {
            ("c", "a"): Prefill("甲", fuzzy=True, note="from b.md:3"),
            (None, "b"): Prefill("乙", fuzzy=False),
        }
        result = merged(old(), template(Message("a", "c", notes=("n",)), Message("b")), date=DATE, prefill=prefill)
        assert body(result) == (
            '#. n\n#. from b.md:3\n#, fuzzy\nmsgctxt "c"\nmsgid "a"\nmsgstr "甲"\n\nmsgid "b"\nmsgstr "乙"\n'
        )
        assert counts(result) == (0, 0, 0, 2, 0)

    def test_it_never_replaces_what_was_typed(self) -> None:
        lines = 'msgid "a"\nmsgstr "typed"\n'
        prefill: dict[Key, Prefill] = {(None, "a"): Prefill("甲", note="from b.md:3")}
        result = merged(old(lines), template(Message("a")), date=DATE, prefill=prefill)
        assert body(result) == lines
        assert not result.content_changed

    def test_the_same_suggestion_changes_nothing_the_second_time(self) -> None:
        prefill: dict[Key, Prefill] = {(None, "a"): Prefill("甲", note="from b.md:3")}
        once = merged(old('msgid "a"\nmsgstr ""\n'), template(Message("a")), date=DATE, prefill=prefill)
        again = read_catalog(catalog_bytes(once.catalog))
        assert once.content_changed
        assert not merged(again, template(Message("a")), date=DATE, prefill=prefill).content_changed

    def test_a_similar_text_comes_first(self) -> None:
        before = old('msgid "Lecture notes are here"\nmsgstr "讲义在此"\n')
        prefill: dict[Key, Prefill] = {(None, "Lecture notes were here"): Prefill("甲")}
        result = merged(before, template(Message("Lecture notes were here")), date=DATE, prefill=prefill)
        assert body(result).endswith('msgstr "讲义在此"\n')


def test_a_new_catalog_is_filled_from_the_template() -> None:
    result = merged(
        new_catalog("zh_CN", "course 1", DATE), template(Message("a", references=(("a.md", 1),))), date=DATE
    )
    assert body(result) == '#: a.md:1\nmsgid "a"\nmsgstr ""\n'
    assert result.content_changed


def test_the_width_and_the_broken_parts_of_the_old_file_stay() -> None:
    wrapped = 'msgid ""\n"' + "word " * 15 + '"\n"word"\nmsgstr "甲"\n'
    before = old(wrapped, 'msgid "broken\n', 'msgid "b"\nmsgstr "乙"\n')
    result = merged(before, template(Message("word " * 20), Message("b")), date=DATE)
    assert '"\n"word word word word word "\n' in body(result)
    assert '\nmsgid "broken\n\nmsgid "b"\nmsgstr "乙"\n' in body(result)


TEXTS = ["a", "ab", "Lecture notes are here", "Lecture notes were here", "Lecture notes", "讲义在这里", "讲义都在这里"]
TYPED = st.sampled_from(["", "甲", "乙", "丙 丁"])


@st.composite
def typed_messages(draw: st.DrawFn) -> polib.POEntry:
    plural = draw(st.sampled_from(["", "", "plural"]))
    flags = draw(st.lists(st.sampled_from(["fuzzy", "no-wrap", "mine"]), unique=True, max_size=2))
    forms = draw(st.lists(TYPED, min_size=1, max_size=2)) if plural else []
    return polib.POEntry(
        msgctxt=draw(st.sampled_from([None, None, "c", "d"])),
        msgid=draw(st.sampled_from(TEXTS)),
        msgid_plural=plural,
        msgstr="" if plural else draw(TYPED),
        msgstr_plural=dict(enumerate(forms)),
        tcomment=draw(st.sampled_from(["", "", "mine", "one\n\ntwo"])),
        flags=flags,
        previous_msgid=draw(st.sampled_from([None, "was"])) if "fuzzy" in flags else None,
        obsolete=draw(st.booleans()),
    )


def catalogs() -> st.SearchStrategy[Catalog]:
    def written(messages: Iterable[polib.POEntry]) -> Catalog:
        catalog = new_catalog("zh_CN", "course 1", DATE)
        catalog.extend(messages)
        return read_catalog(catalog_bytes(catalog))

    return st.lists(typed_messages(), max_size=8).map(written)


SUGGESTIONS = st.dictionaries(
    st.tuples(st.sampled_from([None, "c"]), st.sampled_from(TEXTS)), st.builds(Prefill, TYPED, st.booleans(), TYPED)
)


class TestWhatHoldsForAllCatalogs:
    @given(catalogs(), catalogs(), SUGGESTIONS)
    def test_no_translation_and_no_comment_is_lost(
        self, before: Catalog, pot: Catalog, prefill: dict[Key, Prefill]
    ) -> None:
        result = list(merged(before, pot, date=DATE, prefill=prefill).catalog)
        texts = {text for message in result for text in translations(message)}
        comments = {message.tcomment for message in result}
        assert {text for message in before for text in translations(message)} <= texts
        assert {message.tcomment for message in before if message.tcomment} <= comments

    @given(catalogs(), catalogs())
    def test_the_living_messages_are_those_of_the_template_and_no_key_stands_twice(
        self, before: Catalog, pot: Catalog
    ) -> None:
        result = list(merged(before, pot, date=DATE).catalog)
        wanted = dict.fromkeys(key_of(message) for message in pot if not message.obsolete)
        assert [key_of(message) for message in result if not message.obsolete] == list(wanted)
        assert len({key_of(message) for message in result}) == len(result)

    @given(catalogs(), catalogs(), SUGGESTIONS)
    def test_merging_again_changes_nothing(self, before: Catalog, pot: Catalog, prefill: dict[Key, Prefill]) -> None:
        once = merged(before, pot, date=DATE, prefill=prefill).catalog
        data = catalog_bytes(once)
        again = merged(read_catalog(data), pot, date="later", prefill=prefill)
        assert not again.content_changed
        assert catalog_bytes(again.catalog) == data

    @given(catalogs(), catalogs())
    def test_neither_catalog_is_changed(self, before: Catalog, pot: Catalog) -> None:
        data = catalog_bytes(before), catalog_bytes(pot)
        result = merged(before, pot, date=DATE).catalog
        for message in result:
            message.flags.append("touched")
        assert (catalog_bytes(before), catalog_bytes(pot)) == data

    @given(catalogs(), catalogs())
    def test_each_fuzzy_translation_that_was_made_here_names_its_previous_text(
        self, before: Catalog, pot: Catalog
    ) -> None:
        known = {message.msgid for message in before if message.fuzzy}
        for message in merged(before, pot, date=DATE).catalog:
            if message.fuzzy and not message.obsolete and message.msgid not in known:
                assert message.previous_msgid is not None


class TestWhatIsLetGoOf:
    def test_a_message_that_was_changed_keeps_what_it_says(self) -> None:
        kept, changed = old('msgid "a"\nmsgstr "甲"\n', 'msgid "b"\nmsgstr "乙"\n')
        changed.msgstr = "丙"
        for message in (kept, changed):
            release(message)
        assert [message.msgstr for message in (kept, changed)] == ["甲", "丙"]

    def test_a_copy_of_it_still_says_the_same_until_it_is_changed(self) -> None:
        (message,) = old('msgid "a"\nmsgstr "甲"\n')
        copy = copy_of(message)
        copied_after_reading = copy_of(message) if message.msgstr else copy
        release(message)
        assert say_the_same(message, copy)
        assert say_the_same(message, copied_after_reading)
        copied_after_reading.flags.append("fuzzy")
        assert not say_the_same(message, copied_after_reading)

    def test_a_catalog_changed_in_memory_is_merged_as_it_is_now(self) -> None:
        before = old('msgid "a"\nmsgstr "甲"\n')
        before[0].msgstr = "乙"
        assert body(merged(before, template(Message("a")), date=DATE)) == 'msgid "a"\nmsgstr "乙"\n'


class TestMatches:
    def test_neighbours_decide_between_equals(self) -> None:
        old_texts = [Text("open (C function)", 1, 2), Text("read (C function)", 5, 6)]
        new_texts = [Text("call (C function)", 5, 6), Text("call (C functions)", 1, 2)]
        assert [(match.new, match.old) for match in matches(new_texts, old_texts)] == [(0, 1), (1, 0)]

    def test_an_old_text_serves_twice_only_where_it_is_nearly_the_same(self) -> None:
        source = [Text("The lecture notes of the first week")]
        near, far = Text("The lecture notes of the third week"), Text("The reading list of the first week")
        assert [match.new for match in matches([near, near], source)] == [0, 1]
        assert [match.new for match in matches([near, far], source)] == [0]

    def test_short_texts_need_more_in_common(self) -> None:
        assert matches([Text("Notes")], [Text("Note")])
        assert not matches([Text("Save")], [Text("Same")])

    def test_texts_without_words_are_compared_too(self) -> None:
        assert matches([Text("*** !!! ***"), Text("")], [Text("*** !!? ***"), Text("")])[0].old == 0

    def test_a_rewritten_catalog_takes_no_quadratic_time(self) -> None:
        old_texts = [Text(f"Lecture {number}: topic {number * 7919 % 1009}") for number in range(3000)]
        assert len(matches([Text(text.text + "!") for text in old_texts], old_texts)) == 3000


def test_of_long_texts_the_words_are_compared_and_a_changed_one_keeps_its_translation() -> None:
    words = [f"word{number}" for number in range(6_000)]
    before, other = " ".join(words), " ".join(f"other{number}" for number in range(6_000))
    after = " ".join(["first", *words[1:3000], "middle", *words[3001:-1], "last"])
    result = merged(old(f'msgid "{before}"\nmsgstr "译文"\n'), template(Message(after), Message(other)), date=DATE)
    assert [(message.msgstr, message.fuzzy) for message in result.catalog] == [("译文", True), ("", False)]
    assert likeness(before, before) == 100
    assert 99 < likeness(before, after) < 100
    assert likeness(before, after, 99.99) == likeness(before, other) == likeness("…" * 40_000, "，" * 40_000) == 0
