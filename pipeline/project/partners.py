"""What stands beside a page or a track in the other language, translated by hand, and what it says for its source."""

from __future__ import annotations

from pipeline.align.pagefill import PageFill, filled_from_pages
from pipeline.align.trackfill import filled_from_tracks
from pipeline.model import Language, Page
from pipeline.project.discovery import SourceFile
from pipeline.project.load import LoadedCourse
from pipeline.project.options import page_options
from pipeline.project.root import Project
from pipeline.project.talks import talk_file
from pipeline.project.terms import lexicon_of
from pipeline.subtitles.talk import talk_of


def filled_from_partner(
    project: Project, loaded: LoadedCourse, source: tuple[SourceFile, Page], language: Language
) -> PageFill | None:
    """Return what foo.zh.md says for foo.en.md, and talk.zh.srt for talk.en.srt; None without one in that language."""
    file, page = source
    if file.kind == "page":
        pages = (page for other, page in loaded.pages if (other.name, other.language) == (file.name, language))
        if (partner := next(pages, None)) is None:
            return None
        lexicon = lexicon_of(project, loaded.terms.terms)
        return filled_from_pages(page, partner, page_options(project.config), lexicon)
    talk = next(talk for other, talk in loaded.spoken if other == file)
    for other, track in loaded.tracks:
        if (talk_file(other).name, other.language) == (file.name, language) and track.cues:
            return filled_from_tracks(talk, talk_of(track, language))
    return None
