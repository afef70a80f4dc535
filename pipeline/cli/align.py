"""`bilect align`: two lists of titles, two pages, or their sentences, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import click

from pipeline.align.course import Pins
from pipeline.align.listed import (
    PairedLists,
    TitleList,
    lecture_list,
    lectures_and_topics,
    line_list,
    paired_lists,
)
from pipeline.cli.aligned import columns_of_pairs, evidence_told, tiers_told
from pipeline.cli.console import shell
from pipeline.cli.files import deliver, deliver_bytes, named, page_of
from pipeline.cli.table import BOLD, GREEN, YELLOW, Column, painted, table
from pipeline.exporters.alignment import as_csv, as_html, as_markdown
from pipeline.extractors.outline import outline
from pipeline.model import Pair, PipelineError
from pipeline.project.bare import NamedFile, project_around
from pipeline.project.root import Project
from pipeline.project.terms import course_terms, lexicon_of, remembered_terms, shared_terms
from pipeline.text.encoding import NotTextError, decoded
from pipeline.text.said import said, words_of
from pipeline.text.tongue import _

_COLOURS = {"accept": GREEN, "review": YELLOW}
_FORMATS = ("table", "json", "csv", "md", "html")


@click.command()
@click.argument("left")
@click.argument("right", required=False)
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True, help="What is written."
)
@click.option("-o", "--output", metavar="OUT", help="A file; without it, or with -, standard output.")
@click.option("--pages", "kinds", multiple=True, flag_value="pages", help="Pair the blocks of LEFT and RIGHT.")
@click.option(
    "--sentences", "kinds", multiple=True, flag_value="sentences", help="Pair the sentences of LEFT and RIGHT."
)
@click.option(
    "--into", metavar="CATALOG", help="With --pages: fill this catalog of one page with what the other page says."
)
def command(
    left: str, right: str | None, form: str, output: str | None, kinds: tuple[str, ...], into: str | None
) -> int:
    """Pair two lists of titles, or two texts.

    LEFT and RIGHT are pages, of which the lectures count (or the topics, where there are no lectures), or .txt files
    with one title a line; - is standard input with one title a line. The languages may differ. A page without RIGHT is
    paired with itself: its lectures with the topics that it announces.

    With --pages two whole pages or .txt files are put side by side, heading by heading and paragraph by paragraph, with
    --sentences sentence by sentence: several on one side may say what one says on the other, in another order too.

    A pair of the tier accept may be used as it is; look at those of the tier review. The table says why these are
    pairs, with -v of all. docs/json.md explains the JSON form.

    --into CATALOG writes no table: the accepted texts become translations, those to review fuzzy ones, with the reasons
    in a note. Nothing that was typed is replaced. A catalog that is not there is made, for LEFT.

    \b
    bilect align course.zh.md
    bilect align course.zh.md lectures.en.md --format csv -o lectures.csv
    bilect align course.en.md course.zh.md --pages --format html -o course.html
    bilect align course.en.md course.zh.md --pages --into course.po
    """
    if len({*kinds}) > 1:
        raise click.UsageError(_("--pages and --sentences are two ways to look at a text: name one"))
    what = kinds[0] if kinds else None
    if what and right is None:
        missing = _("Missing argument 'RIGHT': --{what} puts two texts side by side")
        raise click.UsageError(missing.format(what=what))
    project = project_around()
    files = [named(path, project) for path in (left, right) if path is not None]
    if into is not None:
        if what != "pages" or output is not None or any(map(_is_text, files)):
            raise click.UsageError(_("--into goes with two pages, --pages and no -o"))
        return _fill(files, into, project)
    made = _texts(files, project, what, form) if what else _lists(files, project, form)
    if isinstance(made, bytes):
        deliver_bytes(made, output, files)
    else:
        deliver(made, output, files)
    return 0


def _fill(files: list[NamedFile], into: str, project: Project | None) -> int:
    from pipeline.cli.import_page import fill_into  # with the catalogs

    left, right = (page_of(file, project) for file in files)
    return fill_into((left, right), into, project)


def _lists(files: list[NamedFile], project: Project | None, form: str) -> str | bytes:
    lists = _paired(files, project)
    return as_csv(lists) if form == "csv" else _FORMS[form](lists)


def _texts(files: list[NamedFile], project: Project | None, what: str, form: str) -> str | bytes:
    from pipeline.cli import align_texts  # lists start without it

    left, right = (
        align_texts.text_blocks(_read(file), file.shown)
        if _is_text(file)
        else align_texts.page_blocks(page_of(file, project))
        for file in files
    )
    lexicon = _decided([file.shown for file in files], project).lexicon
    return align_texts.put_in_form(form, left, right, what, lexicon)


def _paired(files: list[NamedFile], project: Project | None) -> PairedLists:
    if len(files) == 2:
        left, right = (_titles(file, project) for file in files)
        return paired_lists(left, right, _decided([file.shown for file in files], project).lexicon)
    if _is_text(files[0]):
        raise click.UsageError(_("Missing argument 'RIGHT': only a page can be paired with itself"))
    page = page_of(files[0], project)
    return lectures_and_topics(outline(page), _decided([page.path], project))


def _is_text(file: NamedFile) -> bool:
    return file.data is not None or file.path.suffix.lower() == ".txt"


def _titles(file: NamedFile, project: Project | None) -> TitleList:
    """The list that a file holds.

    Raises:
        PipelineError: It cannot be read, is no text, or holds no list.
    """
    if not _is_text(file):
        return lecture_list(outline(page_of(file, project)))
    return line_list(_read(file), file.shown)


def _read(file: NamedFile) -> str:
    try:
        return decoded(file.read()).text
    except NotTextError as error:
        what = said("this is not a text: {why}", why=words_of(error))
        raise PipelineError(what, path=file.shown, remedy="save it as UTF-8") from error


def _decided(paths: list[str], project: Project | None) -> Pins:
    """What the course.toml of the course that a page is in has decided, and its terms; else the project's terms."""
    if not project:
        return Pins()
    remembered = remembered_terms(project)
    for course in project.sources().courses:
        if any(page.path in paths for page in course.pages):
            terms = course_terms(project, course).terms
            return Pins(project.settings(course).topic_pins, lexicon=lexicon_of(project, terms, remembered))
    return Pins(lexicon=lexicon_of(project, shared_terms(project), remembered))


def _json(lists: PairedLists) -> str:
    from pipeline.project.schema import alignment_json  # pydantic is heavy

    return alignment_json(lists) + "\n"


def _table(lists: PairedLists) -> str:
    return "\n".join(_shown(lists)) + "\n"


def _shown(lists: PairedLists) -> Iterator[str]:
    """The pairs and what has no partner, line by line, as a person reads them."""
    columns = columns_of_pairs(_(lists.left_name), _(lists.right_name), _COLOURS)
    pairs = lists.alignment.pairs
    if pairs:
        yield from table(columns, [_cells(lists, pair) for pair in pairs], notes=[_why(pair) for pair in pairs])
        yield ""
    sides = (
        (_("{number} only on the left"), lists.left, lists.alignment.left_only),
        (_("{number} only on the right"), lists.right, lists.alignment.right_only),
    )
    for title, listed, alone in sides:
        if alone:
            yield painted(BOLD, title.format(number=len(alone)))
            rows = [(str(listed[index].line), listed[index].text) for index in alone]
            yield from list(table((columns[0], Column("", gives=True)), rows))[1:]
            yield ""
    without = len(lists.alignment.left_only) + len(lists.alignment.right_only)
    yield tiers_told(Counter(pair.tier for pair in pairs), without)


def _cells(lists: PairedLists, pair: Pair[int]) -> tuple[str, ...]:
    left, right = lists.left[pair.left], lists.right[pair.right]
    return str(left.line), left.text, str(right.line), right.text, f"{pair.score:.2f}", pair.tier


def _why(pair: Pair[int]) -> str:
    return evidence_told(pair) if pair.tier != "accept" or shell().verbosity > 0 else ""


_FORMS: Mapping[str, Callable[[PairedLists], str]] = {
    "table": _table,
    "json": _json,
    "md": as_markdown,
    "html": as_html,
}
