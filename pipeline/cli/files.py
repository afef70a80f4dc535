"""What the user names on the command line, read and written: files, folders, ``-`` for standard input and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import click

from pipeline.cli.console import out, out_bytes, shell
from pipeline.model import Finding, Page, PipelineError
from pipeline.project.bare import PAGES, Destination, NamedFile, named_file, with_slashes
from pipeline.project.files import LARGEST
from pipeline.project.root import Project


def named(path: str, project: Project | None) -> NamedFile:
    """Return the file that the user calls ``path``; ``-`` is standard input, which is read at once.

    Raises:
        PipelineError: It is missing or a folder; or standard input is too large.
    """
    if path == "-":
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PipelineError(f"is larger than {LARGEST >> 20} MiB", path=path, remedy="split it")
        return NamedFile(Path("-"), "-", PurePosixPath("stdin"), data=data)
    path = with_slashes(path)
    file = named_file(path, project)
    if os.path.isdir(path):
        raise PipelineError("is a folder", path=file.shown, remedy="name a file in it")
    if not os.path.exists(path):
        raise PipelineError("there is no such file", path=file.shown, remedy="mend the path")
    return file


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
    from pipeline.validator.report import report  # its forms load much that reading and writing files needs not

    loud = [each for each in findings if each.severity == "error" or shell().verbosity >= 0]
    click.echo(report(loud, "concise"), nl=False, err=True)
