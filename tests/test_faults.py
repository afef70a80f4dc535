"""What may happen to a run: it is killed, the disk is full, another one is at work, files are damaged or changed meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model import PipelineError
from pipeline.project.files import clear_temporary, remove, write_atomically
from pipeline.project.lock import LOCK, LockedError, locked
from pipeline.project.processes import host

needs_posix = pytest.mark.skipif(os.name == "nt", reason="needs signals and limits of POSIX")


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def temporary_of(pid: int, folder: Path) -> Path:
    """A file as a process that writes has it beside its target."""
    code = f"import os; os.getpid = lambda: {pid}; os.replace = lambda *_: os._exit(0)\n"
    code += "from pathlib import Path; from pipeline.project.files import write_atomically\n"
    code += f"write_atomically(Path({str(folder / 'a.po')!r}), b'x')"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)
    (left,) = folder.glob(".bilect-*")
    return left


class TestTemporaryFiles:
    def test_those_of_killed_processes_are_cleared_and_no_others(self, tmp_path: Path) -> None:
        folder = tmp_path / "below"
        dead = temporary_of(ended_process(), folder)
        other = folder / dead.name.replace(f"-{dead.name.split('-')[1]}-", f"-{os.getpid():x}-")
        other.write_bytes(b"")
        mine = folder / ".bilect-notes"
        mine.write_bytes(b"")
        assert clear_temporary(tmp_path, other.stat().st_mtime) == 1
        assert (dead.exists(), other.exists(), mine.exists()) == (False, True, True)

    def test_what_another_machine_left_goes_after_a_day(self, tmp_path: Path) -> None:
        left = tmp_path / f".bilect-{os.getpid():x}-00000000-00000000"
        left.write_bytes(b"")
        now = left.stat().st_mtime
        assert clear_temporary(tmp_path, now + 60) == 0
        assert clear_temporary(tmp_path, now + 25 * 60 * 60) == 1


class TestRemoval:
    def test_folders_that_are_empty_then_go_too(self, tmp_path: Path) -> None:
        for name in ("a/b/c.pot", "a/d.pot"):
            write_atomically(tmp_path / name, b"")
        remove(tmp_path / "a/b/c.pot", tmp_path)
        assert [path.name for path in tmp_path.rglob("*")] == ["a", "d.pot"]
        remove(tmp_path / "a/d.pot", tmp_path)
        assert list(tmp_path.iterdir()) == []

    @needs_posix
    def test_nothing_outside_is_removed(self, tmp_path: Path) -> None:
        write_atomically(tmp_path / "outside/a.pot", b"")
        (tmp_path / "project").mkdir()
        (tmp_path / "project/link").symlink_to(tmp_path / "outside")
        with pytest.raises(PipelineError, match="leads out of the project"):
            remove(tmp_path / "project/link/a.pot", tmp_path / "project")
        assert (tmp_path / "outside/a.pot").exists()


class TestLock:
    def test_it_says_who_holds_it_and_leaves_nothing_behind(self, tmp_path: Path) -> None:
        with locked(tmp_path):
            assert (tmp_path / LOCK).read_text() == f"{os.getpid()} {host()}\n"
        assert list(tmp_path.iterdir()) == []

    def test_that_of_a_process_that_ended_is_taken_over(self, tmp_path: Path) -> None:
        write_atomically(tmp_path / LOCK, f"{ended_process()} {host()}\n".encode())
        with locked(tmp_path):
            assert (tmp_path / LOCK).read_text().startswith(f"{os.getpid()} ")

    def test_that_of_another_machine_is_respected_for_an_hour(self, tmp_path: Path) -> None:
        path = tmp_path / LOCK
        write_atomically(path, b"77 elsewhere\n")
        with (
            pytest.raises(LockedError, match=r"process 77 on elsewhere is at work.*delete \.bilect/lock"),
            locked(tmp_path),
        ):
            pass
        assert path.read_bytes() == b"77 elsewhere\n"
        os.utime(path, (0, 0))
        with locked(tmp_path):
            pass
        assert not path.exists()

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may write everything can lock everything")
    def test_where_nothing_can_be_written_nothing_is_locked(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with locked(tmp_path):
            assert list(tmp_path.iterdir()) == []
        tmp_path.chmod(0o700)

    def test_a_file_in_the_way_is_one_line(self, tmp_path: Path) -> None:
        (tmp_path / ".bilect").write_bytes(b"")
        with pytest.raises(PipelineError, match=r"\.bilect/lock: cannot be locked"), locked(tmp_path):
            pass
