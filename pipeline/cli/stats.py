"""`bilect stats`: how far the translation is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

import click

from pipeline.catalogs.counts import Amount, Counts
from pipeline.cli.console import fail, note, out
from pipeline.cli.files import deliver
from pipeline.cli.table import BOLD, DIM, GREEN, RED, YELLOW, Column, dim, painted, paragraph, table, terminal_width
from pipeline.project.bare import named_file, project_around
from pipeline.project.stats import (
    CHARACTERS_A_WORD,
    CHECKING,
    CatalogStats,
    Step,
    counts_together,
    hours_left,
    next_hour,
    of_language,
    stats,
)
from pipeline.text.printable import one_line
from pipeline.text.tongue import _, counted

_MANY = 50  # catalogs from which on a line for each is more than anybody reads
_SHOWN = 8  # steps of the next hour
_ROOMY = 72  # columns that leave room for long titles
_RATE = 500


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--lang", metavar="LOCALE", help="Only this locale; zh is every Chinese one.")
@click.option(
    "--by",
    type=click.Choice(("page", "course", "locale")),
    help="What has a line.  [default: page, course for 50 or more]",
)
@click.option(
    "--format", "form", type=click.Choice(("table", "json", "md")), default="table", show_default=True,
    help="For people, for programs, or for a README.",
)  # fmt: skip
@click.option(
    "--rate", type=click.IntRange(min=1), default=_RATE, show_default=True, metavar="WORDS",
    help="English words that you translate in an hour.",
)  # fmt: skip
@click.option("--badge", metavar="FILE", help="Write a badge of all locales as SVG; - is standard output.")
@click.option(
    "--min", "least", type=click.IntRange(0, 100), default=0, metavar="PERCENT",
    help="Exit with 1 if less of a locale is translated.",
)  # fmt: skip
def command(
    paths: tuple[str, ...],
    lang: str | None,
    by: str | None,
    form: str,
    rate: int,
    badge: str | None,
    least: int,
) -> int:
    """Count what is translated, and plan the next hour.

    A PATH is a catalog, a folder, or a page or a course of the project; without any, these are the catalogs of the
    project. Percents are of messages. Words are counted in English sources, characters in Chinese ones, both without
    markup. The next hour is the one that finishes the most pages.

    \b
    bilect stats                          the project
    bilect stats --lang zh_CN --min 80    whether enough is translated, for CI
    bilect stats --badge translated.svg   a badge for the README
    """
    found = stats(paths)
    for trouble in found.troubles:
        fail(trouble)
    catalogs = of_language(found.catalogs, lang) if lang else found.catalogs
    if badge != "-":
        _print(catalogs, form, by or ("course" if len(catalogs) >= _MANY else "page"), rate)
    if badge and catalogs:
        _write_badge(badge, catalogs)
    low = [(name, counts.percent) for name, counts in _by_locale(catalogs) if counts.percent < least]
    for name, percent in low:
        told = _("{locale}: {percent} % is translated, and --min asks for {least} %.")
        note(told.format(locale=name, percent=percent, least=least))
    return int(bool(low))


def _print(catalogs: Sequence[CatalogStats], form: str, by: str, rate: int) -> None:
    if form == "json":
        from pipeline.project.stats_schema import stats_json  # pydantic is heavy

        out(stats_json(catalogs, rate))
    elif catalogs:
        out("\n".join(_markdown(catalogs, by) if form == "md" else _tables(catalogs, by, rate)))


def _write_badge(path: str, catalogs: Sequence[CatalogStats]) -> None:
    from pipeline.project.badge import badge

    shown = badge("translated", [(name, counts.percent) for name, counts in _by_locale(catalogs)])
    project = project_around()
    deliver(shown, path, [named_file(each.path, project) for each in catalogs])


def _by_locale(catalogs: Sequence[CatalogStats]) -> list[tuple[str, Counts]]:
    return [(name, counts_together(members)) for name, members in groupby(catalogs, attrgetter("locale"))]


# ---- tables


def _tables(catalogs: Sequence[CatalogStats], by: str, rate: int) -> Iterator[str]:
    if by == "locale":
        yield from table(_columns(_("locale")), [_row(name, counts) for name, counts in _by_locale(catalogs)])
        yield ""
    for locale, members in groupby(catalogs, attrgetter("locale")):
        mine = list(members)
        if by != "locale":
            yield from _section(locale, mine, by)
            yield ""
        yield from _hour(locale, mine, rate)
        yield ""
    yield from _legend(rate)


def _section(locale: str, catalogs: Sequence[CatalogStats], by: str) -> Iterator[str]:
    rows = []
    for course, members in groupby(catalogs, attrgetter("course")):
        mine = list(members)
        if by == "course" or len(mine) > 1:
            rows.append(_row(course or ".", counts_together(mine)))
        if by == "page":
            rows += [_row(f"  {each.page}" if len(mine) > 1 else _name(each), each.counts) for each in mine]
    if len(rows) > 1:
        rows.append(_row(_("in all"), counts_together(catalogs)))
    yield from table(_columns(locale), rows)


def _name(catalog: CatalogStats) -> str:
    return f"{catalog.course}/{catalog.page}" if catalog.course else catalog.page


def _columns(title: str) -> tuple[Column, ...]:
    wide = _("translated"), _("fuzzy"), _("untranslated")
    states = wide if terminal_width() >= _ROOMY else (_("done"), _("fuzzy"), _("todo"))
    return (
        Column(title, gives=True),
        Column("", is_number=True, colour=_percent_colour),
        *(Column(state, is_number=True) for state in states),
        Column(_("left"), is_number=True, colour=dim),
    )


def _percent_colour(text: str) -> str:
    percent = int(text.removesuffix(" %"))
    return GREEN if percent == 100 else YELLOW if percent else RED


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    numbers = (counts.translated.messages, counts.fuzzy.messages, counts.untranslated.messages)
    return (name, f"{counts.percent} %", *map(_number, numbers), _length(counts.left))


def _number(number: int) -> str:
    return f"{number:,}" if number else "–"


def _length(amount: Amount) -> str:
    """The length of sources in words, or in characters, or in both."""
    parts = ((amount.words, "word"), (amount.characters, "char"))
    return " + ".join(counted(number, noun) for number, noun in parts if number) or "–"


# ---- the next hour


def _hour(locale: str, catalogs: Sequence[CatalogStats], rate: int) -> Iterator[str]:
    steps = next_hour(catalogs, rate)
    if not steps:
        yield painted(GREEN, _("{locale}: everything is translated.").format(locale=locale))
        return
    hours = hours_left(catalogs, rate)
    is_all = hours <= 1
    title = _("All that is left into {locale}") if is_all else _("The next hour into {locale}")
    minutes = counted(max(1, round(hours * 60)), "minute")
    length = _("(about {minutes})") if is_all else _("(of about {hours:,.1f})")
    heading = painted(BOLD, title.format(locale=locale))
    yield _("{title} {length}:").format(title=heading, length=length.format(minutes=minutes, hours=hours))
    for step in steps[:_SHOWN]:
        yield f"  {step.catalog.path}"
        yield f"    {_work(step)}"
    if len(steps) > _SHOWN:
        more = counted(len(steps) - _SHOWN, "more catalog")
        yield "  " + _("and {catalogs}; --format json lists them").format(catalogs=more)


def _work(step: Step) -> str:
    parts = []
    if step.check:
        parts.append(_("{messages} to check").format(messages=counted(step.check, "message")))
    if step.translate:
        messages = f"{step.translate:,}" if parts else counted(step.translate, "message")
        parts.append(_("{messages} to translate").format(messages=messages))
    return _(", ").join(parts) + (_("; then it is whole") if step.finishes else "")


def _legend(rate: int) -> Iterator[str]:
    """How an hour is measured."""
    told = _(
        "An hour: {words} of English or {characters} of Chinese (--rate changes it);"
        " to check a fuzzy message takes {percent:.0f} % of that."
    )
    words, characters = counted(rate, "word"), counted(round(rate * CHARACTERS_A_WORD), "character")
    yield from paragraph(DIM, told.format(words=words, characters=characters, percent=100 * CHECKING))


# ---- Markdown


def _markdown(catalogs: Sequence[CatalogStats], by: str) -> Iterator[str]:
    depth = ("locale", "course", "page").index(by) + 1
    numbers = (_("messages"), _("translated"), "%", _("fuzzy"), _("untranslated"), _("left"))
    yield f"| {' | '.join((*(_('locale'), _('course'), _('page'))[:depth], *numbers))} |"
    yield f"| {' | '.join(('---',) * depth + ('---:',) * len(numbers))} |"
    keys = [(each.locale, each.course or ".", each.page)[:depth] for each in catalogs]
    for names, members in groupby(zip(keys, catalogs, strict=True), itemgetter(0)):
        yield _markdown_row(names, counts_together(each for _names, each in members))
    if keys[0] != keys[-1]:
        yield _markdown_row((f"**{_('in all')}**",) + ("",) * (depth - 1), counts_together(catalogs))


def _markdown_row(names: Sequence[str], counts: Counts) -> str:
    numbers = (counts.total, counts.translated, counts.fuzzy, counts.untranslated)
    total, translated, fuzzy, untranslated = (_number(amount.messages) for amount in numbers)
    cells = (total, translated, str(counts.percent), fuzzy, untranslated, _length(counts.left))
    return f"| {' | '.join((*(one_line(name).replace('|', '&#124;') for name in names), *cells))} |"
