"""ffmpeg: the one module that starts it and ffprobe. Subtitles put into videos, and what a video holds.

No shell is in between, and no name of the user in a filter: files are named by whole paths behind ``file:``, so that
none is taken for an option or an address, and what is burnt in lies under a plain name in a folder of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.model import PipelineError
from pipeline.project.doctor import to_get
from pipeline.project.files import reason, replacing
from pipeline.text.said import said
from pipeline.text.series import listed

_QUIET = ("-nostdin", "-hide_banner", "-v", "error", "-y")
_LOCAL = ("-protocol_whitelist", "file")  # a playlist that calls itself a video fetches nothing
_SPEAKER = re.compile(r"^\[[^\]]* @ 0x[0-9a-f]+\] *", re.IGNORECASE)
_PATH = re.compile(r"^.*?file:.*?: (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class SoftTrack:
    """Subtitles for a video: a file of UTF-8, its language as ISO 639-2 says it, and the title that players show."""

    suffix: Literal[".srt", ".ass"]
    data: bytes
    language: str
    title: str


class _Container(NamedTuple):
    """A kind of video file: ffmpeg's name for it, the subtitles it gets, those it can hold, and how pictures are coded."""

    form: str
    text: str
    holds: frozenset[str]
    video: tuple[str, ...]
    options: tuple[str, ...] = ()


_H264 = ("-c:v", "libx264", "-crf", "20", "-preset", "medium", "-pix_fmt", "yuv420p")
_VP9 = ("-c:v", "libvpx-vp9", "-crf", "32", "-b:v", "0", "-cpu-used", "4", "-row-mt", "1")
_START = ("-movflags", "+faststart")  # browsers play it before they have all of it
_MATROSKA = "subrip ass ssa webvtt hdmv_pgs_subtitle dvd_subtitle dvb_subtitle"
_CONTAINERS: Mapping[str, _Container] = {
    ".mp4": _Container("mp4", "mov_text", frozenset({"mov_text"}), _H264, _START),
    ".m4v": _Container("mp4", "mov_text", frozenset({"mov_text"}), _H264, _START),
    ".mov": _Container("mov", "mov_text", frozenset({"mov_text"}), _H264, _START),
    ".mkv": _Container("matroska", "srt", frozenset(_MATROSKA.split()), _H264),
    ".webm": _Container("webm", "webvtt", frozenset({"webvtt"}), _VP9),
}


def mux(video: Path, tracks: Sequence[SoftTrack], output: Path) -> None:
    """Write ``output``: the video with ``tracks`` behind its own subtitles; nothing is coded anew, the first is shown.

    Raises:
        PipelineError: There is no ffmpeg, it refuses, or ``output`` is the video or of no kind that holds subtitles.
    """
    container = _container(output)
    _demand_other(video, output)
    there = [codec for kind, codec in _streams(video) if kind == "subtitle"]
    attached = ["-map", "0:t?"] if container.form == "matroska" else []
    with tempfile.TemporaryDirectory() as folder, replacing(output) as made:
        files = [Path(folder, f"{place}{track.suffix}") for place, track in enumerate(tracks)]
        for file, track in zip(files, tracks, strict=True):
            file.write_bytes(track.data)
        maps = ["-map", "0:v?", "-map", "0:a?", "-map", "0:s?", *attached]
        maps += [word for place in range(len(files)) for word in ("-map", str(place + 1))]
        words = [*_input(video), *(word for file in files for word in _input(file)), *maps, "-c", "copy"]
        for place, codec in enumerate(there):
            words += [f"-disposition:s:{place}", "0"]
            words += [] if codec in container.holds else [f"-c:s:{place}", container.text]
        for place, track in enumerate(tracks):
            words += _track_words(len(there) + place, track, container, is_first=not place)
        _ffmpeg([*words, *container.options, "-f", container.form, _url(made)], video, folder)


def _track_words(place: int, track: SoftTrack, container: _Container, *, is_first: bool) -> Iterator[str]:
    """How one new track is coded, called and shown."""
    is_styled = track.suffix == ".ass" and "ass" in container.holds
    yield from (f"-c:s:{place}", "ass" if is_styled else container.text)
    yield from (f"-disposition:s:{place}", "default" if is_first else "0")
    names = {"language": track.language, "title": track.title}
    if container.text == "mov_text":
        names["handler_name"] = track.title  # where players of Apple look
    for key, value in names.items():
        yield from (f"-metadata:s:s:{place}", f"{key}={value}")


def burn(video: Path, ass: bytes, output: Path) -> None:
    """Write ``output``: the video with the subtitles of an ASS file in its pictures; its sound is copied where it may be.

    Raises:
        PipelineError: There is no ffmpeg, it refuses, ``output`` is the video or no video, or the video has no pictures.
    """
    container = _container(output)
    _demand_other(video, output)
    streams = _streams(video)
    if all(kind != "video" for kind, _ in streams):
        raise PipelineError("has no pictures to burn subtitles into", path=video.as_posix(), remedy="name the video")
    even = "pad=ceil(iw/2)*2:ceil(ih/2)*2"  # which H.264 wants
    is_copied = container.form != "webm" or all(
        codec in {"opus", "vorbis"} for kind, codec in streams if kind == "audio"
    )
    sound = ["-c:a", "copy" if is_copied else "libopus"]
    with tempfile.TemporaryDirectory() as folder, replacing(output) as made:
        Path(folder, "subtitles.ass").write_bytes(ass)
        words = [*_input(video), "-map", "0:V:0", "-map", "0:a?", "-vf", f"ass=subtitles.ass,{even}", *sound]
        _ffmpeg([*words, *container.video, *container.options, "-f", container.form, _url(made)], video, folder)


def duration_ms(video: Path) -> int | None:
    """Return how long a video or a recording is, None where ffprobe is missing or cannot tell."""
    try:
        found = _probe(video, "format=duration").get("format")
        return round(float(found["duration"]) * 1000) if isinstance(found, dict) else None
    except (PipelineError, KeyError, ValueError):
        return None


def _streams(video: Path) -> list[tuple[str, str]]:
    """The kind and the codec of each stream; those of attached pictures are no "video"."""
    streams = _probe(video, "stream=codec_type,codec_name:stream_disposition=attached_pic").get("streams")
    if not isinstance(streams, list) or not any(each.get("codec_type") in {"video", "audio"} for each in streams):
        raise PipelineError("is no video", path=video.as_posix(), remedy="name a video")
    return [
        ("picture" if stream.get("disposition", {}).get("attached_pic") else stream.get("codec_type", ""),
         stream.get("codec_name", ""))
        for stream in streams
    ]  # fmt: skip


def _probe(video: Path, fields: str) -> dict[str, object]:
    said = _started(
        "ffprobe", ["-v", "error", *_LOCAL, "-show_entries", fields, "-of", "json", _url(video)], video, None
    )
    found: dict[str, object] = json.loads(said.decode("utf-8", "replace"))
    return found


def _container(output: Path) -> _Container:
    found = _CONTAINERS.get(output.suffix.lower())
    if found is None:
        remedy = said("name a file that ends in {suffixes}", suffixes=listed(_CONTAINERS))
        raise PipelineError("is no kind of video that holds subtitles", path=output.as_posix(), remedy=remedy)
    return found


def _demand_other(video: Path, output: Path) -> None:
    if output.exists() and os.path.samefile(video, output):
        raise PipelineError(
            "is the video itself, and is not overwritten", path=output.as_posix(), remedy="name another"
        )


def _url(path: Path) -> str:
    return "file:" + os.path.abspath(path)


def _input(path: Path) -> tuple[str, ...]:
    return (*_LOCAL, "-i", _url(path))


def _ffmpeg(words: Sequence[str], video: Path, folder: str) -> None:
    _started("ffmpeg", [*_QUIET, *words], video, folder)


def _started(name: str, words: Sequence[str], video: Path, folder: str | None) -> bytes:
    """What a program answers.

    Raises:
        PipelineError: It is missing, or refuses.
    """
    program = shutil.which(name)
    if program is None:
        raise PipelineError(said("{program} is not found", program=name), remedy=to_get("ffmpeg"))
    try:
        ended = subprocess.run(  # noqa: S603 - no shell
            [program, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        message = said("{program} cannot be started: {why}", program=name, why=reason(error))
        raise PipelineError(message, path=program) from error
    if ended.returncode:
        complaint = ended.stderr.decode("utf-8", "replace")
        if "No such filter: 'ass'" in complaint:
            raise PipelineError("this ffmpeg cannot burn subtitles in", remedy="install one that has libass")
        remedy = said("look whether it plays") if name == "ffprobe" else ""
        message = said("{program}: {why}", program=name, why=condensed(complaint))
        raise PipelineError(message, path=video.as_posix(), remedy=remedy)
    return ended.stdout


def condensed(said: str) -> str:
    """Return what ffmpeg says against something as one line: what it noticed first, and what it ended with."""
    lines = [_PATH.sub("", _SPEAKER.sub("", line)).strip() for line in said.splitlines()]
    lines = list(dict.fromkeys(filter(None, lines)))
    return "; ".join(dict.fromkeys(line.rstrip("-. ") for line in (*lines[:1], *lines[-1:]))).lower() or "refused"
