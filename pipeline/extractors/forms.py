"""What a stretch of a page says to a translator, and how a translation is written in its place: `text_of`, `written`."""

from __future__ import annotations

import json
import re

import yaml

from pipeline.model import Unit

_SOFT_BREAK = re.compile(r"(?P<hard> {2,}|\\)?\r?\n[ \t>]*")
_BLANKS = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_HAN_EDGE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_PIPE = re.compile(r"(?<!\\)\|")


def text_of(raw: str, form: str) -> str:
    r"""The text of ``raw`` as ``form`` writes it: lines of a paragraph are joined, the prefixes of its container gone.

    A hard break stays, as two blanks or a backslash before a line end. Between two Han characters a joint needs no blank.

    >>> text_of("one\n> two  \n> three", "markdown")
    'one two  \nthree'
    """
    if form == "markdown" and "\n" in raw:
        return _joined(raw, _SOFT_BREAK)
    if form in {"html", "attribute", "alt"} and "\n" in raw:
        return _joined(raw, _BLANKS)
    if form == "cell":
        return raw.replace("\\|", "|")
    return raw


def _joined(raw: str, breaks: re.Pattern[str]) -> str:
    def joint(match: re.Match[str]) -> str:
        hard = match.groupdict().get("hard")
        if hard:
            return ("\\" if hard == "\\" else "  ") + "\n"
        before, after = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
        return "" if _HAN_EDGE.match(before) and _HAN_EDGE.match(after) else " "

    return breaks.sub(joint, raw)


def written(text: str, unit: Unit, source: bytes) -> str:
    """``text`` as the page must write it where ``unit`` stands; ``source`` is the page in UTF-8 with the unit's offsets in it.

    What no escape can save (a text that would start a list) is for the caller to find out by reading the page again.
    """
    form = unit.form
    if form == "markdown":
        return _markdown(text, unit, source)
    if form.startswith("yaml"):
        return _yaml(text, unit, source)
    if form in {"toml basic", "code"}:
        return json.dumps(text, ensure_ascii=False)[1:-1] if form == "toml basic" else text
    text = " ".join(text.split("\n")) if "\n" in text else text
    if form == "cell":
        return _PIPE.sub(r"\\|", text)
    if form == "attribute":
        return _attribute(text, source[unit.start - 1 : unit.start])
    return text


def _markdown(text: str, unit: Unit, source: bytes) -> str:
    if "\n" not in text:
        return text
    if unit.kind == "heading":
        return " ".join(text.split())
    prefix = _continuation(unit, source)
    return re.sub(r"( {2,}|\\)?\n", lambda match: f"{match[1]}\n{prefix}" if match[1] else " ", text)


def _continuation(unit: Unit, source: bytes) -> str:
    """What the container writes before each further line: that of the unit's own second line, else made from its first."""
    raw = source[unit.start : unit.end].decode("utf-8", "replace")
    if match := re.search(r"\n([ \t>]*)", raw):
        return match[1]
    before = source[source.rfind(b"\n", 0, unit.start) + 1 : unit.start].decode("utf-8", "replace")
    return re.sub(r"[^>\t]", " ", before)


def _attribute(text: str, quote: bytes) -> str:
    if quote == b'"':
        return text.replace('"', "&quot;")
    if quote == b"'":
        return text.replace("'", "&#39;")
    return text if re.fullmatch(r"[^\s\"'<>=`]+", text) else '"' + text.replace('"', "&quot;") + '"'


def _yaml(text: str, unit: Unit, source: bytes) -> str:
    if unit.form == "yaml double":
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if unit.form == "yaml single":
        return " ".join(text.split("\n")).replace("'", "''")
    before = source[source.rfind(b"\n", 0, unit.start) + 1 : unit.start].decode("utf-8", "replace")
    if unit.form == "yaml plain":
        return (
            text if _is_plain(text, in_flow=bool(re.search(r"[\[{]", before))) else json.dumps(text, ensure_ascii=False)
        )
    gap = "\n\n" if unit.form == "yaml folded" else "\n"
    indent = " " * len(before)
    return re.sub(r"\n(?=.)", "\n" + indent, text.replace("\n", gap))


def _is_plain(text: str, in_flow: bool) -> bool:
    """Whether YAML reads ``text`` back as this very string without quotes."""
    if "\n" in text or text != text.strip() or (in_flow and re.search(r"[\[\]{},]", text)):
        return False
    try:
        node = yaml.compose(f"key: {text}", Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return False
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and len(node.value) == 1 else None
    return isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str" and value.value == text
