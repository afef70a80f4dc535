"""What whoever imports a translated page wishes."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.catalogs.template import References
from pipeline.extractors.adaptation import Adaptation
from pipeline.extractors.page import PageOptions
from pipeline.model import Language
from pipeline.text.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """How a page is imported: the catalog's ``language`` and ``name`` in its header, and how it is made.

    ``wish`` is how exports fit pages to their language; with ``theirs`` the page replaces what differs in the
    catalog; with ``may_be_export`` it may be one that was made with the catalog, and edited.
    ``lexicon`` may know the course's own terms.
    """

    language: Language
    name: str
    date: str
    options: PageOptions = PageOptions()
    wish: Adaptation = Adaptation()
    references: References = "full"
    bugs: str = ""
    theirs: bool = False
    may_be_export: bool = True
    lexicon: Lexicon | None = None
