"""Pages that belong to no project to units and templates: the work of one page, which may be done in another process."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.catalogs.messages import messages
from pipeline.catalogs.template import References, template_bytes
from pipeline.extractors.page import PageOptions, read_units
from pipeline.model import Finding, Page, PipelineError, Unit
from pipeline.project.bare import TRACKS, Destination, NamedFile
from pipeline.project.discovery import TALK_SUFFIX
from pipeline.project.files import read_bytes
from pipeline.text.naming import file_name

_UNREADABLE = frozenset({"unreadable-page", "subtitle-unreadable"})
_DATE = re.compile(rb'^"POT-Creation-Date: [^"\n]*"$', re.MULTILINE)


class Extracted(NamedTuple):
    """What a file says: its units and what was wrong with reading it; ``trouble`` where it could not be read at all."""

    file: NamedFile
    units: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = ()
    trouble: PipelineError | None = None

    @property
    def is_read(self) -> bool:
        """Whether the units are those of the page, if there are none too."""
        return self.trouble is None and all(each.name not in _UNREADABLE for each in self.findings)


def extracted(file: NamedFile, options: PageOptions) -> Extracted:
    """Return what a page or a track says; what fails is in it."""
    try:
        if TRACKS.covers(file.path.name):
            page = _track(file)
            return Extracted(file, page.units, page.findings)
        return Extracted(file, *read_units(file.read(), file.shown, options))
    except PipelineError as error:
        return Extracted(file, trouble=error)


def _track(file: NamedFile) -> Page:
    from pipeline.subtitles.formats import read_track  # pages need none of it
    from pipeline.subtitles.talk import talk_of

    return talk_of(read_track(file.read(), file.shown), file_name(file.path.name).language).page


def template_name(file: NamedFile) -> PurePosixPath:
    """Return the path of a template in an output folder; that of talk.en.srt is apart from that of talk.en.md."""
    is_track = TRACKS.covers(file.path.name)
    return file.inside.with_suffix(f"{TALK_SUFFIX}.pot" if is_track else ".pot")


class Outcome(NamedTuple):
    """What became of the template of a page; small, so that a thousand of them may wait for their turn to be told.

    ``change`` says whether the file is new or different, or None where there is no template.
    """

    file: NamedFile
    findings: tuple[Finding, ...]
    trouble: PipelineError | None = None
    change: bool | None = None


class Templates(NamedTuple):
    """How templates are made: ``date`` is that of all of them, ``references`` how exactly they name places."""

    options: PageOptions
    date: str
    references: References = "full"

    def of(self, result: Extracted) -> bytes:
        """Return the template of a page."""
        name = os.path.splitext(str(result.file.inside))[0].replace("/", "-")
        found = messages(result.units)
        return template_bytes(found, project=f"{name} 1.0", date=self.date, references=self.references)

    def new(self, result: Extracted, path: Path) -> bytes | None:
        """Return the template of a page, or None where the file at ``path`` differs from it in nothing but its date.

        Raises:
            PipelineError: There is a file that cannot be read.
        """
        made = self.of(result)
        if not os.path.isfile(path):
            return made
        return None if _DATE.sub(b"", read_bytes(path)) == _DATE.sub(b"", made) else made


@dataclass(frozen=True, slots=True)
class TemplateWriter:
    """The work of one page, for this process or another: reads it and writes its template, unless ``is_dry``.

    ``paths`` are the places of the templates; a page without one is only read.
    """

    templates: Templates
    place: Destination
    paths: Mapping[NamedFile, Path]
    is_dry: bool

    def __call__(self, file: NamedFile) -> Outcome:
        """Return what became of the template of a page."""
        result = extracted(file, self.templates.options)
        path = self.paths.get(file)
        if not result.is_read or path is None:
            return Outcome(file, result.findings, result.trouble)
        try:
            data = self.templates.new(result, path) if self.place.may_hold(path) else self.templates.of(result)
            if data is not None and not self.is_dry:
                self.place.write(path, data)
        except PipelineError as error:
            return Outcome(file, result.findings, error)
        return Outcome(file, result.findings, change=data is not None)
