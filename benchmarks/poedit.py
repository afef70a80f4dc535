"""Prints what Poedit loses and changes in catalogs of ours: each is opened, one message is translated, and it is saved.

Needs Debian's packages poedit, xvfb and xdotool. With --screenshot FOLDER (and imagemagick) it shows what a translator sees.
Ends with 1 when something was lost that docs/translators.md does not name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib

from pipeline.catalogs.po import Catalog, read_catalog

ROOT = Path(__file__).parent.parent
NEEDED = ("poedit", "Xvfb", "xdotool")
TYPED = "bilect was here"
PATIENCE = 20.0  # seconds for a window or a saved file
KNOWN_LOSSES = ("flag max-length:9",)  # gettext keeps no flag that it does not know

CATALOG = r"""# 机器学习课程
# a second line of the translators' own
msgid ""
msgstr ""
"Project-Id-Version: ml-course 1.0\n"
"Report-Msgid-Bugs-To: https://example.org/issues\n"
"POT-Creation-Date: 2026-11-01 10:00+0000\n"
"PO-Revision-Date: 2026-11-01 10:00+0000\n"
"Last-Translator: 张三 <zhang@example.org>\n"
"Language-Team: 课程组 <team@example.org>\n"
"Language: zh_CN\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"X-Generator: bilect\n"
"X-Ours: kept\n"

# 译者的注
#. heading 2
#. before it: Machine Learning · after it: Deep Learning
#: source_docs/ml/course.md:3
#: source_docs/ml/course.md:30
msgid "Weak supervision"
msgstr ""

#. paragraph · section: Weak supervision
#: source_docs/ml/my%20page.md:9
#, no-c-format, no-python-format
msgid "At least 50% discount for everybody who has never learned from a model that makes more mistakes than they do."
msgstr "从没跟错误比自己还多的模型学过东西的人，至少打五折。"

#. paragraph
#: source_docs/ml/course.md:5
#, fuzzy
#| msgctxt "Old section"
#| msgid "One old paragraph."
msgctxt "New section"
msgid "One new paragraph."
msgstr "一个旧段落。"

#. list item
#: source_docs/ml/course.md:7
#, max-length:9
msgid "short"
msgstr "短"

#. code
#: source_docs/ml/course.md:12
msgid ""
"first line\n"
"second \"line\"\t\\n\n"
msgstr ""
"第一行\n"
"第二\"行\"\t\\n\n"

# 留着
#, fuzzy
#~| msgid "before it was gone"
#~ msgid "gone"
#~ msgstr "没了"

#~ msgctxt "a section"
#~ msgid "gone too"
#~ msgstr "也没了"
"""


@contextmanager
def started(*command: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the block."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def screen() -> Iterator[str]:
    """A screen in memory, by its name."""
    with started("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", environment={}) as server:
        assert server.stdout
        yield f":{server.stdout.readline().decode().strip()}"


def pressed(display: str, *words: str) -> str:
    """What xdotool answers."""
    done = subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": display}, capture_output=True, check=False)
    return done.stdout.decode().strip()


def window(display: str, name: str) -> tuple[str, int, int]:
    """The window whose title begins with the name, and its width and height."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = pressed(display, "search", "--onlyvisible", "--name", f"^{name}").split()
        if found:
            time.sleep(2)  # until what is in it has its places
            shape = dict(
                line.split("=") for line in pressed(display, "getwindowgeometry", "--shell", found[0]).splitlines()
            )
            return found[0], int(shape["WIDTH"]), int(shape["HEIGHT"])
        time.sleep(0.2)
    raise TimeoutError(f"Poedit shows no window for {name}")


def saved_by_poedit(path: Path, screenshot: Path | None) -> bytes:
    """The bytes of the catalog after a person translated the first message of the list in Poedit."""
    home = path.parent / "home"
    home.mkdir(exist_ok=True)
    before = path.read_bytes()
    with screen() as display:
        environment = {"DISPLAY": display, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LANG": "C.UTF-8"}
        with started("poedit", str(path), environment=environment):
            shown, width, height = window(display, path.name)
            pressed(display, "windowfocus", shown)
            pressed(display, "mousemove", "--window", shown, str(width // 4), str(height - 90), "click", "1")
            pressed(display, "key", "ctrl+a")
            pressed(display, "type", "--delay", "40", TYPED)
            if screenshot and shutil.which("import"):
                picture = str(screenshot / f"{path.stem}.png")
                subprocess.run(["import", "-display", display, "-window", "root", picture], check=True)
            pressed(display, "key", "ctrl+s")
            until = time.monotonic() + PATIENCE
            while path.read_bytes() == before and time.monotonic() < until:
                time.sleep(0.2)
            time.sleep(1)
    return path.read_bytes()


def differences(old: Catalog, new: Catalog) -> tuple[list[str], list[str]]:
    """What was lost, and what else is not as it was."""
    lost, changed = [], []
    for name, value in old.metadata.items():
        if name not in new.metadata:
            lost.append(f"header field {name}")
        elif new.metadata[name] != value:
            changed.append(f"header field {name}: {value!r} is {new.metadata[name]!r}")
    changed += [f"new header field {name}" for name in new.metadata if name not in old.metadata]
    if old.header != new.header:
        lost.append("the comment of the header")
    others = {(each.msgctxt, each.msgid, each.obsolete): each for each in new}
    for message in old:
        other = others.get((message.msgctxt, message.msgid, message.obsolete))
        if other is None:
            lost.append(f"message {message.msgid!r}")
            continue
        lost += [f"flag {flag} of {message.msgid!r}" for flag in message.flags if flag not in other.flags]
        changed += [f"flag {flag} at {message.msgid!r}" for flag in other.flags if flag not in message.flags]
        lost += [
            f"{name} of {message.msgid!r}" for name in ATTRIBUTES if getattr(message, name) != getattr(other, name)
        ]
        if message.msgstr != other.msgstr:
            (changed if is_work(message, other) else lost).append(f"translation of {message.msgid!r}: {other.msgstr!r}")
    if [each.msgid for each in old] != [each.msgid for each in new]:
        changed.append("order of the messages")
    return lost, changed


ATTRIBUTES = (
    "comment", "tcomment", "occurrences", "msgid_plural", "previous_msgctxt", "previous_msgid", "previous_msgid_plural",
)  # fmt: skip


def is_work(message: polib.POEntry, other: polib.POEntry) -> bool:
    return bool(other.msgstr == TYPED and not message.obsolete)


def lines_of(before: bytes, after: bytes) -> str:
    """How many lines of the file are not as they were."""
    old, new = before.splitlines(), after.splitlines()
    return f"{len(set(new) - set(old))} of {len(new)} lines are new, {len(set(old) - set(new))} are gone"


def main() -> int:
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        print(f"skipped: {', '.join(missing)} not installed (apt-get install poedit xvfb xdotool)")
        return 0
    screenshots = Path(sys.argv[2]).resolve() if sys.argv[1:2] == ["--screenshot"] else None
    ours = {"everything.po": CATALOG.encode()}
    for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/*/*.po")):
        ours[f"{path.parent.name}-{path.name}"] = path.read_bytes()
    failed = False
    for name, data in ours.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(data)
            after = saved_by_poedit(path, screenshots)
        lost, changed = differences(read_catalog(data, name), read_catalog(after, name))
        unknown = [each for each in lost if not each.startswith(KNOWN_LOSSES)]
        failed = failed or bool(unknown) or not any(TYPED in each for each in changed)
        print(f"{name}: {lines_of(data, after)}")
        print("".join(f"  lost     {each}\n" for each in lost) + "".join(f"  changed  {each}\n" for each in changed))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
