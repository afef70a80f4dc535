"""What in a code block is for readers, where a project wants it translated: its comments and strings, or all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pipeline.extractors.spans import Span

CodeMode = Literal["none", "comments", "all"]
CodeChoice = Mapping[str, CodeMode]
"""Language of a block → what of it is translated; the empty key is for every other language, and blocks without one."""

_OPENING = re.compile(rb"[ \t>]*(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w+#-]*)[^\n]*\n")
_LINE_COMMENTS = {
    **dict.fromkeys("python py sh bash shell zsh console r ruby rb perl yaml yml toml make dockerfile julia".split(), "#"),
    **dict.fromkeys("c cpp c++ java js javascript jsx ts typescript go rust swift kotlin cs csharp php scala dart".split(), "//"),
    **dict.fromkeys("sql lua haskell hs ada vhdl".split(), "--"),
    **dict.fromkeys("lisp clojure scheme asm ini".split(), ";"),
    **dict.fromkeys("tex latex matlab octave erlang prolog".split(), "%"),
}  # fmt: skip
_STRING = rb"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""


def code_spans(source: bytes, start: int, end: int, choice: CodeChoice) -> Iterator[Span]:
    """The spans in the code block ``source[start:end]`` that are translated; none by default.

    A comment is a span without its mark, a string one without its quotes; of a block that is translated whole every
    line is a span of its own, so that its indentation stays.
    """
    opening = _OPENING.match(source, start, end)
    language = opening["language"].decode("ascii", "replace").lower() if opening else ""
    mode = choice.get(language, choice.get("", "none"))
    first = opening.end() if opening else start
    last = source.rfind(b"\n", first, end) if opening and end > first else end
    if mode == "all":
        for line in re.compile(rb"[^\s>][^\n]*").finditer(source, first, max(first, last)):
            yield _trimmed(source, *line.span())
    elif mode == "comments" and (mark := _LINE_COMMENTS.get(language)):
        for match in _readable(mark).finditer(source, first, max(first, last)):
            group = next(name for name in ("string", "line", "block") if match[name] is not None)
            inner = (match.start() + 1, match.end() - 1) if group == "string" else match.span(group)
            if group != "string" or b" " in match[0].strip():  # one word in quotes is a key, not a text
                yield _trimmed(source, *inner)


def line_comment(language: str) -> str:
    """Return the mark that begins a comment in a language of programs; empty where it is not known."""
    return _LINE_COMMENTS.get(language, "")


def _readable(mark: str) -> re.Pattern[bytes]:
    """Strings and comments of a language whose line comments begin with ``mark``."""
    block = rb"|/\*+(?P<block>.*?)\*/" if mark == "//" else rb"|(?P<block>(?!))"
    return re.compile(_STRING + rb"|(?<!\S)" + re.escape(mark).encode() + rb"+(?P<line>[^\n]*)" + block, re.DOTALL)


def _trimmed(source: bytes, start: int, end: int) -> Span:
    text = source[start:end]
    lead = len(text) - len(text.lstrip())
    return Span(start + lead, start + max(lead, len(text.rstrip())), "code", "code text")
