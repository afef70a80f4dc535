"""Messages that are cut in another way than before keep their translations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_merge import DATE, body, old, template

from pipeline.catalogs.merge import MergeResult, merged
from pipeline.catalogs.message import translations
from pipeline.catalogs.parts import Piece, glued, pieces, sentence_pieces, shares
from pipeline.catalogs.po import Catalog, catalog_bytes, read_catalog
from pipeline.catalogs.regroup import Placed, Regrouped, regrouped
from pipeline.catalogs.worddiff import change_note
from pipeline.model import Message
from pipeline.text.sentences import sentences


def living(result: MergeResult) -> list[tuple[str, str, bool]]:
    return [(message.msgid, message.msgstr, message.fuzzy) for message in result.catalog if not message.obsolete]


def after(before: str, *texts: str) -> MergeResult:
    return merged(old(before), template(*map(Message, texts)), date=DATE)


class TestSplit:
    WHOLE = "The first week is about data. The second week is about models and their uses."
    CUT = ("The first week is about data.", "The second week is about models and their uses.")

    def test_each_part_takes_its_sentences_of_the_translation(self) -> None:
        result = after(f'msgid "{self.WHOLE}"\nmsgstr "第一周讲数据。第二周讲模型及其应用。"\n', *self.CUT)
        assert body(result) == (
            "#. split: part 1 of 2 of the previous text, with its part of the translation\n#, fuzzy\n"
            f'#| msgid "{self.WHOLE}"\nmsgid "{self.CUT[0]}"\nmsgstr "第一周讲数据。"\n\n'
            "#. split: part 2 of 2 of the previous text, with its part of the translation\n#, fuzzy\n"
            f'#| msgid "{self.WHOLE}"\nmsgid "{self.CUT[1]}"\nmsgstr "第二周讲模型及其应用。"\n\n'
            f'#~ msgid "{self.WHOLE}"\n#~ msgstr "第一周讲数据。第二周讲模型及其应用。"\n'
        )

    def test_where_the_parts_cannot_be_told_the_first_takes_all_and_both_say_so(self) -> None:
        result = after(f'msgid "{self.WHOLE}"\nmsgstr "第一周讲数据，第二周讲模型及其应用。"\n', *self.CUT)
        assert living(result) == [
            (self.CUT[0], "第一周讲数据，第二周讲模型及其应用。", True),
            (self.CUT[1], "", False),
        ]
        assert "#. split: part 1 of 2 of the previous text; the translation is of the whole text\n" in body(result)
        assert "#. split: part 2 of 2; the first has the translation of all\n" in body(result)

    def test_it_is_seen_where_the_text_changed_too(self) -> None:
        cut = ("The first week is about the data.", "The second week is about models and uses.", "New words here.")
        result = after(f'msgid "{self.WHOLE}"\nmsgstr "第一周讲数据。第二周讲模型。"\n', *cut)
        assert [text for _, text, _ in living(result)] == ["第一周讲数据。", "第二周讲模型。", ""]

    def test_a_text_beside_a_changed_one_is_no_part_of_it(self) -> None:
        result = after(f'msgid "{self.WHOLE}"\nmsgstr "全文"\n', self.WHOLE.replace("uses", "use"), "Exercises")
        assert [text for _, text, _ in living(result)] == ["全文", ""]
        assert "split" not in body(result)

    def test_the_whole_comes_back_when_its_text_does(self) -> None:
        once = after(f'msgid "{self.WHOLE}"\nmsgstr "第一周讲数据。第二周讲模型。"\n', *self.CUT)
        again = merged(read_catalog(catalog_bytes(once.catalog)), template(Message(self.WHOLE)), date=DATE)
        assert living(again) == [(self.WHOLE, "第一周讲数据。第二周讲模型。", False)]


class TestJoined:
    def test_the_translations_of_all_parts_stand_one_after_the_other(self) -> None:
        before = (
            '# mine\nmsgid "The first week is about data."\nmsgstr "第一周讲数据。"\n\n'
            '# yours\nmsgid "The second is about models."\nmsgstr "第二周讲模型。"\n'
        )
        result = after(before, "The first week is about data. The second is about models.")
        assert body(result).startswith(
            "# mine\n# yours\n#. joined: from 2 messages\n#, fuzzy\n"
            '#| msgid "The first week is about data. The second is about models."\n'
            'msgid "The first week is about data. The second is about models."\nmsgstr "第一周讲数据。第二周讲模型。"\n'
        )
        assert not result.unplaced

    def test_any_number_of_unchanged_ones(self) -> None:
        before = "\n".join(f'msgid "Sentence number {n} stands here."\nmsgstr "第{n}句。"\n' for n in range(7))
        result = after(before, " ".join(f"Sentence number {n} stands here." for n in range(7)))
        assert living(result)[0][1:] == ("".join(f"第{n}句。" for n in range(7)), True)


class TestCutInAnotherWay:
    def test_the_cells_of_a_table_in_one_message_are_final_where_both_have_the_same(self) -> None:
        before = (
            'msgid "| Lecture | Title | | --- | --- | | Lecture 1 | Clinical care |"\n'
            'msgstr "| 课时 | 标题 | | --- | --- | | 第1讲 | 临床护理 |"\n'
        )
        assert living(after(before, "Lecture", "Title", "Lecture 1", "Clinical care")) == [
            ("Lecture", "课时", False),
            ("Title", "标题", False),
            ("Lecture 1", "第1讲", False),
            ("Clinical care", "临床护理", False),
        ]

    @pytest.mark.parametrize(
        ("source", "target", "text", "translation"),
        [
            ("# Aims #", "# 目标", "Aims", "目标"),
            ("- [ ] Read this", "- [ ] 读这个", "Read this", "读这个"),
            ("One text\\nin two lines", "一段\\n文字", "One text in two lines", "一段文字"),
            ('title: \\"A course\\"\\nauthor: me', 'title: \\"课程\\"\\nauthor: 我', "A course", "课程"),
            ("- one thing\\n- another", "- 一\\n- 二", "another", "二"),
            ("<center> <b>Aims</b></center>", "<center><b>目标</b></center>", "Aims", "目标"),
            ("- <a href='x'>Aims</a>\\n- two", "- <a href='y'>目标</a>\\n- 二", "Aims", "目标"),
            ("<tr><td>one</td>\\n<td id='x'>two</td></tr>", "<tr><td>一</td><td>二</td></tr>", "two", "二"),
        ],
    )
    def test_marks_of_a_block_and_line_ends_do_not_matter(
        self, source: str, target: str, text: str, translation: str
    ) -> None:
        assert living(after(f'msgid "{source}"\nmsgstr "{target}"\n', text)) == [(text, translation, False)]

    def test_a_catalog_of_po4a_is_carried_to_a_page_that_is_cut_into_cells_and_items(self) -> None:
        before = """
#. type: Title #
#, no-wrap
msgid "A course on maps\\n"
msgstr "地图课程\\n"

#. type: Plain text
msgid ""
"Maps tell stories.  Each week we "
"read one map."
msgstr "地图会讲故事。每周读一幅地图。"

#. type: Plain text
#, no-wrap
msgid ""
"- paper\\n"
"- ink\\n"
msgstr ""
"- 纸\\n"
"- 墨\\n"

#. type: Plain text
msgid "| Week | Map | | --- | --- | | 1 | Rivers | | 2 | Roads |"
msgstr "| 周 | 地图 | | --- | --- | | 1 | 河流 | | 2 | 道路 |"

#. type: Plain text
#, no-wrap
msgid "<center> <b>Ends in June</b></center>\\n"
msgstr "<center> <b>六月结束</b></center>\\n"
"""
        page = {
            "A course on maps": "地图课程",
            "Maps tell stories. Each week we read one map.": "地图会讲故事。每周读一幅地图。",
            "paper": "纸", "ink": "墨", "Week": "周", "Map": "地图", "Rivers": "河流", "Roads": "道路",
            "Ends in June": "六月结束",
        }  # fmt: skip
        result = after(before, *page)
        assert living(result) == [(text, translation, False) for text, translation in page.items()]
        assert not result.unplaced

    def test_other_markup_makes_it_fuzzy(self) -> None:
        result = after('msgid "The {1}deep{2} course"\nmsgstr "{1}深度{2}课程"\n', "The **deep** course")
        assert living(result) == [("The **deep** course", "{1}深度{2}课程", True)]

    def test_the_comment_on_a_text_stays_with_it_when_its_marks_go(self) -> None:
        result = after('# mine\n#, max-length:9\nmsgid "# Aims"\nmsgstr "# 目标"\n', "Aims")
        assert body(result).startswith('# mine\n#, max-length:9\nmsgid "Aims"\nmsgstr "目标"\n')

    def test_comments_and_flags_of_a_table_are_not_those_of_its_cells(self) -> None:
        result = after('# mine\n#, no-wrap, max-length:9\nmsgid "| one | two |"\nmsgstr "| 一 | 二 |"\n', "one")
        assert body(result) == (
            'msgid "one"\nmsgstr "一"\n\n# mine\n#, no-wrap, max-length:9\n#~ msgid "| one | two |"\n#~ msgstr "| 一 | 二 |"\n'
        )

    def test_cells_that_agree_in_number_only_are_fuzzy(self) -> None:
        before = 'msgid "<p>One here</p><p>Two here</p>"\nmsgstr "<b>一</b><br>二"\n'
        assert living(after(before, "Two here"))[0][2]

    def test_what_fits_nowhere_is_told_and_kept(self) -> None:
        result = after('msgid "Words of old"\nmsgstr "旧文"\n', "Quite another sentence")
        assert [message.msgid for message in result.unplaced] == ["Words of old"]
        assert "#~ msgstr" in body(result)


class TestElsewhere:
    POOL = read_catalog(
        b'# theirs\nmsgctxt "c"\nmsgid "Notes"\nmsgstr "N1"\n\n#, fuzzy\nmsgid "Aims"\nmsgstr "A1"\n\nmsgid "b"\nmsgstr ""\n'
    )

    def test_the_same_text_in_the_same_context_is_final(self) -> None:
        result = merged(old(), template(Message("Notes", "c")), date=DATE, pool=self.POOL)
        assert body(result) == '# theirs\nmsgctxt "c"\nmsgid "Notes"\nmsgstr "N1"\n'
        assert result.moved == 1

    def test_in_another_context_or_fuzzy_there_it_is_fuzzy(self) -> None:
        result = merged(old(), template(Message("Notes"), Message("Aims"), Message("b")), date=DATE, pool=self.POOL)
        assert living(result) == [("Notes", "N1", True), ("Aims", "A1", True), ("b", "", False)]


class TestNotes:
    @pytest.mark.parametrize(
        ("before", "now", "note"),
        [
            ("Lecture notes are here", "Lecture notes were here", "changed: Lecture notes [-are-] {+were+} here"),
            ("讲义在这里", "讲义都在那里", "changed: 讲义{+都+}在[-这-] {+那+}里"),
            ("a b c d e f g h", "a b X c d e f g h", "changed: a b {+X+} c d …"),
            ("One  text", "One text", ""),
        ],
    )
    def test_the_change_is_shown_with_a_little_around_it(self, before: str, now: str, note: str) -> None:
        assert change_note(before, now) == note

    def test_it_is_of_bounded_length(self) -> None:
        words = [f"word{n}" for n in range(3000)]
        assert len(change_note(" ".join(words), " ".join(reversed(words)))) < 260

    def test_it_stays_while_the_message_is_fuzzy_and_goes_when_it_is_final(self) -> None:
        once = after('msgid "Lecture notes are here"\nmsgstr "讲义在此"\n', "Lecture notes were here")
        data = catalog_bytes(once.catalog)
        pot = template(Message("Lecture notes were here"))
        assert not merged(read_catalog(data), pot, date=DATE).content_changed
        done = data.replace(b"#, fuzzy\n", b"").replace(b'#| msgid "Lecture notes are here"\n', b"")
        assert (
            body(merged(read_catalog(done), pot, date=DATE)) == 'msgid "Lecture notes were here"\nmsgstr "讲义在此"\n'
        )

    def test_a_second_change_is_shown_against_the_text_that_was_translated(self) -> None:
        once = after('msgid "one two three four"\nmsgstr "一"\n', "one two three five")
        again = merged(read_catalog(catalog_bytes(once.catalog)), template(Message("one two three six")), date=DATE)
        assert body(again).startswith("#. changed: … two three [-four-] {+six+}\n")


class TestParts:
    def test_sentences_with_other_numbers_do_not_belong_together(self) -> None:
        assert sentence_pieces("Week 1 is short. Week 2 is long.", "第2周长。第1周短。") == []

    def test_shares_are_unknown_where_the_sentences_differ_in_number(self) -> None:
        assert shares(["One.", "Two."], "One. Two.", "一二。") is None

    def test_a_pipe_in_a_sentence_is_no_cell(self) -> None:
        assert list(pieces("read | write", "读 | 写")) == [Piece("read | write", "读 | 写", is_whole=True)]

    @pytest.mark.parametrize("odd", [" ", ".", "\n", "|", "<p", "<b>", "</b>", "# ", "e.g. ", "> ", "- [ ] ", "a. b "])
    def test_odd_texts_take_no_quadratic_time(self, odd: str) -> None:
        text = f"a{odd * 20_000}b"
        assert len(list(pieces(text, text))) + len(sentence_pieces(text, text)) > 0
        assert list(pieces(text[1:-1], text[1:-1])) is not None

    def test_abbreviations_end_no_sentence(self) -> None:
        assert sentences("Prof. Li and J. Doe teach, e.g. here. Come!") == [
            "Prof. Li and J. Doe teach, e.g. here.",
            "Come!",
        ]

    def test_a_blank_stands_only_between_latin_texts(self) -> None:
        assert glued(["One", "two", "三", "four"]) == "One two三four"


PARTS = [
    "The first week is about data.",
    "The second week is about models.",
    "Read chapter three.",
    "讲义在这里。",
    "Notes",
]
TYPED = st.sampled_from(
    ["", "一。", "二。三。", "第一周讲数据。第二周讲模型。", "| 甲 | 乙 |", "<b>甲</b>", "甲\n乙", "丙  丁"]
)


def texts() -> st.SearchStrategy[str]:
    joined = st.tuples(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3), st.sampled_from([" ", "\n", " | "]))
    whole = joined.map(lambda made: made[1].join(made[0]))
    return whole.flatmap(lambda text: st.sampled_from([text, f"# {text}", f"| {text} |", f"<b>{text}</b>"]))


def pages() -> st.SearchStrategy[Catalog]:
    contexts = st.sampled_from([None, None, "c"])
    return st.lists(st.builds(Message, texts(), contexts), max_size=6).map(lambda found: template(*found))


class TestNothingTypedIsLost:
    @given(st.lists(st.tuples(pages(), st.lists(TYPED, max_size=6), st.booleans()), min_size=1, max_size=4))
    def test_over_any_sequence_of_updates_and_translations(self, steps: list[tuple[Catalog, list[str], bool]]) -> None:
        data, typed, comments = catalog_bytes(old()), set[str](), set[str]()
        for number, (pot, translated, is_final) in enumerate(steps):
            result = merged(read_catalog(data), pot, date=DATE)
            catalog = read_catalog(catalog_bytes(result.catalog))
            kept = {without_blanks(text) for message in catalog for text in translations(message)}
            assert typed <= kept
            assert comments <= {line for message in catalog for line in message.tcomment.split("\n")}
            assert not merged(catalog, pot, date="later").content_changed
            for place, (message, text) in enumerate(zip(catalog, translated, strict=False)):
                if text and not message.msgstr and not message.obsolete:
                    message.msgstr, message.tcomment = text, f"{number}.{place}"
                    typed.add(without_blanks(text))
                    comments.add(message.tcomment)
                elif is_final and message.fuzzy and not message.obsolete:
                    message.flags = [flag for flag in message.flags if flag != "fuzzy"]
                    message.previous_msgctxt = message.previous_msgid = None
            data = catalog_bytes(catalog)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def test_among_very_many_messages_that_are_gone_those_that_were_joined_are_found() -> None:
    # far more parts than wholes: the wholes are looked for among the parts, not each window among the wholes
    words = [f"word{number}" for number in range(20_010)]
    parts = [Placed(number, f"The {word} is about number{number} here.") for number, word in enumerate(words)]
    whole = Placed(0, f"{parts[700].text} {parts[701].text} And {parts[702].text}")
    assert regrouped([whole], parts) == [Regrouped(0, (700, 701, 702))]
    assert regrouped([whole], parts[690:710]) == [Regrouped(0, (700, 701, 702))]
