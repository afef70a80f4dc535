"""`bilect rule`: what a rule asks for, why, and how to mend or accept what it finds."""

from __future__ import annotations

import click

from pipeline.cli.console import out
from pipeline.validator.base import documentation, rule_named, rules


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a rule, or list them all.

    CODE is the code of a rule (A101) or its name (lecture-without-topic).
    """
    if code:
        out(documentation(rule_named(code)).rstrip("\n"))
        return
    every = rules()
    widest = max(len(each.name) for each in every)
    for each in every:
        severity = each.severity if each.is_default else "off"
        out(f"{each.code:5}  {each.name:{widest}}  {severity:7}  {each.sentence}")
