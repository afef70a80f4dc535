"""`bilect doctor`: what is missing on this machine, and what for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from pipeline.cli.console import out, shell
from pipeline.project.doctor import SYSTEMS, Need, needs, this_system
from pipeline.text.printable import one_line
from pipeline.text.script import display_width
from pipeline.text.tongue import _, ngettext, told

_NAMES = dict(zip(SYSTEMS, ("Debian", "macOS", "Windows"), strict=True))


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How it is printed.",
)
def command(form: str) -> int:
    """Say what is missing on this machine.

    For each thing that bilect needs or can use: whether it is there, what for, and how to install it; with -v for
    Debian, macOS and Windows. The exit status is 0 unless something is missing without which bilect does not work.
    docs/json.md explains the JSON.
    """
    found = list(needs(Path.cwd()))
    if form == "json":
        from pipeline.project.schema import needs_json  # pydantic is heavy, and may be what is missing

        out(needs_json(found))
    else:
        for line in _lines(found):
            out(line)
    return int(any(need.is_required and need.status != "ok" for need in found))


def _lines(found: Sequence[Need]) -> Iterator[str]:
    is_long = shell().verbosity > 0
    packages = [need for need in found if need.is_required and need.name != "Python"]
    fine = [need for need in packages if need.status == "ok"]
    for need in found:
        if need in fine and not is_long:
            if need is fine[0]:
                numbers = _("{number} of {total}").format(number=len(fine), total=len(packages))
                yield _line("ok", _("packages"), numbers)
            continue
        yield _line(need.status, told(need.name), one_line(told(need.found)))
        if need.status != "ok":
            yield f"{'':9}{told(need.purpose)}"
            yield from _ways(need, is_long)
    lacking = [need for need in found if need.status != "ok"]
    required = [told(need.name) for need in lacking if need.is_required]
    if required:
        yield _("bilect does not work without {names}.").format(names=", ".join(required))
    else:
        more = ngettext("{number} more thing would be of use", "{number} more things would be of use", len(lacking))
        fine_here = _("bilect works here; {more}.") if lacking else _("bilect works here.")
        yield fine_here.format(more=more.format(number=len(lacking)))


def _line(status: str, name: str, found: str) -> str:
    colour = {"ok": "green", "missing": "yellow", "old": "yellow"}[status]
    words = {"ok": _("ok"), "missing": _("missing"), "old": _("old")}
    shown = click.style(_filled(words[status], 9), fg=colour)
    return f"{shown}{_filled(name, 20)}{found}".rstrip()


def _filled(text: str, columns: int) -> str:
    return text + " " * max(1, columns - display_width(text))


def _ways(need: Need, is_long: bool) -> Iterator[str]:
    """The commands that install it: on this system, or on each."""
    if len(set(need.install.values())) == 1:
        yield f"{'':9}    {next(iter(need.install.values()))}"
    elif not is_long and (here := this_system()):
        yield f"{'':9}    {need.install[here]}"
    else:
        yield from (f"{'':9}    {_NAMES[system]:9}{need.install[system]}" for system in need.install)
