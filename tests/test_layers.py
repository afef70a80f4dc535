"""The floors of the house: imports go downwards only, never round, and a quick start loads nothing heavy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pipeline import model

ROOT = Path(__file__).parent.parent
FLOORS = {
    "model": 0,
    "text": 1,
    "extractors": 2,
    "catalogs": 2,
    "subtitles": 2,
    "align": 3,
    "validator": 4,
    "exporters": 4,
    "project": 5,
    "cli": 6,
    "__main__": 7,
}


def modules() -> dict[str, Path]:
    paths = sorted((ROOT / "pipeline").rglob("*.py"))
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imported_by(name: str, path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of the project that a module imports anywhere, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative imports hide the floor"
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (each for each in names if each in known and each != name)


def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: set(imported_by(name, path, known)) for name, path in known.items()}


def part(name: str) -> str:
    """The package or module directly under `pipeline`; empty for `pipeline` itself."""
    return name.split(".")[1] if "." in name else ""


def test_every_module_stands_on_a_floor() -> None:
    assert {part(name) for name in modules()} - {""} <= set(FLOORS)


def test_no_floor_imports_a_higher_one_or_its_neighbour() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, others in graph().items()
        for other in sorted(others)
        if part(name) and part(other) and part(name) != part(other) and FLOORS[part(other)] >= FLOORS[part(name)]
    ]
    assert wrong == []


def test_only_commands_and_the_reports_for_people_speak_the_language_of_the_user() -> None:
    tellers = {name for name, others in graph().items() if "pipeline.text.tongue" in others and part(name) != "cli"}
    assert tellers == {f"pipeline.validator.reports.{each}" for each in ("common", "page", "text")}


def test_only_the_command_line_imports_the_public_interface() -> None:
    assert [name for name, others in graph().items() if "pipeline" in others and part(name) != "cli"] == []


def test_there_are_no_import_cycles() -> None:
    imports = graph()

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = imports[waiting.pop()] - seen
            seen |= new
            waiting += new
        return seen

    assert [name for name in imports if name in reach(name)] == []


def loaded(statement: str) -> set[str]:
    """Return what a statement makes a fresh interpreter load, besides what it loads anyway."""
    program = f"import sys; before = set(sys.modules)\n{statement}\nprint(*sorted(set(sys.modules) - before))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    return set(shown.stdout.splitlines()[-1].split())


HELP = "from pipeline.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"


@pytest.mark.parametrize(("statement", "allowed"), [("import pipeline", {"pipeline"}), (HELP, {"pipeline", "click"})])
def test_a_quick_start_loads_no_library_but_click(statement: str, allowed: set[str]) -> None:
    packages = {name.partition(".")[0] for name in loaded(statement)}
    assert packages - set(sys.stdlib_module_names) == allowed


def test_help_loads_no_module_that_it_does_not_need() -> None:
    floors = {part(name) for name in loaded(HELP) if name.startswith("pipeline")}
    assert floors == {"", "model", "text", "cli"}
    assert "pipeline.text.script" not in loaded(HELP)


def test_every_word_of_the_model_is_found_and_no_other() -> None:
    assert all(hasattr(model, name) for name in model.__all__)
    assert not hasattr(model, "Lektion")
    assert set(model.__all__) <= set(dir(model))
    assert not {name for name in loaded(HELP) if name.startswith("pipeline.model.")}


@pytest.mark.parametrize("module", ["pipeline", "pipeline.model"])
def test_help_shows_what_is_not_loaded_yet(module: str) -> None:
    program = f"import pydoc, {module} as shown; print(pydoc.plaintext.document(shown))"
    page = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True).stdout
    for name in sys.modules[module].__all__:
        assert re.search(rf"^    (?:class )?{name}\b", page, re.MULTILINE), name


def test_extracting_a_page_loads_nothing_that_only_other_pages_need(tmp_path: Path) -> None:
    page = tmp_path / "page.en.md"
    page.write_text("# One **word**\n\nAnd 第一讲.\n", "utf-8")
    run = f"main(['extract', '-C', {str(tmp_path)!r}, 'page.en.md', '-o', 'page.en.pot', '-q'])"
    heavy = {"html", "json", "pipeline.text.script", "pydantic", "shutil", "signal", "yaml"}
    assert loaded(f"from pipeline.cli import main\ntry: {run}\nexcept SystemExit: pass") & heavy == set()
    assert page.with_suffix(".pot").is_file()
