"""The subtitle formats by name and by file name; each lives in a module ``<name>_format.py`` that registers itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.recognition import recognised
from pipeline.subtitles.track import Remark, Track, findings_of
from pipeline.text.said import phrase, said
from pipeline.text.series import listed

_ALIKE = frozenset({"ass", "ssa"})  # either is read as the other


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of subtitle file is read and written.

    ``read`` takes bytes and a path for its findings; ``write`` gives canonical bytes; ``rewrite`` gives a track's file
    back with only what changed in its cues changed, ``anew`` canonical bytes with all that its file has besides cues; None
    where files of the format hold nothing else. ``labels`` gives what the file says of each cue: its style, its
    language. ``step_ms`` is the shortest time that the format can tell.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], Track]
    write: Callable[[Sequence[Cue]], bytes]
    rewrite: Callable[[Track], bytes]
    labels: Callable[[Track], tuple[str, ...]] = field(default=lambda track: ("",) * len(track.cues))
    step_ms: int = 1
    anew: Callable[[Track], bytes] | None = None


_FORMATS: dict[str, Format] = {}


def register(format_: Format) -> Format:
    """The format, known from now on by its name and its suffixes."""
    _FORMATS[format_.name] = format_
    return format_


@cache
def formats() -> tuple[Format, ...]:
    """All formats by name."""
    package = __name__.rpartition(".")[0]
    for module in iter_modules(import_module(package).__path__, f"{package}."):
        if module.name.endswith("_format"):
            import_module(module.name)
    return tuple(_FORMATS[name] for name in sorted(_FORMATS))


def format_of(path: str) -> Format:
    """The format that a file's name promises.

    Raises:
        PipelineError: no format has that suffix.
    """
    suffix = PurePath(path).suffix.lower()
    for format_ in formats():
        if suffix in format_.suffixes:
            return format_
    known = listed(sorted(suffix for format_ in formats() for suffix in format_.suffixes))
    message = said("no subtitle format has the suffix {suffix!r}", suffix=suffix) if suffix else said("has no suffix")
    raise PipelineError(message, path=path, remedy=said("known are {suffixes}", suffixes=known))


def read_track(data: bytes, path: str) -> Track:
    """The track that the bytes of the file ``path`` hold; what is wrong with it is in its findings.

    A file that surely is in another format than its name says is read as what it is, and has a finding.

    Raises:
        PipelineError: no format has the suffix of ``path``.
    """
    named, real = format_of(path), recognised(data)
    if real in {"", named.name} or {real, named.name} == _ALIKE:
        return named.read(data, path)
    track, other = _FORMATS[real].read(data, path), named.read(data, path)
    if len(track.cues) < max(1, len(other.cues)):
        return other
    form = phrase("the file is {format}, and its name says {named}")
    kind = said(form, format=real.upper(), named=named.name.upper())
    fix = said("call it {name}", name=f"{PurePath(path).stem}{_FORMATS[real].suffixes[0]}")
    remark = Remark("ST102", 1, kind, fix=fix)
    return replace(track, findings=(*findings_of(path, [remark]), *track.findings))


def read_unnamed(data: bytes, path: str) -> Track:
    """The track that bytes without a file name hold; ``path`` is what findings call them. SRT where nothing says otherwise."""
    formats()
    return _FORMATS[recognised(data) or "srt"].read(data, path)


def track_bytes(track: Track) -> bytes:
    """The file of a track: the bytes it was read from where no cue changed, and else only those cues new."""
    formats()
    return _FORMATS[track.format].rewrite(track)


def bytes_anew(track: Track) -> bytes:
    """A canonical file of a track in its own format, with the styles, notes and settings of the file it was read from."""
    formats()
    form = _FORMATS[track.format]
    return form.anew(track) if form.anew else form.write(track.cues)


def step_of(track: Track) -> int:
    """The shortest time in ms that the format of a track can tell."""
    formats()
    return _FORMATS[track.format].step_ms


def labels_of(track: Track) -> tuple[str, ...]:
    """What the file of a track says of each cue besides its text: the style of ASS, the language of TTML; else nothing."""
    formats()
    return _FORMATS[track.format].labels(track)
