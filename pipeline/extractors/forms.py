"""What a stretch of a page says to a translator, and how a translation is written in its place: `text_of`, `written`."""

from __future__ import annotations

import re

from pipeline.extractors.escapes import bracketed, closed, escaped, unescaped, unopened, without_lone_tags
from pipeline.extractors.headless import has_bare_pipe, with_pipes
from pipeline.model import Unit
from pipeline.text.lazily import lazily
from pipeline.text.markup import COMMENT, TAG

_SOFT_BREAK = re.compile(r"(?P<hard> {2,}|\\)?\r?\n[ \t>]*")
_BLANKS = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_PIPE = lazily(r"(?<!\\)\|")
_KNOWN = lazily(rf"{TAG.pattern}|{COMMENT.pattern}|<[a-zA-Z][\w.+-]*(?::|@)[^\s<>]*>", re.DOTALL)
_TYPED_BREAK = lazily(r"(?:(?P<hard> {2,}|\\)|(?<![ \t])[ \t]*+(?<!  ))\n[ \t\n]*+")
_CLOSING_HASHES = lazily(r"(?:^|[ \t])#+\Z")


def text_of(raw: str, form: str) -> str:
    r"""The text of ``raw`` as ``form`` writes it: lines of a paragraph are joined, the prefixes of its container gone.

    A hard break stays, as two blanks or a backslash before a line end. Between two Han characters a joint needs no blank.

    >>> text_of("one\n> two  \n> three", "markdown")
    'one two  \nthree'
    """
    if form == "markdown":
        text = _joined(raw, _SOFT_BREAK).strip() if "\n" in raw else raw
        return unescaped(text) if "\\" in text else text
    if form in {"html", "attribute", "alt", "label"}:
        raw = raw.removesuffix("][") if form == "label" else raw
        text = _joined(raw, _BLANKS) if "\n" in raw else raw
        return text.replace("&quot;", '"').replace("&#39;", "'") if form == "attribute" and "&" in text else text
    if form == "cell":
        return raw.replace("\\|", "|")
    return raw


def _joined(raw: str, breaks: re.Pattern[str]) -> str:
    def joint(match: re.Match[str]) -> str:
        hard = match.groupdict().get("hard")
        if hard:
            return ("\\" if hard == "\\" else "  ") + "\n"
        before, after = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
        return "" if _is_han_edge(before) and _is_han_edge(after) else " "

    return breaks.sub(joint, raw)


def _is_han_edge(character: str) -> bool:
    """Whether no blank stands beside a character: kana, Han, and what is of full width."""
    return "\u3400" <= character <= "\u9fff" or "\u3000" <= character <= "\u30ff" or "\uff00" <= character <= "\uffef"


def written(text: str, unit: Unit, source: bytes) -> str:
    """``text`` as the page must write it where ``unit`` stands; ``source`` is the page in UTF-8 with the unit's offsets in it.

    What would be read as another block is escaped, so that readers see it as it was typed, and blanks around it are left
    out. What no escape can save is for the caller to find out by reading the page again.
    """
    form = unit.form
    if form.startswith("yaml"):
        return _yaml(text, unit, source)
    if form in {"toml basic", "code"}:
        return _as_json(text)[1:-1] if form == "toml basic" else text
    text = text.strip(" \t\n\r\f\v")  # no-break spaces stay
    if form == "markdown":
        return _markdown(text, unit, source)
    text = _TYPED_BREAK.sub(" ", text) if "\n" in text else text
    if form == "cell":
        if has_bare_pipe(source[unit.start : unit.end]):
            text = with_pipes(text)
        else:
            text = text.replace("|", r"\|") if r"\|" in unit.text else _PIPE.sub(r"\\|", text)
        return f"{text} " if source[unit.end : unit.end + 1] == b"|" and closed(text) != text else text
    if form == "attribute":
        return _attribute(text, source[max(0, unit.start - 1000) : unit.start].rstrip()[-1:])
    if form == "html" and "<" in text and without_lone_tags(unit.text, _KNOWN) == unit.text:
        return without_lone_tags(text, _KNOWN)
    if form == "label":
        return f"{closed(bracketed(text))}][{source[unit.start : unit.end].decode().removesuffix('][')}"
    return closed(bracketed(text)) if form == "alt" else text


def _markdown(text: str, unit: Unit, source: bytes) -> str:
    line = source[source.rfind(b"\n", 0, unit.start) + 1 : unit.start]
    if unit.kind == "heading" and source.find(b"\n", unit.start, unit.end) < 0:
        text = _TYPED_BREAK.sub(" ", text)
        if line.rstrip().endswith(b"#"):
            return _beside_hashes(text, unit, source)
    text = escaped(_joined(text, _TYPED_BREAK) if "\n" in text else text)
    if unopened(unit.text, _KNOWN) == unit.text:  # else it stands where it opens nothing
        text = unopened(text, _KNOWN)
    if source[unit.end : unit.end + 1] not in {b"", b"\n", b"\r", b" "} and closed(unit.text) == unit.text:
        text = closed(text)
    return text if "\n" not in text else text.replace("\n", f"\n{_continuation(unit, source)}")


def _beside_hashes(text: str, unit: Unit, source: bytes) -> str:
    """The text of a heading behind ``##``; hashes at its end would be taken for the closing ones, so those are added."""
    if not _CLOSING_HASHES.search(text):
        return text
    line_end = source.find(b"\n", unit.end)
    rest = source[unit.end : line_end if line_end >= 0 else None]
    return text if rest.partition(b"{")[0].strip() else f"{text} #"


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
        return _as_json(text)[1:-1]
    if unit.form == "yaml single":
        return " ".join(text.split("\n")).replace("'", "''")
    before = source[source.rfind(b"\n", 0, unit.start) + 1 : unit.start].decode("utf-8", "replace")
    if unit.form == "yaml plain":
        return text if _is_plain(text, in_flow=bool(re.search(r"[\[{]", before))) else _as_json(text)
    gap = "\n\n" if unit.form == "yaml folded" else "\n"
    indent = " " * len(before)
    return re.sub(r"\n(?=.)", "\n" + indent, text.replace("\n", gap))


def _as_json(text: str) -> str:
    from json import dumps  # reading pages starts without

    return dumps(text, ensure_ascii=False)


def _is_plain(text: str, in_flow: bool) -> bool:
    """Whether YAML reads ``text`` back as this very string without quotes."""
    import yaml  # only pages with front matter need it

    from pipeline.extractors.yaml_nodes import compose

    if "\n" in text or text != text.strip() or (in_flow and re.search(r"[\[\]{},]", text)):
        return False
    try:
        node = compose(f"key: {text}")
    except yaml.YAMLError:
        return False
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and len(node.value) == 1 else None
    return isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str" and value.value == text
