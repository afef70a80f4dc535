"""`bilect init` starts a project and changes nothing that is there; `bilect doctor` says what a machine lacks."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import bilect
from test_layers import loaded

from pipeline.model import PipelineError
from pipeline.project.config import Config, config_of
from pipeline.project.doctor import SYSTEMS, needs
from pipeline.project.git import ATTRIBUTES
from pipeline.project.starting import CONFIGURATION, start_project


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_project_is_told_file_by_file_with_the_next_three_commands(tmp_path: Path) -> None:
    shown = bilect("init", "my courses", cwd=tmp_path)
    assert shown.status == 0
    made = ["bilect.toml", "source_docs/README.md", "locales/.gitkeep", ".gitattributes", ".gitignore"]
    assert shown.stdout == "".join(f"made     {path}\n" for path in made)
    assert set(files(tmp_path / "my courses")) == set(made)
    assert shown.stderr.startswith("Put a course into source_docs/: its README.md says how.\nNext in my courses:\n")
    assert bilect("init", "my courses", cwd=tmp_path).stderr.startswith("Next in my courses:\n")
    assert re.findall(r"^    (bilect \w+(?: \w+)?)  ", shown.stderr, re.MULTILINE) == [
        "bilect run", "bilect check", "bilect git install",
    ]  # fmt: skip


def test_the_example_course_runs_without_a_finding(tmp_path: Path) -> None:
    assert bilect("init", "--example", cwd=tmp_path).status == 0
    shown = bilect("run", cwd=tmp_path)
    assert (shown.status, "3 lectures, 3 with one of 3 topics" in shown.stdout) == (0, True), shown.stdout
    assert "Findings" not in shown.stdout
    assert (tmp_path / "locales/zh_CN/LC_MESSAGES/example/course.po").is_file()


def test_a_folder_with_two_pages_becomes_a_project_that_runs(tmp_path: Path) -> None:
    folder = tmp_path / "stars"
    folder.mkdir()
    (folder / "moon.en.md").write_bytes(b"# The Moon\n")
    (folder / "sun.md").write_bytes("# 太阳\n".encode())
    shown = bilect("init", cwd=folder)
    assert shown.stdout.startswith(
        "moved    moon.en.md to source_docs/stars/moon.en.md\nmoved    sun.md to source_docs/stars/sun.md\n"
    )
    assert ("kept" in shown.stdout, shown.stderr.startswith("Next:\n")) == (False, True)
    ran = bilect("run", cwd=folder)
    assert (ran.status, ran.stdout.splitlines()[1]) == (0, "    2 pages · 0 of 2 messages translated")
    assert (folder / "locales/en/LC_MESSAGES/stars/sun.po").is_file()
    assert (bilect("init", cwd=folder).status, (folder / "source_docs/stars/sun.md").is_file()) == (0, True)


def test_pages_beside_other_files_stay_and_are_told(tmp_path: Path) -> None:
    before = dict.fromkeys(("moon.en.md", "README.md", "talk.en.srt"), b"# A\n")
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    shown = bilect("init", cwd=tmp_path)
    assert shown.stderr.startswith(
        "Move moon.en.md, talk.en.srt into a course, a folder in source_docs/: what lies elsewhere is not read.\nNext:\n"
    )
    assert before.items() <= files(tmp_path).items()


def test_what_the_configuration_shows_is_what_holds_without_it() -> None:
    assert config_of(CONFIGURATION.encode(), "bilect.toml") == Config()
    every_key = re.sub(r"^# (?=\w+ = )", "", CONFIGURATION, flags=re.MULTILINE)
    assert '\nsource = "source_docs"\n' in every_key
    assert config_of(every_key.encode(), "bilect.toml") == Config()


def test_nothing_that_is_there_is_overwritten_and_twice_is_once(tmp_path: Path) -> None:
    (tmp_path / "bilect.toml").write_bytes(b'source = "pages"\n')
    (tmp_path / ".gitignore").write_bytes(b"build/\r\n*.x")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.en.md").write_bytes(b"# A\n")
    started = start_project(tmp_path, example=True)
    assert started.kept == ["bilect.toml", "pages/"]
    assert started.added == [".gitignore"]
    after = files(tmp_path)
    assert after["bilect.toml"] == b'source = "pages"\n'
    assert after[".gitignore"] == b"build/\r\n*.x\r\n/.bilect/\r\n"
    assert all(line.encode() in after[".gitattributes"] for line in ATTRIBUTES)
    assert "pages/example/course.en.md" in after
    again = start_project(tmp_path, example=True)
    assert (again.made, again.added, files(tmp_path)) == ([], [], after)


def test_a_project_in_a_project_and_a_wrong_configuration_are_told(tmp_path: Path) -> None:
    start_project(tmp_path)
    with pytest.raises(PipelineError, match="is in the project"):
        start_project(tmp_path / "locales")
    with pytest.raises(PipelineError, match="is a file"):
        start_project(tmp_path / "bilect.toml")
    (tmp_path / "bilect.toml").write_bytes(b"sources = 1\n")
    with pytest.raises(PipelineError, match="did you mean 'source'"):
        start_project(tmp_path)


def test_a_project_of_pyproject_needs_no_second_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b'[tool.bilect]\nlocales = "po"\n')
    started = start_project(tmp_path)
    assert started.kept == ["pyproject.toml"]
    assert set(files(tmp_path)) == {
        "pyproject.toml", "source_docs/README.md", "po/.gitkeep", ".gitattributes", ".gitignore",
    }  # fmt: skip


# --- doctor


def test_doctor_says_what_is_there_and_ends_with_0_where_bilect_works(tmp_path: Path) -> None:
    shown = bilect("doctor", cwd=tmp_path)
    assert shown.status == 0
    assert re.search(r"^ok +Python +3\.\d+", shown.stdout, re.MULTILINE)
    assert shown.stdout.splitlines()[-1].startswith("bilect works here")


def test_doctor_without_any_program_says_how_to_get_each_on_every_system(tmp_path: Path) -> None:
    shown = bilect("doctor", "--format", "json", cwd=tmp_path, environment={"PATH": str(tmp_path)})
    assert shown.status == 0
    found = {need["name"]: need for need in json.loads(shown.stdout)}
    for name in ("git", "git driver", "gettext", "ffmpeg", "chromium", "epubcheck"):
        assert found[name]["status"] == "missing"
        assert set(found[name]["install"]) == set(SYSTEMS)
        assert not found[name]["is_required"]
    assert found["polib"]["is_required"]


def test_doctor_itself_needs_none_of_the_packages_that_it_looks_for() -> None:
    packages = {name.partition(".")[0] for name in loaded("import pipeline.project.doctor")}
    assert packages - set(sys.stdlib_module_names) == {"pipeline"}


def test_doctor_knows_whether_git_merges_by_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def driver() -> str:
        return next(f"{need.status} {need.found}" for need in needs(tmp_path) if need.name == "git driver")

    assert driver() == "ok no repository here"
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert driver() == "missing "
    assert bilect("git", "install", cwd=tmp_path).status == 0
    assert driver() == "ok "
