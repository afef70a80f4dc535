"""The headers and flags of new catalogs and templates, as gettext's friends want them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.catalogs.merge import merged
from pipeline.catalogs.po import Catalog, catalog_bytes, new_catalog, read_catalog, template_bytes
from pipeline.model import Message

DATE = "2026-01-02 03:04+0800"
LATER = "2026-02-03 04:05+0000"
BUGS = "https://example.org/issues"
MESSAGES = (
    Message("50% discount for %s", references=(("a b.md", 3),), notes=("paragraph",)),
    Message("Title", "a section", (("a.md", 1), ("a.md", 9))),
)


def template(bugs: str = "") -> bytes:
    return template_bytes(MESSAGES, project="ml-course 1.0", date=DATE, bugs=bugs)


def updated(language: str, bugs: str = BUGS) -> Catalog:
    old = new_catalog(language, "ml-course 1.0", DATE)
    catalog = merged(old, read_catalog(template(bugs)), date=DATE).catalog
    catalog[0].msgstr = "五折 %s"
    return catalog


def needed(program: str) -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    return program


@pytest.mark.parametrize(
    ("language", "plural"),
    [("zh_CN", "nplurals=1; plural=0;"), ("zh_TW", "nplurals=1; plural=0;"), ("en", "nplurals=2; plural=(n != 1);")],
)
def test_plural_forms_are_those_of_the_language(language: str, plural: str) -> None:
    metadata = updated(language).metadata
    assert (metadata["Language"], metadata["Plural-Forms"]) == (language, plural)


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
def test_msgfmt_has_nothing_to_say(language: str, tmp_path: Path) -> None:
    path = tmp_path / f"{language}.po"
    path.write_bytes(catalog_bytes(updated(language)))
    command = [needed("msgfmt"), "-c", "--check-header", "-o", "/dev/null", str(path)]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


def test_i18nspector_only_misses_a_translator(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.po"
    path.write_bytes(catalog_bytes(updated("zh_CN")))
    said = subprocess.run([needed("i18nspector"), str(path)], capture_output=True, check=False).stdout.decode()
    assert said == f"W: {path}: invalid-last-translator (empty string)\n"
    path.write_text(
        path.read_text("utf-8").replace("Translator: ", "Translator: 张三 <zh@translationproject.org>"), "utf-8"
    )
    assert subprocess.run(["i18nspector", str(path)], capture_output=True, check=False).stdout == b""


def test_neither_header_is_fuzzy_and_prose_is_no_format() -> None:
    for catalog in (updated("zh_CN"), read_catalog(template())):
        assert not catalog.metadata_is_fuzzy
        assert [message.flags for message in catalog] == [["no-c-format", "no-python-format"], []]
        for name in ("POT-Creation-Date", "PO-Revision-Date"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d[+-]\d{4}|YEAR-MO-DA HO:MI\+ZONE", catalog.metadata[name])


def test_a_format_that_another_program_saw_in_prose_is_taken_back(tmp_path: Path) -> None:
    old = updated("zh_CN")
    old[0].flags, old[0].msgstr = ["python-format", "no-wrap"], "半价"
    catalog = merged(old, read_catalog(template(BUGS)), date=LATER).catalog
    assert catalog[0].flags == ["no-wrap", "no-c-format", "no-python-format"]
    assert (catalog[0].msgstr, catalog[0].fuzzy) == ("半价", False)
    path = tmp_path / "zh_CN.po"
    path.write_bytes(catalog_bytes(catalog))
    subprocess.run([needed("msgfmt"), "-c", "-o", "/dev/null", str(path)], check=True)


def test_what_a_translator_typed_in_the_header_stays_and_what_the_project_says_follows_the_template() -> None:
    catalog = updated("zh_CN", bugs="")
    typed = {
        "Last-Translator": "张三 <z@example.org>",
        "Language-Team": "组",
        "X-Poedit-Bookmarks": "1",
        "Project-Id-Version": "x",
    }
    catalog.metadata.update(typed)
    old = read_catalog(catalog_bytes(catalog))
    assert not merged(old, read_catalog(template()), date=LATER).content_changed
    result = merged(old, read_catalog(template(BUGS)), date=LATER)
    assert result.content_changed
    assert result.catalog.metadata == {**old.metadata, "Report-Msgid-Bugs-To": BUGS}
    assert not merged(result.catalog, read_catalog(template(BUGS)), date=LATER).content_changed
    assert not merged(result.catalog, read_catalog(template()), date=LATER).content_changed


def test_the_configuration_names_the_address_for_mistakes_in_the_sources(tmp_path: Path) -> None:
    (tmp_path / "source_docs/ml").mkdir(parents=True)
    (tmp_path / "source_docs/ml/a.en.md").write_text("# Deep learning\n", "utf-8")
    config = tmp_path / "bilect.toml"
    config.write_text(f'bugs = "{BUGS}"\n')
    assert bilect("run", cwd=tmp_path).status == 0
    for path in ("templates/ml/a.pot", "zh_CN/LC_MESSAGES/ml/a.po"):
        assert f'"Report-Msgid-Bugs-To: {BUGS}\\n"\n' in (tmp_path / "locales" / path).read_text("utf-8")
    config.write_text('bugs = "the forum"\n')
    assert bilect("run", cwd=tmp_path).stderr == (
        "bilect: bilect.toml:1: bugs should be an address of mail or of a page: name@example.org,"
        " https://example.org/issues, not 'the forum'\n"
    )
