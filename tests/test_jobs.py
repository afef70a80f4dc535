"""The same work on many files, in one process or in several."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from terminal import started as bilect

from pipeline.catalogs.catalog import BrokenCatalogError, whole_catalog
from pipeline.model import PipelineError
from pipeline.project.jobs import mapped
from pipeline.text.said import Said

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def _square(number: int) -> int:
    return number * number


def _end(_number: int) -> int:
    os._exit(3)


@pytest.mark.parametrize("jobs", [0, 1, 2, 100])
def test_results_come_in_the_order_of_the_tasks_whatever_the_number_of_processes(jobs: int) -> None:
    assert list(mapped(_square, range(40), jobs)) == [number * number for number in range(40)]
    assert list(mapped(_square, [], jobs)) == []


def test_another_executor_may_run_the_work() -> None:
    made: list[int] = []

    def threads(jobs: int) -> Executor:
        made.append(jobs)
        return ThreadPoolExecutor(jobs)

    assert list(mapped(_square, range(5), 3, threads)) == [0, 1, 4, 9, 16]
    assert made == [3]


@needs_signals
def test_a_process_that_dies_is_one_line() -> None:
    with pytest.raises(PipelineError, match=r"a process was ended from outside .*--jobs 1"):
        list(mapped(_end, range(4), 2))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for number in range(12):
        path = tmp_path / f"pages/{number % 3}/p{number}.en.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: [{'a' if number == 7 else 'a]'}\n---\n\n# Lecture {number}\n\nSome text.\n", "utf-8"
        )
    return tmp_path


def test_several_processes_write_and_say_what_one_does(pages: Path) -> None:
    early = {"SOURCE_DATE_EPOCH": "0"}
    one = bilect("extract", "pages", "-o", "one", "-v", cwd=pages, environment=early)
    two = bilect("extract", "pages", "-o", "two", "-v", "--jobs", "2", cwd=pages, environment=early)
    assert (two.status, two.stdout, two.stderr.replace("two", "one")) == (1, "", one.stderr)
    written = {
        name: {path.relative_to(pages / name): path.read_bytes() for path in (pages / name).rglob("*.pot")}
        for name in ("one", "two")
    }
    assert len(written["one"]) == 12
    assert written["one"] == written["two"]
    units = bilect("extract", "pages", "--format", "json", cwd=pages)
    assert bilect("extract", "pages", "--format", "json", "--jobs", "3", cwd=pages) == units
    (pages / "bilect.toml").write_text("jobs = 2\n", "utf-8")
    assert bilect("extract", "pages", "--format", "json", cwd=pages) == units


def test_what_is_wrong_with_a_catalog_comes_from_another_process_as_it_was() -> None:
    with pytest.raises(BrokenCatalogError) as broken:
        whole_catalog(b"<<<<<<< {0}\n>>>>>>> {x}\n", "page.po")
    again = pickle.loads(pickle.dumps(broken.value))
    assert (str(again), again.findings, again.path) == (str(broken.value), broken.value.findings, "page.po")
    assert isinstance(again.message, Said)


INTERRUPTED = """
import sys, types
import click
from pipeline import cli
from pipeline.project.jobs import mapped
from pipeline.text.said import Said
from test_jobs import interrupt_everybody

module = types.ModuleType("pipeline.cli.long")
module.command = click.command()(lambda: list(mapped(interrupt_everybody, range(8), 2)))
sys.modules["pipeline.cli.long"] = module
cli.COMMANDS["long"] = ("long", "Long.")
cli.main(["long"])
"""


def interrupt_everybody(number: int) -> int:
    if number == 0:
        os.killpg(os.getpgrp(), signal.SIGINT)
    return number


@needs_signals
def test_ctrl_c_is_one_line_with_several_processes_too(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parents[1])))},
        capture_output=True,
        encoding="utf-8",
        start_new_session=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (130, "")
    assert ended.stderr.strip().startswith("bilect: interrupted")
    assert ended.stderr.strip().count("\n") == 0
