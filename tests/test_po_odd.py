"""Odd catalogs that msgfmt accepts: read and written they are the same bytes, and formatted they are msgcat's."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from pipeline.catalogs.po import (
    NEWLINES_ONLY,
    PAGE_WIDTH,
    BrokenCatalogError,
    catalog_bytes,
    formatted,
    formatted_bytes,
    read_catalog,
)

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ODD = {
    "ctx": HEAD + 'msgctxt "c"\nmsgid "a"\nmsgstr "b"\n',
    "empty ctx": HEAD + 'msgctxt ""\nmsgid "a"\nmsgstr "b"\n',
    "ctx empty id": HEAD + 'msgctxt "c"\nmsgid ""\nmsgstr "b"\n',
    "plural": HEAD + '#, fuzzy\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] "y"\n',
    "plural long": HEAD
    + 'msgid "'
    + "a b " * 40
    + '"\nmsgid_plural "'
    + "as b " * 40
    + '"\nmsgstr[0] "'
    + "x " * 80
    + '"\nmsgstr[1] "'
    + "中文" * 40
    + '"\n',
    "previous": HEAD + '#, fuzzy\n#| msgctxt "o"\n#| msgid "old"\n#| msgid_plural "olds"\n'
    'msgctxt "c"\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\n',
    "obsolete prev": HEAD
    + '#, fuzzy\n#~| msgid "old '
    + "x " * 60
    + '"\n#~ msgid "gone '
    + "y " * 60
    + '"\n#~ msgstr "'
    + "中" * 70
    + '"\n',
    "obsolete plural": HEAD
    + '#~ msgctxt "k"\n#~ msgid "gone"\n#~ msgid_plural "gones"\n#~ msgstr[0] "1"\n#~ msgstr[1] "2"\n',
    "obsolete in middle": HEAD + '#~ msgid "gone"\n#~ msgstr "x"\n\nmsgid "a"\nmsgstr "b"\n',
    "refs": HEAD + '#: \u2068a b.md\u2069:3 c%20d.md:4 plain\nmsgid "a"\nmsgstr "b"\n',
    "refs many": HEAD + "#: " + " ".join(f"dir/file{n}.md:{n}" for n in range(30)) + '\nmsgid "a"\nmsgstr "b"\n',
    "refs dup": HEAD + '#: a.c:1 a.c:1\n#: a.c:1\nmsgid "a"\nmsgstr "b"\n',
    "ref dot": HEAD + '#: ./a.c:1 ././b.c:2\nmsgid "a"\nmsgstr "b"\n',
    "ref colon": HEAD + '#: a.c : 12\n#: b.c:12:\n#: c.c:1,2\nmsgid "a"\nmsgstr "b"\n',
    "refs in a row": HEAD
    + "".join(
        f'#: {places}\nmsgid "{number}"\nmsgstr "b"\n\n'
        for number, places in enumerate(
            [
                "a.c:1 b.c:2",
                "a.c:1 b.c:1 a.c:1",
                "b a.c:1 aa.c:1",
                "a.c: b.c",
                "a.c :b.c",
                "a ./b",
                "./a b",
                "a  b",
                "a b ",
            ]
            + [f"first/{'x' * size}.md:12 second/{'y' * 30}.md:3" for size in range(20, 26)]
            + [f"first/{'x' * size}.md" for size in range(64, 72)]
            + ["é.md:1 日.md:2 " + "x" * 60, "a.md:1 \u2068b c.md\u2069:12"]
        )
    ),
    "fuzzy in a row": HEAD
    + "".join(
        f'#, fuzzy\nmsgid "{number}"\n{strings}\n\n'
        for number, strings in enumerate(
            [
                'msgstr ""',
                'msgstr "b"',
                'msgstr ""\n""',
                'msgstr ""\n"b"',
                'msgid_plural "p"\nmsgstr[0] ""',
                'msgid_plural "p"\nmsgstr[0] ""\nmsgstr[1] ""',
                'msgid_plural "p"\nmsgstr[0] "a"\nmsgstr[1] ""',
            ]
        )
    ),
    "backslashes in long lines": HEAD
    + "".join(
        f'msgid "{number} {text * (90 // len(text))}"\nmsgstr "{"x" * (number % 3)} {text * 20}文"\n\n'
        for number, text in enumerate(
            [r"\\" + mark for mark in ("a", "n", " n", "\\n", "\\t", '\\"', "+", "$%", r"\\", r"\\\\", "文", "，", " ")]
            * 3
        )
    ),
    "ref file line space": HEAD + '#: a.c: 7\nmsgid "a"\nmsgstr "b"\n',
    "no blank": HEAD + 'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n# x\nmsgid "e"\nmsgstr "f"\n',
    "octal": HEAD + 'msgid "\\101\\x42\\tq\\r"\nmsgstr "\\344\\275\\240 \\a\\b\\f\\v"\n',
    "hex long": HEAD + 'msgid "a\\x42"\nmsgstr "b"\n',
    "backslashes": HEAD + 'msgid "C:\\\\new\\\\n\\n\\\\"\nmsgstr "\\\\\\\\n"\n',
    "raw tab": HEAD + 'msgid "a\tb"\nmsgstr "c\td ' + "w " * 60 + '"\n',
    "control": HEAD + 'msgid "a\x01b\x1bc"\nmsgstr "' + "d\x7fe " * 40 + '"\n',
    "header last": 'msgid "a"\nmsgstr "b"\n\n' + HEAD,
    "header order": 'msgid ""\nmsgstr ""\n"x-z: 1\\n"\n"CONTENT-TYPE: text/plain; charset=UTF-8\\n"\n'
    '"Language:  zh\\n"\n\nmsgid "a"\nmsgstr "b"\n',
    "no header": 'msgid "a"\nmsgstr "b"\n',
    "domain": 'domain "x"\n' + HEAD + 'msgid "a"\nmsgstr "b"\n',
    "several blanks": HEAD + '\n\n\n  \nmsgid "a"\nmsgstr "b"\n\n\n',
    "comment then blank": HEAD + '# c\n\nmsgid "a"\nmsgstr "b"\n',
    "no newline end": HEAD + 'msgid "a"\nmsgstr "b"',
    "indent": HEAD + '  msgid  "a"\n\t"b"\n  msgstr "b"\n',
    "one line": HEAD + 'msgid "a" "b" msgstr "b"\n',
    "empty strings": HEAD + 'msgid "" "a" ""\nmsgstr ""\n""\n"b"\n""\n',
    "flags": HEAD + '#, fuzzy,c-format ,no-wrap\nmsgid "a %d ' + "w " * 60 + '\\nq"\nmsgstr "a %d"\n',
    "flag wrap": HEAD + '#, wrap\nmsgid "a"\nmsgstr "b"\n',
    "range": HEAD + '#, range: 0..5\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\n',
    "cfmt": HEAD
    + '#, c-format\nmsgid "'
    + "word " * 13
    + "%-10s and %5.2f more"
    + " word" * 20
    + '"\nmsgstr "'
    + "词" * 33
    + "%-10s and %5.2f"
    + "词" * 33
    + '"\n',
    "pyfmt": HEAD
    + '#, python-format\nmsgid "'
    + "word " * 13
    + "%(name of it)s and %5.2f more"
    + " word" * 20
    + '"\nmsgstr ""\n',
    "spaces": HEAD + 'msgid "' + "a    b     c  d   " * 12 + '"\nmsgstr "   ' + " x" * 70 + '   "\n',
    "newlines only": HEAD + 'msgid "\\n"\nmsgstr "\\n\\n"\n',
    "edge71": HEAD + "".join(f'msgid "{"x" * n} y"\nmsgstr "{"z " * (n // 2)}"\n\n' for n in range(60, 82)),
    "edge zh": HEAD + "".join(f'msgid "{n}{"中" * n}"\nmsgstr "{"文" * n}。"\n\n' for n in range(30, 45)),
    "edge zh a": HEAD + "".join(f'msgid "{n} a{"中" * n}\\n"\nmsgstr "q{"文" * n}，\\n"\n\n' for n in range(30, 45)),
    "emoji": HEAD + 'msgid "' + "👩\u200d🎓 é e\u0301 " * 20 + '"\nmsgstr "' + "한국어 かな がっこう " * 12 + '"\n',
    "nbsp": HEAD + 'msgid "' + "a\u00a0b c " * 30 + '"\nmsgstr "' + "“中”‘文’—…·《》、" * 10 + '"\n',
    "blank comments": HEAD + '#\n# a\n#\n#.\n#. b\n#.\nmsgid "a"\nmsgstr "b"\n',
    "comment no space": HEAD + '#a\n#.b\n#,fuzzy\n#:c.c:1\nmsgid "a"\nmsgstr "b"\n',
    "comment tabs": HEAD + '#\ta\n#  b  \n#. c \t\nmsgid "a"\nmsgstr "b"\n',
    "quote comment": HEAD + '# say "x"\n# and "\nmsgid "a"\nmsgstr "b"\n',
    "formfeed": HEAD + '\fmsgid "a"\n\vmsgstr "b"\n',
    "obsolete comments": HEAD + '# tr\n#. ex\n#: a.c:1\n#, c-format\n#~ msgid "a %d"\n#~ msgstr "b %d"\n',
    "index blank": HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr [ 0 ] "c"\nmsgstr[1]\n"d"\n',
    "single ctx dup": HEAD + 'msgctxt "1"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "2"\nmsgid "a"\nmsgstr "b"\n',
    "crlf in str": HEAD + 'msgid "a\\r\\nb"\nmsgstr "c\\r\\nd"\n',
    "line cont": HEAD + 'msgid "a\\\nb"\nmsgstr "c"\n',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_files_are_written_back_as_they_were(text: str) -> None:
    data = text.encode()
    catalog = read_catalog(data)
    assert not catalog.findings
    assert all(message.msgid is not None for message in catalog)
    assert catalog_bytes(catalog) == data
    assert catalog_bytes(read_catalog(text.replace("\n", "\r\n").encode())) == text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize(("width", "option"), [(PAGE_WIDTH, "--width=79"), (NEWLINES_ONLY, "--no-wrap")])
def test_odd_files_are_formatted_as_by_msgcat(text: str, width: int, option: str) -> None:
    program = shutil.which("msgcat")
    if program is None:
        pytest.skip("msgcat is not installed")
    command = [program, "--force-po", option, "-"]
    theirs = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    assert formatted(read_catalog(text.encode()), width) == theirs
    assert formatted_bytes(text.encode(), "", width) == theirs


@pytest.mark.parametrize("broken", ['msgid "a\\"\n"nb"', '# "a"\n"b"\nmsgid "c"'], ids=["escape", "comment"])
def test_a_string_that_goes_on_after_what_is_none_is_a_fault(broken: str) -> None:
    with pytest.raises(BrokenCatalogError):
        formatted_bytes(f'{HEAD}{broken}\nmsgstr "d"\n'.encode(), "")


def test_what_msgcat_drops_is_kept_but_for_flags_that_say_nothing() -> None:
    text = HEAD + '#, fuzzy\n#! odd\n#, wrap, mine\n#= sticky\nmsgid "a"\nmsgstr ""\n\n# the end\n'
    expected = HEAD + '# ! odd\n#, mine\n#= sticky\nmsgid "a"\nmsgstr ""\n\n# the end\n'
    assert formatted_bytes(text.encode(), "") == expected.encode()
    assert formatted_bytes(text.replace("\n", "\r\n").encode(), "") == expected.replace("\n", "\r\n").encode()
