"""What the user names on the command line, read and written: files, folders, ``-`` for standard input and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import click

from pipeline.cli.console import out, out_bytes, shell
from pipeline.model import Finding, Page, PipelineError
from pipeline.project.bare import PAGES, Destination, NamedFile, named_file, with_slashes
from pipeline.project.files import LARGEST, is_stream, read_bytes
from pipeline.project.root import Project
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.tongue import _, told


def named(path: str, project: Project | None) -> NamedFile:
    """Return the file that the user calls ``path``; ``-`` is standard input, and read at once like a pipe without a suffix.

    Raises:
        PipelineError: It is missing or a folder; or standard input is too large.
    """
    if path == "-":
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PipelineError(said("is larger than {size} MiB", size=LARGEST >> 20), path=path, remedy="split it")
        return NamedFile(Path("-"), "-", PurePosixPath("stdin"), data=data)
    path = with_slashes(path)
    file = named_file(path, project)
    if is_stream(path) and not file.path.suffix:  # `<(…)` of a shell, or /dev/stdin
        return file._replace(data=read_bytes(file.path, file.shown))
    if os.path.isdir(path):
        raise PipelineError("is a folder", path=file.shown, remedy="name a file in it")
    if not os.path.exists(path):
        raise PipelineError("there is no such file", path=file.shown, remedy="mend the path")
    return file


def is_unnamed(output: str | None) -> bool:
    """Whether a result goes where no name says its format: to stdout, or to a pipe or device without a suffix."""
    return output is None or output == "-" or (is_stream(output) and not Path(output).suffix)


def are_one(paths: Sequence[str]) -> bool:
    """Whether two of the files that the user calls so are one, whatever leads there; ``-`` is standard output."""
    return len({path if path == "-" else os.path.realpath(path) for path in paths}) < len(paths)


def page_of(file: NamedFile, project: Project | None) -> Page:
    """Return the page that a file holds, read as the project wants it.

    Raises:
        PipelineError: It cannot be read, is empty, or is no page.
    """
    from pipeline.extractors.page import PageOptions, read_page  # commands on catalogs start without
    from pipeline.project.options import page_options

    PAGES.demand(file)
    page = read_page(file.read(), file.shown, page_options(project.config) if project else PageOptions())
    for finding in page.findings:
        if finding.name == "unreadable-page":
            raise PipelineError(finding.message, path=page.path, remedy=finding.fix)
    return page


def deliver(text: str, output: str | None, inputs: Sequence[NamedFile]) -> None:
    """Write a result to the file ``output``, or to stdout without one or for ``-``; a file has no colours.

    Raises:
        PipelineError: It cannot be written, or is one of the inputs.
    """
    if output in {None, "-"}:
        out(text.removesuffix("\n"))
    else:
        deliver_bytes(click.unstyle(text).encode("utf-8", "replace"), output, inputs)


def deliver_bytes(data: bytes, output: str | None, inputs: Sequence[NamedFile]) -> None:
    """Write a result to the file ``output``, or to stdout without one or for ``-``, byte for byte.

    Raises:
        PipelineError: It cannot be written, or is one of the inputs.
    """
    if output is None or output == "-":
        out_bytes(data)
    else:
        Destination(Path(output), is_folder=False, inputs=tuple(inputs)).write(Path(output), data)


def tell(findings: Sequence[Finding]) -> None:
    """Write what was wrong with reading to stderr, a line each; with ``-q`` only the errors."""
    loud = [each for each in findings if each.severity == "error" or shell().verbosity >= 0]
    click.echo("".join(f"{line}\n" for line in lines_of(loud)), nl=False, err=True)


def lines_of(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield findings as a person is told them on the way, a line each, in the language of the user."""
    from pipeline.validator.reports.common import position, rule_called  # reading and writing files needs them seldom

    for each in findings:
        line = f"{position(each)}: {_(each.severity)} {rule_called(each)}: {one_line(told(each.message))}"
        yield (
            line
            if each.accepted is None
            else f"{line} [{_('accepted: {reason}').format(reason=one_line(each.accepted))}]"
        )
