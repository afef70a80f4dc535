"""Updates that are killed at a random moment while they write: every file is the old one or the new one.

    python tests/fuzz/kill_updates.py [ROUNDS [SEED [spawn]]]

A project with translated pages is changed everywhere: texts, names of pages, a page that goes. `bilect update` is started
and killed with SIGKILL, ROUNDS times, each time from the old state; then it may finish, and must leave the new state and
nothing else. Processes are forked from this one, which has the command loaded; with `spawn` each is a new `python -m
pipeline`, which takes longer and is killed no better.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT)]

from pipeline.cli import main  # noqa: E402

COURSE = Path("source_docs/course")
FIRST = Path("locales/templates/course/renamed0.pot")
PAGES = 10
State = Mapping[str, bytes]


def forked() -> int:
    """Start `bilect update` in a copy of this process; return its id."""
    pid = os.fork()
    if pid:
        return pid
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        main(["update"])
    except SystemExit as end:
        os._exit(int(str(end.code or 0)))
    finally:
        os._exit(70)


def spawned() -> int:
    """Start `python -m pipeline update`; return the id of its process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipeline", "update"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid


def write_pages(version: int) -> None:
    """Write the pages of the old version, 0, or of the new one, 1, in which some have other names and one is gone."""
    shutil.rmtree(COURSE, ignore_errors=True)
    COURSE.mkdir(parents=True)
    for number in range(PAGES - version):
        name = f"{'renamed' if version and number % 4 == 0 else 'page'}{number}.en.md"
        texts = [f"Text {text} of page {number}{' is new' * (version and text == 3)}." for text in range(40)]
        (COURSE / name).write_text("\n\n".join(texts), encoding="utf-8")


def translate() -> None:
    for path in Path("locales").rglob("*.po"):
        head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
        typed = rest.replace('msgstr ""', 'msgstr "译文"')
        path.write_text(f"{head}\n\n{typed}", encoding="utf-8")


def state() -> State:
    """The files of the locales; those that are being written are none."""
    return {
        str(path): path.read_bytes()
        for path in sorted(Path("locales").rglob("*"))
        if path.is_file() and not path.name.startswith(".bilect-")
    }


def restored(old: Path) -> None:
    shutil.rmtree("locales")
    shutil.copytree(old, "locales")


def ended(pid: int, deadline: float = float("inf")) -> int | None:
    """The exit status of a process, None where it still runs at the deadline; negative for a signal."""
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.perf_counter() > deadline:
            return None
        time.sleep(0.0002)


def begun(start: Callable[[], int]) -> tuple[int, float]:
    """A process that has just begun to write the first new file, and when that was."""
    pid = start()
    while not FIRST.exists():
        time.sleep(0.0001)
    return pid, time.perf_counter()


def judged(old: State, new: State) -> str:
    """What a killed update left: nothing, a part or all of the new files, each of them whole.

    Raises:
        AssertionError: A file is neither the old nor the new one, or a text is in none.
    """
    now = state()
    for path, data in now.items():
        assert data in (old.get(path), new.get(path)), f"{path} is neither the old nor the new file"
    for path in old.keys() & new.keys():
        assert path in now, f"{path} is missing"
    for path in old.keys() - new.keys() - now.keys():
        assert new.items() & now.items(), f"{path} went before anything came"
    return "none written" if now == old else "all written" if now == new else "a part written"


def finished(start: Callable[[], int], new: State) -> float:
    """Let an update finish; the seconds that its writing took."""
    pid, since = begun(start)
    assert ended(pid) == 0, "an update after a killed one fails"
    taken = time.perf_counter() - since
    assert state() == new, "an update after a killed one does not make what one alone makes"
    assert not list(Path().rglob(".bilect*")), "an update after a killed one leaves files behind"
    return taken


def run(rounds: int, seed: int, start: Callable[[], int]) -> Counter[str]:
    """Kill updates in the current folder; return how often they had written what."""
    write_pages(0)
    ended(start())
    translate()
    shutil.copytree("locales", "old")
    old = state()
    write_pages(1)
    ended(start())
    new = state()
    restored(Path("old"))
    taken = finished(start, new)
    chance, results = random.Random(seed), Counter[str]()
    for _ in range(rounds):
        left = list(Path("locales").rglob(".bilect-*"))
        restored(Path("old"))
        for path in left:  # from one kill to the next, as if nobody had cleared them
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
        pid, since = begun(start)
        if ended(pid, since + chance.uniform(0, taken)) is None:
            os.kill(pid, signal.SIGKILL)
            ended(pid)
            results["killed"] += 1
        results[judged(old, new)] += 1
        results["temporary files left"] += any(True for _ in Path("locales").rglob(".bilect-*"))
    finished(start, new)
    return results


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:] if text.isdecimal()]
    count = numbers[0] if numbers else 200
    number = numbers[1] if len(numbers) > 1 else 1
    os.environ["SOURCE_DATE_EPOCH"] = "1760000000"
    import_module("pipeline.cli.update")  # before the processes are forked
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        found = run(count, number, spawned if "spawn" in sys.argv else forked)
        os.chdir(ROOT)
    print(f"{count} updates, " + ", ".join(f"{found[name]} {name}" for name in sorted(found)))
