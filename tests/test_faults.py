"""What may happen to a run: it is killed, the disk is full, another one is at work, files are damaged or changed meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import invoked
from golden import ROOT

from pipeline.model import PipelineError
from pipeline.project.files import clear_temporary, remove, replacing, write_atomically
from pipeline.project.load import load
from pipeline.project.lock import LOCK, LockedError, locked
from pipeline.project.orphans import Orphans
from pipeline.project.processes import host
from pipeline.project.root import project_of
from pipeline.project.update import course_update, write_catalog

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
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
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


# --- whole commands

PAGE = "source_docs/course/{}.en.md"
CATALOG = "locales/zh_CN/LC_MESSAGES/course/{}.po"
LONG = "\n\n".join(f"Text {number} of a page that is longer than the others." for number in range(400))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def run(*command: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=at, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)


def write_pages(project: Path, **texts: str) -> None:
    for name, text in texts.items():
        write_atomically(project / PAGE.format(name), f"{text}\n".encode())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_pages(tmp_path, a="Text of a.", b="Text of b.")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert invoked("update").exit_code == 0
    return tmp_path


@needs_posix
def test_updates_killed_at_random_moments_leave_whole_files_and_nothing_else(tmp_path: Path) -> None:
    result = run(sys.executable, str(ROOT / "tests/fuzz/kill_updates.py"), "10", at=tmp_path)
    assert result.returncode == 0, result.stderr
    assert " killed" in result.stdout


class TestADiskThatIsFull:
    @needs_posix
    def test_a_file_that_cannot_grow_is_told_in_one_line_and_the_old_one_stays(self, project: Path) -> None:
        before = (project / CATALOG.format("b")).read_bytes()
        write_pages(project, a="Another text.", b=LONG)
        code = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); "
        code += "sys.argv[1:] = ['update']; runpy.run_module('pipeline', run_name='__main__')"
        result = run(sys.executable, "-c", code, at=project)
        assert result.returncode == 2
        assert [line.partition(": ")[2] for line in result.stderr.splitlines()] == [
            "locales/templates/course/b.pot: cannot be written: file too large",
            f"{CATALOG.format('b')}: cannot be written: file too large",
        ]
        assert (project / CATALOG.format("b")).read_bytes() == before
        assert b"Another text." in (project / CATALOG.format("a")).read_bytes()
        assert not list(project.rglob(".bilect*"))

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a file system of its own")
    def test_no_room_ends_the_work_with_one_line(self, project: Path) -> None:
        write_pages(project, a=LONG, b=LONG)
        script = f"""
            mkdir disk && mount -t tmpfs -o size=400k none disk && cp -r source_docs locales disk && cd disk || exit 77
            dd if=/dev/zero of=filler bs=1k 2> dd
            {sys.executable} -m pipeline update; status=$?
            cmp {CATALOG.format("a")} ../{CATALOG.format("a")} && test -z "$(find . -name '.bilect*')" && exit $status
        """
        try:
            result = run("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, at=project)
        except FileNotFoundError:
            pytest.skip("there is no unshare")
        if result.returncode == 77 or "unshare" in result.stderr:
            pytest.skip("nobody but root may mount here")
        assert result.returncode == 2, result.stderr
        assert result.stderr.count("\n") == 1
        assert "cannot be written: no space left on device (every file is whole; make room, and" in result.stderr


@contextmanager
def holder(project: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock of a project until its standard input is closed."""
    code = "import sys; from pathlib import Path; from pipeline.project.lock import locked\n"
    code += "with locked(Path()): print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, cwd=project, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        yield process


@needs_posix
class TestTwoProcesses:
    def test_the_second_says_who_is_at_work_and_only_writers_care(self, project: Path) -> None:
        write_pages(project, a="Another text.")
        with holder(project) as other:
            assert "would be updated" in invoked("update", "--dry-run").stdout
            for reading in (("format", "--check"), ("extract", "--check"), ("stats",), ("repair", "source_docs")):
                assert invoked(*reading).exit_code in {0, 1}
            for writing in (
                "update",
                "run",
                "extract",
                "format",
                "repair --write locales",
                "git resolve --take ours .",
            ):
                with pytest.raises(LockedError) as told:
                    invoked(*writing.split())
                assert str(told.value) == (
                    f".bilect/lock: process {other.pid} on {host()} is at work on this project "
                    "(wait until it is done; run, update and memory fill do so with --wait)"
                )

    def test_one_that_waits_works_afterwards(self, project: Path) -> None:
        with holder(project) as other:
            told: list[str] = []

            def wait(error: LockedError) -> None:
                told.append(str(error))
                assert other.stdin
                other.stdin.close()

            with locked(project, wait):
                assert f"process {other.pid} " in told[0]
                assert (project / LOCK).read_text().startswith(f"{os.getpid()} ")
        assert not (project / LOCK).exists()

    def test_that_of_a_killed_one_does_not_hinder(self, project: Path) -> None:
        with holder(project) as other:
            other.kill()
            other.wait()
            assert (project / LOCK).exists()
            assert invoked("update").exit_code == 0
        assert not (project / LOCK).exists()


class TestDamagedCatalogs:
    @pytest.mark.parametrize("command", ["update", "run"])
    def test_one_with_conflict_markers_is_named_and_left_alone_and_the_rest_is_done(
        self, project: Path, command: str
    ) -> None:
        path = project / CATALOG.format("a")
        text = path.read_text(encoding="utf-8")
        line = text.split("\n").index('msgid "Text of a."') + 2
        damaged = text.removesuffix('msgstr ""\n') + '<<<<<<< HEAD\nmsgstr "甲"\n=======\nmsgstr "乙"\n>>>>>>> b\n'
        path.write_text(damaged, encoding="utf-8")
        write_pages(project, a="Another text.", b="Another text.")
        result = invoked(command)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"bilect: {CATALOG.format('a')}:{line}: a merge conflict ")
        assert path.read_text(encoding="utf-8") == damaged
        assert b"Another text." in (project / CATALOG.format("b")).read_bytes()

    def test_one_of_a_page_that_is_gone_is_left_alone_too(self, project: Path) -> None:
        path = project / CATALOG.format("a")
        path.write_bytes(path.read_bytes() + b"<<<<<<< HEAD\n")
        damaged = path.read_bytes()
        (project / PAGE.format("a")).unlink()
        for _ in range(2):
            result = invoked("update")
            assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert path.read_bytes() == damaged

    def test_one_that_is_a_folder_is_one_line(self, project: Path) -> None:
        (project / CATALOG.format("a")).unlink()
        (project / CATALOG.format("a")).mkdir()
        result = invoked("update")
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert CATALOG.format("a") in result.stderr

    def test_one_that_is_empty_is_made_anew(self, project: Path) -> None:
        path = project / CATALOG.format("a")
        before = path.read_bytes()
        path.write_bytes(b"\n")
        assert invoked("update").exit_code == 0
        assert path.read_bytes() == before

    @pytest.mark.parametrize("data", [b"\0\0", b"\x89PNG\r\n\x1a\n", 'msgid "甲'.encode("gb18030")])
    def test_one_that_is_no_catalog_is_left_alone(self, project: Path, data: bytes) -> None:
        path = project / CATALOG.format("a")
        path.write_bytes(data)
        result = invoked("update")
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert path.read_bytes() == data

    def test_one_that_was_saved_in_an_editor_meanwhile_is_left_alone(self, project: Path) -> None:
        write_pages(project, a="Another text.")
        found = project_of(project)
        (course,) = found.sources().courses
        made = course_update(found, load(found, course), Orphans()).catalogs[0]
        saved = (project / CATALOG.format("a")).read_bytes().replace(b'msgstr ""\n', b'msgstr "x"\n')
        (project / CATALOG.format("a")).write_bytes(saved)
        with pytest.raises(PipelineError, match="was changed meanwhile, and is left alone"):
            write_catalog(found, made)
        assert (project / CATALOG.format("a")).read_bytes() == saved


@needs_posix
def test_a_pipe_named_as_output_gets_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    page, pipe = tmp_path / "page.en.md", tmp_path / "out.pot"
    page.write_text("# Two stars\n", "utf-8")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        result = invoked("extract", str(page), "-o", str(pipe))
        printed = os.read(reader, 1 << 16)
    finally:
        os.close(reader)
    assert (result.exit_code, pipe.is_fifo()) == (0, True)
    assert b'msgid "Two stars"' in printed


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="needs /dev/stdout")
def test_the_standard_output_named_as_a_file_is_written_behind_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "page.en.md").write_text("# Two stars\n", "utf-8")
    command = [sys.executable, "-m", "pipeline", "-q", "extract", str(tmp_path / "page.en.md"), "-o", "/dev/stdout"]
    log = tmp_path / "log"
    log.write_text("first\n", "utf-8")
    with log.open("ab") as stream:
        subprocess.run(command, check=True, cwd=ROOT, stdout=stream, timeout=60)
    said = log.read_text("utf-8")
    assert said.startswith("first\n")
    assert 'msgid "Two stars"' in said


@needs_posix
def test_what_a_program_makes_takes_the_place_of_no_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "film.mp4"
    os.mkfifo(pipe)
    with pytest.raises(PipelineError, match="is no file"), replacing(pipe):
        raise AssertionError("nothing is made")
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_no_place_for_what_a_program_makes_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(PipelineError, match="cannot be written"), replacing(tmp_path / "file/film.mp4"):
        raise AssertionError("nothing is made")
    assert (tmp_path / "file").read_bytes() == b"kept"
