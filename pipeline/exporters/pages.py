"""The pages of a course in the other language, each with the structure, the code and the bytes of its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.exporters.base import Material, Output, exporter
from pipeline.extractors.adaptation import linked_anchors
from pipeline.extractors.rewrite import translated_page
from pipeline.text.naming import translated_name


@exporter("page")
def translated_pages(material: Material) -> Iterator[Output]:
    """Each page in the other language: its own bytes with the translations in their places."""
    course = material.course
    linked = linked_anchors((page.path, page.text) for page in course.pages)
    for page in course.pages:
        if page.path not in material.targets:
            continue
        wish = replace(material.wish, language=material.targets[page.path], linked=linked.get(page.path, frozenset()))
        made = translated_page(page, material.translation, material.options, wish)
        place = PurePosixPath(page.path)
        name = translated_name(place.name, material.targets[page.path])
        inside = place.relative_to(course.path) if place.is_relative_to(course.path) else PurePosixPath(place.name)
        yield Output(inside.with_name(name).as_posix(), made.data, made.findings, page.path)
