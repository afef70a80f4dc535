"""What the documents say is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from pipeline.cli.export import _CATALOG_FORMS as CATALOG_FORMS
from pipeline.exporters.base import exporter_of_all_named, exporters
from pipeline.validator.base import rules

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("pipeline/**/*.md")])


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_says_both_commands_in_its_first_60_words(command: str) -> None:
    words = (ROOT / "README.md").read_text("utf-8").split()[:60]
    assert command in " ".join(words)


@pytest.mark.parametrize("target", ["run", "test", "lint", "types", "check", "format", "docs", "bench", "clean"])
def test_the_makefile_has_the_targets_that_the_documents_name(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_in_a_document_leads_to_a_file(document: Path) -> None:
    text = re.sub(r"^    .*|`[^`]*`", "", document.read_text("utf-8"), flags=re.MULTILINE)
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_documents_made_from_the_code_are_up_to_date() -> None:
    made = subprocess.run([sys.executable, ROOT / "docs/generate.py", "--check"], capture_output=True, check=False)
    assert (made.returncode, made.stdout + made.stderr) == (0, b""), "run make docs"


def test_every_code_in_the_source_is_a_rule_of_that_name() -> None:
    known = {each.code: each.name for each in rules()}
    for path in (ROOT / "pipeline").rglob("*.py"):
        for code, name in re.findall(r'"([A-Z]{1,2}[0-9]{3})"[,:]\s*\(?\s*"([a-z-]+)"', path.read_text("utf-8")):
            assert known.get(code) == name, f"{path.name}: {code} {name}"


def test_the_table_of_commands_has_no_more_than_a_line_of_help_each() -> None:
    assert [name for name, (_, line) in COMMANDS.items() if len(line) > 80 or not line.endswith(".")] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_command_that_a_document_names_exists(document: Path) -> None:
    named = set(re.findall(r"(?:`| {4}|\$ )bilect ([a-z]+)", document.read_text("utf-8")))
    assert named <= {*COMMANDS, "run", "check"}


def test_the_readme_names_each_format_of_export() -> None:
    rows = (ROOT / "README.md").read_text("utf-8").partition("| `bilect export` | makes |")[2].partition("\n\n")[0]
    named = {
        name for row in rows.splitlines() for name in re.findall(r"`([a-z]+)`", row.split("|")[1:2][0] if row else "")
    }
    assert set(exporters()) <= named
    assert [each for each in named - set(exporters()) - set(CATALOG_FORMS) if exporter_of_all_named(each) is None] == []
