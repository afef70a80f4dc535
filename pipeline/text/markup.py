"""Inline syntax of pages: what in a text is markup that must survive, and what is left for a translator."""

from __future__ import annotations

import re
from operator import itemgetter

from pipeline.text.lazily import lazily

_HAN = "\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0003ffff"

# Two letters may be Han characters too: one of them is enough. (To leave them out takes as long again to compile.)
WORD = lazily(rf"[^\W\d_]{{2}}|[{_HAN}]")

# Every pattern takes time linear in the text, also where it opens a million things and closes none: what is scanned from
# one opener ends at the next of its kind, or is not scanned again (a repetition that ends in + gives nothing back).

# A word before the first character that could open any markup, behind at most one code span, the bracket of a link or a
# number with points: nine texts in ten are settled by this one match.
_PLAIN_START = lazily(
    rf"(?:`[^`]+`(?!`)|\[(?![\[^]|(?i:_?toc_?\]))|\d++(?:\.\d++)*+\.?\s)?[^`<\[\]{{}}&$:/@!\\#.%|]*?"
    rf"(?:(?<![^\W\d_])[^\W\d_]{{2,}}+(?=[\s,，。、!?！？*\]]|[:+](?:\s|$)|$)|[{_HAN}])"
)

LIQUID = re.compile(
    r"\{%(?:(?!%\}|\{%).)*+%\}|\{\{(?:(?!\}\}|\{\{).)*+\}\}|\{\#(?=\s)(?:(?!\s\#\}|\{\#).)*+\s\#\}", re.DOTALL
)
# Nobody needs more than 16 ticks, and each number of them may have to be looked for up to the end of the text.
CODE_SPAN = re.compile(r"(?<!`)(`{1,16}+)(?!`)((?:[^`]++|(?!\1(?!`))`++)++)\1(?!`)")
COMMENT = re.compile(r"<!--(?:(?!-->|<!--).)*+-->", re.DOTALL)
TAG = re.compile(r"""</?[a-zA-Z][a-zA-Z0-9:-]*(?:\s++(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)?/?>""")
URL = re.compile(
    r"(?:https?|ftp|mailto|magnet|ed2k):[^\s<>()\[\]\"'，。；、（）《》】【]+|www\.[^\s<>()\[\]\"'，。；、（）]+"
)
_IMAGE_TARGET = r"\((?:[^()\n\\]++|\\.|\((?:[^()\n\\]++|\\.)*+\))*+\)"
IMAGE = re.compile(rf"!\[((?:[^\[\]\\]++|\\.|\[[^\[\]]*+\])*+)\](?:{_IMAGE_TARGET}|\[[^\]\n]*+\])")
WIKILINK = re.compile(r"(!?)\[\[([^\[\]|\n]++)(?:\|([^\[\]\n]*+))?\]\]")

SYNTAX = lazily(
    rf"""
      {LIQUID.pattern}
    | (?<!`)(?P<ticks>`{{1,16}}+)(?!`)(?:[^`]++|(?!(?P=ticks)(?!`))`++)++(?P=ticks)(?!`)
    | <(?P<raw>code|kbd|samp|script|style|math|svg)\b[^<>]*+>(?:[^<]++|<(?!/?(?P=raw)\b))*+</(?P=raw)\s*+>
    | <!--.*?(?:-->|\Z)
    | {TAG.pattern}
    | <[a-z][a-z0-9+.-]++:[^\s<>]*+>
    | {IMAGE.pattern}
    | !?\[\[[^\[\]|\n]++(?:\||\]\])
    | (?<=\])\[[^\]\n]*+\]
    | \[\^[^\[\]\s]++\]
    | (?<=\]){_IMAGE_TARGET}
    | {URL.pattern}
    | (?<![a-z0-9_.+-])[a-z0-9_.+-]++@[a-z0-9_-]++\.[a-z0-9_.-]++
    | &(?:[a-zA-Z][a-zA-Z0-9]+|\#\d+|\#x[0-9a-fA-F]+);
    | \$\$.+?\$\$(?:\s?\([\w:.-]++\)(?=\s*\Z))?  # a formula, with the label that MyST gives it
    | (?:\\\\\((?:(?!\\\\[()]).)*+\\\\\) | \\\\\[(?:(?!\\\\[\[\]]).)*+\\\\\])  # for MathJax
    | \A\s*\\begin\{{.*\\end\{{[a-z]++\*?\}}\s*\Z
    | \$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)
    | \{{:[^{{}}\n]*+\}} | \{{[#.][^{{}}\n]*+\}} | (?<=[\])])\{{[^{{}}\n]*\}}
    | (?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])
    | \A\s*\[\[?_?toc_?\]\]?\s*\Z
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

_MAY_HOLD_MARKUP = lazily(r"[`<\[\]{&$:@\\]|[wW]{3}\.")  # all that SYNTAX finds has one of these


def prose(text: str) -> str:
    """What a reader reads of ``text``: inline markup, code, addresses, Liquid and images are replaced by blanks.

    Link texts and the aliases of wikilinks stay.

    >>> prose("see [the *notes*](https://example.org) and `x`").split()
    ['see', '[the', '*notes*]', 'and']
    """
    return SYNTAX.sub(" ", text)


def is_message(text: str) -> bool:
    """Whether ``text`` has anything to translate: one Han character, or a word of two letters, outside markup.

    >>> is_message("第1讲"), is_message("⭐⭐⭐"), is_message('{% include video.html id="x" %}'), is_message("<b>6.S897</b>")
    (True, False, False, False)
    """
    if "\u3400" <= text[:1] <= "\u9fff" or _PLAIN_START.match(text):  # half of the texts of Chinese pages begin so
        return True
    if text.startswith("`") and text.endswith("`") and text.count("`") == 2:  # one code span
        return False
    if WORD.search(text) is None:
        return False
    return _MAY_HOLD_MARKUP.search(text) is None or WORD.search(SYNTAX.sub(" ", text)) is not None


_IDENTIFIER = lazily(r"[A-Za-z0-9@$]*+(?:(?:[_.{}/\\-]|::)++[A-Za-z0-9$]++)++(?:\}|\(\))?")


def is_identifier(text: str) -> bool:
    """Whether ``text`` is one name of a program: words joined by underscores, dots or braces, and no sentence.

    >>> [name for name in ("dm_master", "a.tar.gz", "{db-name}.size", "e-mail", "Node.", "and/or") if is_identifier(name)]
    ['dm_master', 'a.tar.gz', '{db-name}.size']
    """
    if " " in text or not text.isascii() or not ("_" in text or "." in text or "{" in text):
        return False
    return _IDENTIFIER.fullmatch(text) is not None


def tags(text: str) -> list[str]:
    """The HTML tags of ``text`` in reading order, as written; code spans hold none."""
    return TAG.findall(CODE_SPAN.sub(" ", text)) if "<" in text else []


_ANY_MARKUP = lazily(r"[<*_\[`&{~]")
_EMPHASIS = lazily(r"\*{1,3}|~~|_(?:(?<!\w_)_{0,2}(?=\S)|(?<=\S_)_{0,2}(?!\w))")
_LINK = lazily(rf"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\](?:{_IMAGE_TARGET}|\[[^\]\n]*+\])")
_LONG_NUMBER = lazily(r"&#\d{8,}+;?")


_first, _second = itemgetter(1), itemgetter(2)  # of a match: Python 3.11 takes ten times as long for a template


def plain(text: str) -> str:
    """``text`` as a reader sees it: links as their labels, images as their texts, no tags, emphasis or Liquid.

    >>> plain("**[Deep](https://example.org)** <b>learning</b> &amp; [[path/x | more]]")
    'Deep learning & more'
    """
    if not _ANY_MARKUP.search(text):
        return text.strip()
    if "{" in text:
        text = LIQUID.sub(" ", text)
    if "<" in text:
        text = COMMENT.sub(" ", text)
    if "[[" in text:
        text = WIKILINK.sub(lambda match: match[3] if match[3] is not None else match[2], text)
    text = without_links(text)
    if "<" in text:
        text = TAG.sub("", text)
    if "`" in text:
        # single ticks in pairs open and close spans that hold something: three times as fast as to look for them
        are_plain = "``" not in text and text.count("`") % 2 == 0
        text = text.replace("`", "") if are_plain else CODE_SPAN.sub(_second, text)
    if "_" in text:
        text = _EMPHASIS.sub("", text)
    elif "*" in text or "~" in text:  # these end no word and may stand anywhere
        text = text.replace("~~", "").replace("*", "")
    return " ".join((unescaped(text) if "&" in text else text).split())


def unescaped(text: str) -> str:
    """``text`` with its character references as characters; a number that no character has is U+FFFD.

    >>> unescaped("&lt;&#38;&amp;&#" + "9" * 5000 + ";")
    '<&&�'
    """
    from html import unescape  # with the names of 2,000 characters

    # Python reads no number of 5,000 digits
    return unescape(_LONG_NUMBER.sub("\ufffd", text) if "&#" in text else text)


def without_links(text: str) -> str:
    """``text`` with its links as their labels and its images as their texts; all other markup stays.

    >>> without_links("[**Deep**](https://example.org) learning")
    '**Deep** learning'
    """
    if "](" not in text and "][" not in text:
        return text
    return _LINK.sub(_first, IMAGE.sub(_first, text) if "![" in text else text)


_NOT_SHOWN = lazily(
    r"^[ \t>]*+(?P<fence>`{3,}+(?![^`\n]*+`)|~{3,}+).*?(?:^[ \t>]*+(?P=fence)[`~]*+[ \t]*+\r?$|\Z)"
    r"|(?<![`\\])(?P<ticks>`{1,16}+)(?!`)(?:[^`\n]++|\n(?![ \t]*+\r?\n)|(?!(?P=ticks)(?!`))`++)++(?P=ticks)(?!`)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style)\b[^<>]*+>(?:[^<]++|<(?!/(?P=raw)\b))*+(?:</(?P=raw)\b[^>]*+>|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_VISIBLE = re.compile(r"[^\n]")


def without_code(text: str) -> str:
    """A page of the same length with blanks for its code, comments, scripts and styles; lines stay lines.

    >>> without_code("`<a>` <b> <!-- c -->")
    '      <b>           '
    """
    return _NOT_SHOWN.sub(lambda match: _VISIBLE.sub(" ", match[0]), text)
