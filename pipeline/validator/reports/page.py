"""The form for reading in a browser: one HTML file that needs nothing else, and that no text of a finding can steer.

It is for people, so its words are in the language of the user.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby

from pipeline.model import Finding, Spot
from pipeline.text.printable import one_line, visible
from pipeline.text.script import has_han
from pipeline.text.tongue import _, counted, is_chinese, told
from pipeline.validator.base import Rule, documentation, rules
from pipeline.validator.baseline import numbered_fingerprints
from pipeline.validator.reports.common import SEVERITIES, program_version, reason_told, standing


def page(findings: Sequence[Finding]) -> str:
    """Return a page with both texts of each finding side by side, the spot marked, and choices of rule, file and severity.

    Without JavaScript it shows all findings, and links lead to each file.
    """
    style, script = (_part(f"report.{suffix}") for suffix in ("css", "js"))
    allowed = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'"
    title = _("bilect check: {findings}").format(findings=counted(len(standing(findings)), "finding"))
    return "".join(
        (
            f'<!doctype html>\n<html lang="{_language()}">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(allowed)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            *_header(findings),
            "<main>\n",
            *_sections(findings),
            "</main>\n",
            *_rules(findings),
            f"<footer>bilect {program_version()}</footer>\n<script>{script}</script>\n</body>\n</html>\n",
        )
    )


def _language() -> str:
    return "zh-CN" if is_chinese(os.environ) else "en"


def _part(name: str) -> str:
    return files("pipeline.validator.reports").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


# --- above the findings


def _header(findings: Sequence[Finding]) -> Iterator[str]:
    open_ = standing(findings)
    states = Counter(finding.severity for finding in open_)
    counts = [f'<span class="badge {each}">{counted(states[each], each)}</span>' for each in SEVERITIES if states[each]]
    accepted = len(findings) - len(open_)
    if accepted:
        counts.append(f'<span class="badge accepted">{_("{number} accepted").format(number=accepted)}</span>')
    yield f"<header>\n<h1>{counted(len(open_), 'finding') if open_ else _('No findings')}</h1>\n"
    yield f"<p>{' '.join(counts)}</p>\n" if counts else ""
    if findings:
        yield from _filters(findings)
        yield from _contents(findings)
    yield "</header>\n"


def _filters(findings: Sequence[Finding]) -> Iterator[str]:
    yield '<form id="filters" hidden>\n'
    states = Counter(map(_state, findings))
    found = {each: f"{_told(each)} ({states[each]})" for each in (*SEVERITIES, "accepted") if states[each]}
    yield _choice("severity", _("severity"), found)
    by_rule = sorted(Counter((each.code, each.name) for each in findings).items())
    yield _choice("rule", _("rule"), {code: f"{code} {name} ({count})" for (code, name), count in by_rule})
    by_path = Counter(one_line(each.path) for each in findings)
    yield _choice("file", _("file"), {path: f"{path} ({count})" for path, count in by_path.items()})
    yield f'<label>{_("text")} <input type="search" name="text" autocomplete="off"></label>\n'
    shown = f'data-all="{escape(_("all {total} shown"))}" data-some="{escape(_("{shown} of {total} shown"))}"'
    yield f'<output aria-live="polite" {shown}></output>\n</form>\n'


def _choice(name: str, label: str, options: Mapping[str, str]) -> str:
    chosen = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options.items())
    return f'<label>{label} <select name="{name}"><option value="">{_("all")}</option>{chosen}</select></label>\n'


def _contents(findings: Sequence[Finding]) -> Iterator[str]:
    by_path = Counter(each.path for each in findings)
    yield f"<details><summary>{counted(len(by_path), 'file')}</summary>\n<ul>\n"
    for number, (path, count) in enumerate(by_path.items(), start=1):
        yield f'<li><a href="#file-{number}">{escape(one_line(path))}</a> {count}</li>\n'
    yield "</ul>\n</details>\n"


# --- the findings


def _state(finding: Finding) -> str:
    return finding.severity if finding.accepted is None else "accepted"


def _told(state: str) -> str:
    return _("accepted") if state == "accepted" else _(state)


def _sections(findings: Sequence[Finding]) -> Iterator[str]:
    prints = numbered_fingerprints(findings)
    for number, (path, members) in enumerate(groupby(findings, lambda finding: finding.path), start=1):
        yield f'<section id="file-{number}" data-file="{escape(one_line(path))}">\n<h2>{escape(one_line(path))}</h2>\n'
        for finding in members:
            yield from _article(finding, next(prints))
        yield "</section>\n"


def _article(finding: Finding, known: str) -> Iterator[str]:
    state = _state(finding)
    place = f"{finding.line}:{finding.column}" if finding.line else _("file")
    anchor = "f-" + known.replace(":", "-")
    yield f'<article class="{state}" id="{anchor}" data-rule="{escape(finding.code)}" data-severity="{state}">\n'
    yield f'<h3><a class="place" href="#{anchor}">{place}</a> <span class="badge {state}">{_told(state)}</span> '
    yield f'<a href="#rule-{escape(finding.code)}">{escape(finding.code)} {escape(finding.name)}</a></h3>\n'
    yield f"<p>{escape(one_line(told(finding.message)))}</p>\n"
    if finding.source or finding.target:
        source_spot, target_spot = finding.spots
        yield f'<div class="texts">{_text(_("source"), finding.source, source_spot)}'
        yield f"{_text(_('target'), finding.target, target_spot)}</div>\n"
    if finding.accepted is not None:
        yield f'<p class="fix"><b>{_("accepted")}</b> {escape(one_line(reason_told(finding.accepted)))}</p>\n'
    elif finding.fix:
        yield f'<p class="fix"><b>{_("fix")}</b> {escape(one_line(told(finding.fix)))}</p>\n'
    yield "</article>\n"


def _text(label: str, text: str, spot: Spot | None) -> str:
    if not text:
        return ""
    language = "zh" if has_han(text) else "en"
    return f'<figure><figcaption>{label}</figcaption><p lang="{language}" dir="auto">{_marked(text, spot)}</p></figure>'


def _marked(text: str, spot: Spot | None) -> str:
    if spot is None:
        return _safe(text)
    start, end = spot
    return f"{_safe(text[:start])}<mark>{_safe(text[start:end])}</mark>{_safe(text[end:])}"


def _safe(text: str) -> str:
    """A text with its line ends, and with what a browser would hide or obey shown as escapes."""
    return "\n".join(escape(visible(line)) for line in text.split("\n"))


# --- below them


def _rules(findings: Sequence[Finding]) -> Iterator[str]:
    found = {finding.code for finding in findings}
    explained = [rule for rule in rules() if rule.code in found]
    if explained:
        yield "<aside>\n<h2>" + _("Rules") + "</h2>\n"
        yield from map(_rule, explained)
        yield "</aside>\n"


def _rule(rule: Rule) -> str:
    text = documentation(rule).partition("\n")[2].strip()
    heading = f"{escape(rule.code)} {escape(rule.name)}"
    # the page on a rule is in English, and begins with the sentence that the catalog has in Chinese
    sentence = f"<p>{escape(told(rule.sentence))}</p>" if is_chinese(os.environ) else ""
    explained = f'{sentence}<pre lang="en">{escape(text)}</pre>'
    return f'<details id="rule-{escape(rule.code)}"><summary>{heading}</summary>{explained}</details>\n'
