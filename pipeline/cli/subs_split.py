"""`bilect subs split`: the two languages of a bilingual track as two tracks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.console import note
from pipeline.cli.files import are_one, is_unnamed, named, tell
from pipeline.cli.subs_convert import wanted_format
from pipeline.cli.subs_tracks import told_lines, track_of
from pipeline.model import Cue, Language, PipelineError
from pipeline.project.bare import Destination, NamedFile, project_around
from pipeline.subtitles.bilingual import Sides, sides_of
from pipeline.subtitles.formats import bytes_anew, format_of, formats
from pipeline.subtitles.markup import converted
from pipeline.subtitles.track import Track
from pipeline.text.naming import file_name, translated_name
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.script import language_of
from pipeline.text.tongue import _, counted, ngettext
from pipeline.validator.report import exit_status


@click.command("split")
@click.argument("file")
@click.option(
    "-o", "--output", "outputs", metavar="OUT", multiple=True, required=True,
    help="A folder; or, given twice, the English file and then the Chinese one.",
)  # fmt: skip
@click.option("--to", "form", metavar="FORMAT", help="The format in a folder: ass, bcc, sbv, srt, ssa or vtt.")
def split(file: str, outputs: tuple[str, ...], form: str | None) -> int:
    """Split a bilingual track into an English and a Chinese one.

    FILE may hold both languages in one cue, or in cues of the same time, also in two styles of ASS; either may stand above.
    Each line goes where its script, its style or its place says; a line with both stays whole and is told. In a folder
    the tracks are called after FILE: talk.en.srt and talk.zh.srt. FILE - is standard input, in
    the format that it begins as.

    \b
    bilect subs split talk.srt -o tracks
    bilect subs split talk.ass -o talk.en.srt -o talk.zh.vtt
    """
    source = named(file, project_around())
    track = track_of(source)
    found = sides_of(track)
    for what, cues in ((said("holds no English"), found.en), (said("holds no Chinese"), found.zh)):
        if not cues:
            raise PipelineError(what, path=track.path, remedy="name a bilingual track")
    places = _places(source, track, found, outputs, form)
    where = Destination(places[0].parent, is_folder=False, inputs=(source,))
    datas = [_data(track, cues, place) for cues, place in zip((found.en, found.zh), places, strict=True)]
    if source.data is None and (own := [place for place in places if place.exists() and place.samefile(source.path)]):
        path = own[0].as_posix()
        raise PipelineError("is an input, and is not overwritten", path=path, remedy="name another output")
    for place, data in zip(places, datas, strict=True):
        where.write(place, data)
    tell(track.findings)
    _tell(track, found, places)
    return exit_status(track.findings)


def _places(source: NamedFile, track: Track, found: Sides, outputs: Sequence[str], form: str | None) -> list[Path]:
    """Where the English and the Chinese track go.

    Raises:
        click.UsageError: More than two outputs, two that are one, or a format beside names that say it.
    """
    if any(map(is_unnamed, outputs)):
        raise click.UsageError(_("two tracks are made, and standard output holds one: name a folder, or two files"))
    if len(outputs) > 2 or are_one(outputs):
        raise click.UsageError(_("name one folder, or two files that are not the same"))
    if len(outputs) == 2:
        if form is not None:
            raise click.UsageError(_("the names of the files say their formats: leave --to out"))
        return [Path(each) for each in outputs]
    if Path(outputs[0]).is_file() or _is_subtitle(outputs[0]):
        one = _("{file} is one file, and two are made: name a folder, or two files")
        raise click.UsageError(one.format(file=outputs[0]))
    usual = "srt" if track.format == "ttml" else track.format
    suffix = wanted_format(form).suffixes[0] if form else f".{usual}"
    chinese = language_of(" ".join(cue.text for cue in found.zh))
    languages: tuple[Language, Language] = ("en", "zh_CN" if chinese == "en" else chinese)
    stem = file_name(source.inside.name).stem
    return [Path(outputs[0], translated_name(f"{stem}.en{suffix}", language)) for language in languages]


def _is_subtitle(path: str) -> bool:
    return path.lower().endswith(tuple(suffix for known in formats() for suffix in known.suffixes))


def _data(track: Track, cues: tuple[Cue, ...], place: Path) -> bytes:
    """One language as a file; in the format of the track with all that its file has besides."""
    target = format_of(place.name)
    if target.name == track.format:
        return bytes_anew(replace(track, cues=cues))
    return target.write(converted(cues, track.format, target.name))


def _tell(track: Track, found: Sides, places: Sequence[Path]) -> None:
    told = _("{cues}: {en:,} English to {en_file} and {zh:,} Chinese to {zh_file}; {both:,} times have both").format(
        cues=counted(len(track.cues), "cue"), en=len(found.en), zh=len(found.zh), both=found.together,
        en_file=one_line(places[0].as_posix()), zh_file=one_line(places[1].as_posix()),
    )  # fmt: skip
    if found.empty:
        told += _("; {cues} without text left out").format(cues=counted(found.empty, "cue"))
    note(_("{sentence}.").format(sentence=told))
    if found.mixed:
        told = ngettext(
            "warning: {file}: {number} cue has both languages in one line, which stays whole: line {places}",
            "warning: {file}: {number} cues have both languages in one line, which stay whole: line {places}",
            len(found.mixed),
        )
        note(told.format(file=track.path, number=f"{len(found.mixed):,}", places=told_lines(found.mixed)))
