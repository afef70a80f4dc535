"""The pages that are measured: real ones, repeated until there are enough."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data" / "pages"
WORK = ROOT / ".bilect" / "bench"


@dataclass(frozen=True)
class Corpus:
    """A folder of pages; ``different`` of them are so, the others repeat these."""

    folder: Path
    different: int
    origin: str

    @property
    def pages(self) -> list[Path]:
        """The pages, sorted: the different ones first."""
        return sorted(self.folder.iterdir())

    @property
    def size(self) -> int:
        """The bytes of all pages."""
        return sum(page.stat().st_size for page in self.pages)


def corpus(count: int) -> Corpus:
    """Return a folder of ``count`` Markdown pages, made anew."""
    pages = sorted(SHARED.glob("*.md"))
    origin = f"{len(pages)} pages of ../shared/data/pages"
    if not pages:
        pages = sorted((ROOT / "source_docs").glob("*/*.md"))
        origin = f"the {len(pages)} pages of source_docs, for want of ../shared/data/pages"
    folder = WORK / f"pages-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, page in enumerate(islice(cycle(pages), count)):
        shutil.copyfile(page, folder / f"{number // len(pages):04d}-{page.parent.name}-{page.name}")
    return Corpus(folder, min(count, len(pages)), origin)
