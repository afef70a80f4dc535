"""A pseudo-locale: a text that reads like its source and looks translated, to see what a translation would do to a page."""

from __future__ import annotations

import math
import re

from pipeline.text.markup import SYNTAX

# None of them is in cp1252 or mac_roman: two of those beside each other look like mojibake.
_LETTERS = str.maketrans(
    "abcdefghijklmnoprstuvwyzABCDEFGHIJKLMNOPRSTUVWYZ",
    "ăƀćďĕḟĝĥĭĵķļṁńŏṗŕśţŭṽŵŷźĂɃĆĎĔḞĜĤĬĴĶĻṀŃŎṖŔŚŢŬṼŴŶŹ",
)
# What is no word of a reader besides the markup: placeholders, emoji codes, commands of TeX, labels that define a link.
_KEPT = re.compile(
    rf"(?:{SYNTAX.pattern})"
    r"| \{{1,2}[^{}\n]*\}{1,2} | %(?:\([^)\s]*\))?[-+#0]*[\d.]*[a-zA-Z](?![a-zA-Z]) | (?<!\w):[a-z0-9_+-]+: | \\[a-zA-Z]+"
    r"| !?\[[^\[\]\n]*\](?:\[\]|(?![(\[]))",
    SYNTAX.flags,
)
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_HAN_PAD, _PAD = "～", "·"  # neither means anything in Markdown, HTML or YAML


def pseudo(text: str) -> str:
    """``text`` with accents on its letters, a third longer and in brackets; placeholders, links, tags and code as they are.

    >>> pseudo("see [the *notes*](https://example.org)")
    '【śĕĕ [ţĥĕ *ńŏţĕś*](https://example.org)······】'
    >>> pseudo("望远镜")
    '【望远镜～】'
    """
    made: list[str] = []
    last = 0
    for match in _KEPT.finditer(text):
        made += (text[last : match.start()].translate(_LETTERS), match[0])
        last = match.end()
    words = _KEPT.sub("", text)
    pad = _HAN_PAD if len(_HAN_OR_KANA.findall(words)) * 2 > len(words) else _PAD
    return f"【{''.join(made)}{text[last:].translate(_LETTERS)}{pad * math.ceil(len(words) * 0.3)}】"
