"""A project with one course, as those see it who update its catalogs: pages are written, and translations typed."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from click.testing import Result
from commands import invoked

CATALOGS = "locales/zh_CN/LC_MESSAGES/course"
TEXTS = ("A heading", "The first text stands here.", "The second text stands there.", "Last words of all.")
TYPED = {"The first text stands here.": "第一段。", "The second text stands there.": "第二段。", "A heading": "标题"}


def page_of(*texts: str) -> str:
    return "".join(f"{text}\n\n" for text in texts)


def write(name: str, *texts: str) -> None:
    path = Path("source_docs/course", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page_of(*texts), encoding="utf-8")


def update(*arguments: str) -> Result:
    return invoked("update", *arguments)


def translate(name: str, typed: dict[str, str], comment: str = "") -> None:
    """What a translator does to a catalog in an editor."""
    path = Path(CATALOGS, f"{name}.po")
    text = path.read_text(encoding="utf-8")
    for msgid, msgstr in typed.items():
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'{comment}msgid "{msgid}"\nmsgstr "{msgstr}"')
    path.write_text(text, encoding="utf-8")


def said(name: str) -> dict[str, str]:
    """The translations in use in a catalog; ? is before a fuzzy one."""
    found = polib.pofile(f"{CATALOGS}/{name}.po")
    return {each.msgid: "?" * each.fuzzy + each.msgstr for each in found if not each.obsolete}


def obsolete(name: str) -> dict[str, str]:
    return {each.msgid: each.msgstr for each in polib.pofile(f"{CATALOGS}/{name}.po").obsolete_entries()}


def state() -> dict[str, tuple[bytes, int]]:
    return {
        path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(Path().rglob("*"))
        if path.is_file()
    }


def start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a project in an empty folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")


def start_translated() -> None:
    """A project with one translated page."""
    write("page.en.md", *TEXTS)
    update()
    translate("page", TYPED, "# mine\n")
