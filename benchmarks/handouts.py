"""Time of handouts: pages to HTML and Markdown with every text translated, beside the time of extracting them.

    .venv/bin/python benchmarks/handouts.py [FOLDER] [PAGES]

FOLDER holds pages (default: source_docs); they are repeated until there are PAGES (default: 1000).
"""

from __future__ import annotations

import sys
from itertools import cycle, islice
from pathlib import Path
from time import process_time

from pipeline.align.course import course_of
from pipeline.exporters.base import Material, exporter_named
from pipeline.extractors.page import read_page
from pipeline.model import Page


def main() -> None:
    """Print the times in seconds of a processor."""
    folder, count = Path(sys.argv[1] if len(sys.argv) > 1 else "source_docs"), int((*sys.argv, "", "")[2] or 1000)
    files = [path.read_bytes() for path in sorted(folder.rglob("*.md")) if path.name != "README.md"]
    if not files:
        sys.exit(f"{folder}: no pages")
    start = process_time()
    pages = [read_page(data, f"c/{number}.md") for number, data in enumerate(islice(cycle(files), count))]
    extracting = process_time() - start
    units = sum(len(page.units) for page in pages)
    print(f"{count} pages, {units} texts: extracted in {extracting:.2f} s")
    courses = [translated(page) for page in pages]
    for form in ("html", "md"):
        export = exporter_named(form)
        start = process_time()
        size = sum(len(output.data) for course in courses for output in export(course))
        taken = process_time() - start
        print(f"{form:5} {taken:6.2f} s, {taken / extracting:.1f} times the extraction, {size / 1e6:.1f} MB")


def translated(page: Page) -> Material:
    """A course of one page each text of which has a translation as long as itself."""
    said = {(unit.context, unit.text): f"译：{unit.text}" for unit in page.units}
    return Material(course_of("c", "c", [page]), {page.path: said})


if __name__ == "__main__":
    main()
