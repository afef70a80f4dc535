"""Pages that belong to no project to units and templates: the work of one page, which may be done in another process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalogs.messages import messages
from pipeline.catalogs.po import template_bytes
from pipeline.extractors.page import PageOptions, read_page
from pipeline.model import Finding, PipelineError, Unit
from pipeline.project.bare import NamedFile
from pipeline.project.clock import now
from pipeline.project.files import read_bytes

_DATE = re.compile(rb'^"POT-Creation-Date: [^"\n]*"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file says: its units and what was wrong with reading it; ``trouble`` where it could not be read at all."""

    file: NamedFile
    units: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = ()
    trouble: PipelineError | None = None

    @property
    def is_read(self) -> bool:
        """Whether the units are those of the page, if there are none too."""
        return self.trouble is None and all(each.name != "unreadable-page" for each in self.findings)


def extracted(file: NamedFile, options: PageOptions) -> Extracted:
    """Return what a page says; what fails is in it."""
    try:
        page = read_page(file.read(), file.shown, options)
    except PipelineError as error:
        return Extracted(file, trouble=error)
    return Extracted(file, page.units, page.findings)


def template(result: Extracted) -> bytes:
    """Return the template of a page.

    Raises:
        PipelineError: SOURCE_DATE_EPOCH is wrong.
    """
    name = result.file.inside.with_suffix("").as_posix().replace("/", "-")
    return template_bytes(messages(result.units), project=f"{name} 1.0", date=now())


def new_template(result: Extracted, path: Path) -> bytes | None:
    """Return the template of a page, or None where the file at ``path`` differs from it in nothing but its date.

    Raises:
        PipelineError: There is a file that cannot be read, or SOURCE_DATE_EPOCH is wrong.
    """
    made = template(result)
    if not path.is_file():
        return made
    return None if _DATE.sub(b"", read_bytes(path)) == _DATE.sub(b"", made) else made
