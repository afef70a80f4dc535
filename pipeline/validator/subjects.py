"""Which modules of this package hold the rules for a kind of subject: a check of catalogs loads no rule on courses.

A module that is named nowhere is loaded for every subject, so that a rule is found without being listed; a test holds
what is named to what the modules register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MODULES_FOR: Mapping[str, str] = {
    "": (
        "base codelike course_places elsewhere fixes label_words markup_parts messages report reports subjects"
        " track_fixes tracks"
    ),
    "Catalog": "conflicts",
    "CatalogInTree": "stale",
    "CatalogOfPage": "stale",
    "CheckedCatalog": (
        "blanks brackets catalog_entries catalog_formats catalog_header catalog_language catalog_plurals code_kept"
        " consistency lines_kept links_kept markup_kept numbers placeholders punctuation repeated spoken"
        " typography untranslated"
    ),
    "CheckedTrack": "subtitle_texts subtitles",
    "Course": "labels numbering outlines ranges sources swapped titles topic_order wordings",
    "Page": "links pages typography",
    "PageInTree": "links",
    "PagePair": "front_matter_keys page_pairs pair_contents pair_numbers pair_structure",
    "PagesOfCourse": "front_matter_keys",
    "PairedTracks": "track_pairs",
    "PinnedCourse": "pins",
    "Stale": "acceptance",
    "TermedCatalog": "terms",
    "TrackOfMedia": "track_media",
    "Unused": "baseline suppression",
}
"""The modules by the name of the class that their rules look at; first those without rules for a subject."""


def modules_for(classes: Iterable[str], modules: Iterable[str]) -> list[str]:
    """Return those of ``modules`` that may hold a rule for a subject: ``classes`` names its class and the bases of that."""
    wanted = {name for each in classes for name in MODULES_FOR.get(each, "").split()}
    named = {name for names in MODULES_FOR.values() for name in names.split()}
    return [name for name in modules if name in wanted or name not in named]
