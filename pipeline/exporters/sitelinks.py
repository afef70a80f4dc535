"""Where the links of a handout lead when it is a page of a site: to other pages of the site, to files beside it, or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from pipeline.exporters.base import Material
from pipeline.exporters.document import Block, Both, Film, Grid, Handout, Items, Listing, Section
from pipeline.exporters.html_text import Places
from pipeline.exporters.pictures import local_path, picture_of
from pipeline.model import Language
from pipeline.text.naming import PAGE_SUFFIXES, file_name

_CARRIED = frozenset(
    ".csv .doc .docx .gif .ipynb .jpeg .jpg .json .m .mp3 .odp .ods .odt .pdf .png .ppt .pptx .py .r .srt .tar .tex .tgz "
    ".tsv .txt .vtt .webp .xls .xlsx .zip .gz".split()
)
"""Ends of the names of files that a page may hand out; a page or a picture that runs something is none."""

Pages = Mapping[str, str]
"""The address of each page of the site, by its path in the project, with and without language and extension."""


def address(path: str) -> str:
    """Return a relative path as an address.

    >>> address("a b/c#1.html")
    'a%20b/c%231.html'
    """
    quoted = quote(path, errors="surrogateescape")
    return f"./{quoted}" if ":" in quoted.partition("/")[0] else quoted


def page_keys(path: str) -> Iterator[str]:
    """Yield what other pages may call a page: its path, and the same without its language and extension."""
    yield path
    place = PurePosixPath(path)
    yield place.with_name(file_name(place.name).stem).as_posix()


@dataclass(slots=True)
class Linker:
    """Says where the pictures and links of a course lead in the site.

    ``files`` takes the bytes of what lies beside the pages and is linked, by their paths in the folder of the course.
    """

    material: Material
    pages: Pages
    files: dict[str, bytes] = field(default_factory=dict)

    def places(self) -> Places:
        """Return the same for who writes the texts of the course."""
        return Places(self._picture, self._link)

    def _picture(self, page: str, source: str) -> str | None:
        picture, path = picture_of(self.material, page, source), local_path(page, source)
        if not picture or not path:
            return None
        inside = f"files/{self._inside(path)}"
        name = inside if inside.lower().endswith(f".{picture.suffix}") else f"{inside}.{picture.suffix}"
        self.files[name] = picture.data
        return address(name)

    def _inside(self, path: str) -> str:
        """The path in the folder of the course of a file of the project."""
        place = PurePosixPath(path)
        home = PurePosixPath(self.material.course.path)
        return (place.relative_to(home) if place.is_relative_to(home) else place).as_posix()

    def _link(self, page: str, url: str) -> str | None:
        """The address of what is no address of the web, None where it leads nowhere."""
        path = local_path(page, url)
        if path is None:
            return None
        place = PurePosixPath(path)
        if place.suffix.lower() in {*PAGE_SUFFIXES, ""}:
            return self.pages.get(path) or self.pages.get(place.with_suffix("").as_posix())
        return self._file(path)

    def _file(self, path: str) -> str | None:
        """The address of a file that lies in the folder of the course, None where there is none to hand out."""
        place = PurePosixPath(path)
        is_meant = place.suffix.lower() in _CARRIED and place.is_relative_to(self.material.course.path)
        if not is_meant or any(part.startswith(".") for part in place.parts):
            return None
        data = self.material.pictures(path)
        if data is None:
            return None
        self.files[f"files/{self._inside(path)}"] = data
        return address(f"files/{self._inside(path)}")


def in_one_language(handout: Handout, language: str) -> Handout:
    """Return a handout in one language, ``zh`` or ``en``; what is not translated stays, marked as it was."""

    def is_wanted(each: Language) -> bool:
        return (each == "en") == (language == "en")

    def chosen(_section: Section, text: Both) -> Both:
        if is_wanted(text.source.language):
            return Both(text.source, None, "same")
        return text if text.target else Both(text.source, None, text.state)

    languages = tuple(filter(is_wanted, handout.languages))
    titles = {each: title for each, title in handout.titles.items() if is_wanted(each)} or handout.titles
    return replace(with_texts(handout, chosen), languages=languages, titles=titles, layout="target")


Change = Callable[[Section, Both], Both]


def with_texts(handout: Handout, change: Change) -> Handout:
    """Return a handout with each of its texts changed."""
    return replace(handout, sections=tuple(_section(section, change) for section in handout.sections))


def _section(section: Section, change: Change) -> Section:
    blocks = tuple(_block(block, section, change) for block in section.blocks)
    return replace(section, title=section.title and change(section, section.title), blocks=blocks)


def _block(block: Block, section: Section, change: Change) -> Block:
    if isinstance(block, Items):
        return Items(tuple(replace(point, text=change(section, point.text)) for point in block.items))
    if isinstance(block, Grid):
        return replace(block, rows=tuple(tuple(cell and change(section, cell) for cell in row) for row in block.rows))
    if isinstance(block, Listing | Film):
        return block
    return replace(block, text=change(section, block.text))
