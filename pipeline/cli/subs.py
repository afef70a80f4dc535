"""`bilect subs`: subtitle files."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from pipeline.cli.console import note
from pipeline.cli.files import are_one, deliver, deliver_bytes, is_unnamed, named, tell
from pipeline.cli.subs_convert import convert
from pipeline.cli.subs_edit import shift, wrap
from pipeline.cli.subs_limits import Wishes, limit_options, wished_limits
from pipeline.cli.subs_split import split
from pipeline.cli.subs_sync import sync
from pipeline.cli.subs_time import retime
from pipeline.cli.subs_tracks import track_of
from pipeline.cli.subs_video import burn, mux
from pipeline.model import PipelineError, TrackPairing
from pipeline.project.bare import project_around
from pipeline.subtitles.bilingual import is_bilingual
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.script import language_of
from pipeline.text.series import listed
from pipeline.text.tongue import _, counted, ngettext, told
from pipeline.validator.report import exit_status

if TYPE_CHECKING:
    from pipeline.exporters.base import Order

_TOLD_MS = 100  # nobody sees that a cue has moved by less


@click.group()
def command() -> None:
    """Merge, split, convert, time and wrap subtitles, and put them into videos.

    `bilect subs merge --help` tells how to merge, and so for the others.
    """
    gc.disable()  # cues have no circles, and looking for them in a hundred thousand takes a tenth of the time


command.add_command(convert)
command.add_command(shift)
command.add_command(sync)
command.add_command(retime)
command.add_command(wrap)
command.add_command(mux)
command.add_command(burn)
command.add_command(split)


@command.command("merge")
@click.argument("en")
@click.argument("zh")
@click.option(
    "-o", "--output", metavar="OUT", help="A file, whose suffix says the format; without it, or with -, SRT on stdout."
)
@click.option(
    "--order", type=click.Choice(("zh-en", "en-zh")), default="zh-en", show_default=True,
    help="Which language stands above the other.",
)  # fmt: skip
@click.option(
    "--sizes", type=click.Tuple((click.IntRange(8, 400), click.IntRange(8, 400))), default=(64, 46), show_default=True,
    metavar="ZH EN", help="How high the letters are on a screen of 1080, in ASS and WebVTT.",
)  # fmt: skip
@limit_options
@click.option(
    "--wrap/--no-wrap", default=None,
    help="Break lines to the limits, or leave them as they are in the tracks. Without it as the project says, else broken.",
)  # fmt: skip
@click.option("--report", "report", metavar="FILE", help="Write how the cues were paired to FILE, as JSON.")
def merge(
    en: str,
    zh: str,
    output: str | None,
    order: Order,
    sizes: tuple[int, int],
    wrap: bool | None,
    report: str | None,
    **wishes: Unpack[Wishes],
) -> int:
    """Merge an English and a Chinese track into one bilingual track.

    EN and ZH are the subtitles of one talk; they may be cut into cues differently, and one clock may run before the
    other or faster: the Chinese cues are moved to the English clock. No cue is lost. - is standard input, in the format
    that it begins as. docs/json.md explains the JSON of the report.

    OUT is an .srt, .ass, .vtt, .sbv or .bcc file. In ASS each language has a style of its own, in WebVTT a class.
    Lines are broken to the limits, and a Chinese cue over more English than one cue may hold is cut onto the English times.

    With --no-wrap, for players and editors that wrap by themselves, each cue keeps its lines, those of a pair one below
    the other; long pairs are still cut.

    \b
    bilect subs merge talk.en.srt talk.zh.srt -o talk.srt
    bilect subs merge talk.en.srt talk.zh.srt -o talk.ass --order en-zh --sizes 72 48
    bilect subs merge talk.en.srt talk.zh.srt -o talk.srt --preset bilibili --width 60,24
    bilect subs merge talk.en.srt talk.zh.srt -o talk.srt --no-wrap
    """
    from pipeline.align.tracks import pair_tracks  # the other commands start in half the time without
    from pipeline.exporters.bilingual_files import Look, bilingual_bytes

    outputs = [path for path in (output, report) if path is not None and path != "-"]
    if en == zh == "-" or (report == "-" and output in {None, "-"}) or are_one(outputs):
        raise click.UsageError(_("two files cannot be one: name each of them"))
    project = project_around()
    files = [named(path, project) for path in (en, zh)]
    form = _form(output)
    tracks = [track_of(file) for file in files]
    _demand_languages(tracks)
    pairing = pair_tracks(tracks[0].cues, tracks[1].cues)
    limits = wished_limits(project, wishes)
    look = Look(order, *sizes, limits if wrap is None else limits._replace(wrap=wrap))
    deliver_bytes(bilingual_bytes(tracks[0], tracks[1], pairing, form, look), output, files)
    if report is not None:
        deliver(_report(pairing), report, files)
    return _told(tracks, pairing)


def _told(tracks: Sequence[Track], pairing: TrackPairing) -> int:
    """Tell what was wrong with the tracks and how they were paired; return the exit status that it means."""
    findings = [finding for track in tracks for finding in track.findings]
    tell(findings)
    for warning in pairing.warnings:
        note(_("warning: {message}").format(message=one_line(told(warning))))
    note(_summary(pairing, tracks))
    return exit_status(findings)


def _form(output: str | None) -> str:
    """The format that a file's name asks for; SRT on standard output.

    Raises:
        PipelineError: No bilingual track is written in it.
    """
    from pipeline.exporters.bilingual_files import FORMS

    if output is None or is_unnamed(output):
        return "srt"
    form = output.lower().rpartition(".")[2]
    if form not in FORMS:
        remedy = said("name a file that ends in {suffixes}", suffixes=listed(f".{each}" for each in FORMS))
        raise PipelineError("is no name for a bilingual track", path=output, remedy=remedy)
    return form


def _demand_languages(tracks: Sequence[Track]) -> None:
    """Let an English track and then another pass.

    Raises:
        PipelineError: They are swapped, or one holds both languages already.
    """
    for track in tracks:
        if is_bilingual(track):
            remedy = said("name a track of one language: bilect subs split makes two of this one")
            raise PipelineError("holds both languages already", path=track.path, remedy=remedy)
    languages = [language_of("\n".join(cue.text for cue in track.cues)) for track in tracks]
    if languages[0] != "en" and languages[1] == "en":
        remedy = said("name {file} first", file=tracks[1].path)
        raise PipelineError("is Chinese, and the English track comes first", path=tracks[0].path, remedy=remedy)


def _report(pairing: TrackPairing) -> str:
    from pipeline.project.schema import pairing_json  # pydantic is heavy

    return pairing_json(pairing) + "\n"


def _summary(pairing: TrackPairing, tracks: Sequence[Track]) -> str:
    paired = sum(len(pair.en) + len(pair.zh) for pair in pairing.pairs)
    cues = counted(sum(len(track.cues) for track in tracks), "cue")
    form = ngettext(
        "{number:,} of {cues} are in {pairs:,} pair, {en:,} only English, {zh:,} only Chinese",
        "{number:,} of {cues} are in {pairs:,} pairs, {en:,} only English, {zh:,} only Chinese",
        len(pairing.pairs),
    )
    sentence = form.format(
        number=paired, cues=cues, pairs=len(pairing.pairs), en=len(pairing.en_only), zh=len(pairing.zh_only)
    )
    if abs(pairing.offset_ms) >= _TOLD_MS or pairing.drift != 1:
        moved = _("; the Chinese ones are moved by {seconds:+.2f} s")
        stretched = _("; the Chinese ones are moved by {seconds:+.2f} s and stretched by {factor:.4f}")
        move = stretched if pairing.drift != 1 else moved
        sentence += move.format(seconds=pairing.offset_ms / 1000, factor=pairing.drift)
    return _("{sentence}.").format(sentence=sentence)
