"""`bilect rule`: what a rule asks for, why, and how to mend or accept what it finds."""

from __future__ import annotations

import sys

import click

from pipeline.cli.console import columns_of_terminal, in_colour, out
from pipeline.cli.markdown import rendered
from pipeline.validator.base import documentation, rule_named, rules

_WIDEST = 100  # columns that are read with ease


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a rule, or list them all.

    CODE is the code of a rule (A101) or its name (lecture-without-topic). A file or pipe gets the page as Markdown.
    """
    if code:
        page = documentation(rule_named(code)).rstrip("\n")
        is_seen = sys.stdout.isatty() or in_colour(sys.stdout)
        out(rendered(page, min(columns_of_terminal(_WIDEST), _WIDEST)) if is_seen else page)
        return
    every = rules()
    widest = max(len(each.name) for each in every)
    for each in every:
        severity = each.severity if each.is_default else "off"
        out(f"{each.code:5}  {each.name:{widest}}  {severity:7}  {each.sentence}")
