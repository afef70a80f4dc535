"""`bilect rule`: what a rule asks for, why, and how to mend or accept what it finds."""

from __future__ import annotations

import sys

import click

from pipeline.cli.console import columns_of_terminal, in_colour, out
from pipeline.cli.markdown import rendered
from pipeline.text.script import display_width
from pipeline.text.tongue import _
from pipeline.validator.base import Rule, documentation, rule_named, rules

_WIDEST = 100  # columns that are read with ease


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a rule, or list them all.

    CODE is the code of a rule (A101) or its name (lecture-without-topic). A file or pipe gets the page as Markdown.
    """
    if code:
        page = _page(rule_named(code))
        is_seen = sys.stdout.isatty() or in_colour(sys.stdout)
        out(rendered(page, min(columns_of_terminal(_WIDEST), _WIDEST)) if is_seen else page)
        return
    every = rules()
    widest = max(len(each.name) for each in every)
    for each in every:
        severity = _(each.severity) if each.is_default else _("off")
        blanks = " " * (7 - display_width(severity))
        out(f"{each.code:5}  {each.name:{widest}}  {severity}{blanks}  {_(each.sentence)}")


def _page(rule: Rule) -> str:
    """The page on a rule, which is in English; for readers of Chinese its first sentence is in theirs, and says so."""
    page = documentation(rule).rstrip("\n")
    sentence = _(rule.sentence)
    if sentence == rule.sentence:
        return page
    title, _blank, rest = page.partition("\n\n")
    return f"{title}\n\n{sentence}\n\n{_('(The page that follows is in English.)')}\n\n{rest}"
