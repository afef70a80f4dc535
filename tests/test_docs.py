"""What the documents say is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from pipeline.validator.base import rules

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("pipeline/**/*.md")])


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_says_both_commands_in_its_first_60_words(command: str) -> None:
    words = (ROOT / "README.md").read_text("utf-8").split()[:60]
    assert command in " ".join(words)


@pytest.mark.parametrize("target", ["run", "test", "lint", "types", "check", "format", "bench", "clean"])
def test_the_makefile_has_the_targets_that_the_documents_name(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_in_a_document_leads_to_a_file(document: Path) -> None:
    text = re.sub(r"^    .*|`[^`]*`", "", document.read_text("utf-8"), flags=re.MULTILINE)
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_page_of_rules_lists_every_rule_with_its_page() -> None:
    table = re.findall(
        r"^\| (\w+) \| \[([\w-]+)\]\(([^)]+)\)", (ROOT / "docs/rules.md").read_text("utf-8"), re.MULTILINE
    )
    assert {(each.code, each.name) for each in rules()} <= {(code, name) for code, name, _ in table}
    for code, name, page in table:
        assert (ROOT / "docs" / page).read_text("utf-8").startswith(f"# {code} {name}\n")
    pages = {path.stem for path in (ROOT / "pipeline" / "validator" / "docs").glob("*.md")}
    assert pages == {name for _, name, _ in table}
    assert table == sorted(table)


def test_the_table_of_commands_has_no_more_than_a_line_of_help_each() -> None:
    assert [name for name, (_, line) in COMMANDS.items() if len(line) > 80 or not line.endswith(".")] == []
