"""Catalogs in real repositories: merges, rebases and cherry-picks by message, diffs that people can read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from terminal import Shown, bilect
from test_threeway import BASE, LATER, H, block, header

from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.readable import readable
from pipeline.model import PipelineError
from pipeline.project.git import ATTRIBUTES, HEADING, install, is_installed, uninstall, with_attributes
from pipeline.validator.base import findings

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

FILE = "a course/第 1.po"
BROKEN = BASE + '\nmsgid "open\nmsgstr ""\n'


class Repository:
    """A repository with a catalog, in a folder with a blank, for a user without a configuration."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "my repository"
        (self.root / "a course").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A")
        self.git("config", "user.email", "a@example.org")

    def git(self, *arguments: str, status: int = 0, environment: Mapping[str, str] | None = None) -> str:
        shown = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            capture_output=True,
            check=False,
            env={**os.environ, **(environment or {})},
        )
        assert shown.returncode == status, (shown.stdout + shown.stderr).decode()
        return (shown.stdout + shown.stderr).decode()

    def commit(self, text: str) -> None:
        (self.root / FILE).parent.mkdir(exist_ok=True)  # git takes an empty folder away
        (self.root / FILE).write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a change")

    def branches(self, base: str, ours: str, theirs: str) -> None:
        self.commit(base)
        self.git("checkout", "-q", "-b", "other")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)

    @property
    def text(self) -> str:
        return (self.root / FILE).read_bytes().decode()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {"HOME": tmp_path, "XDG_CONFIG_HOME": tmp_path / "config", "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, str(value))
    return Repository(tmp_path)


@pytest.fixture
def merging(repository: Repository) -> Repository:
    """One in which git merges catalogs by message."""
    install(repository.root / "a course")
    return repository


# --- setting up


def in_folder(repository: Repository, *arguments: str) -> Shown:
    return bilect("git", *arguments, cwd=repository.root / "a course")


def test_install_says_what_it_did_keeps_what_is_there_and_twice_is_once(repository: Repository) -> None:
    attributes = repository.root / ".gitattributes"
    attributes.write_bytes(b"*.po text eol=lf diff=po")
    shown = in_folder(repository, "install")
    assert shown.status == 0
    assert shown.stdout == (
        ".git/config: set\n    merge.bilect.name\n    merge.bilect.driver\n    diff.bilect.textconv\n"
        ".gitattributes: added\n    *.po merge=bilect diff=bilect\n    *.pot merge=bilect diff=bilect\n"
    )
    written = b"*.po text eol=lf diff=po\n\n" + "\n".join([HEADING, *ATTRIBUTES, ""]).encode()
    assert attributes.read_bytes() == written
    config = (repository.root / ".git" / "config").read_bytes()
    assert "is set already" in in_folder(repository, "install").stdout
    assert (attributes.read_bytes(), (repository.root / ".git" / "config").read_bytes()) == (written, config)


def test_uninstall_leaves_what_was_there_before(repository: Repository) -> None:
    attributes = repository.root / ".gitattributes"
    for before in (b"*.po text\n", b"*.po text\r\n*.txt text\r\n"):
        attributes.write_bytes(before)
        config = (repository.root / ".git" / "config").read_bytes()
        install(repository.root)
        assert is_installed(repository.root)
        uninstall(repository.root)
        assert not is_installed(repository.root)
        assert attributes.read_bytes() == before
        assert (repository.root / ".git" / "config").read_bytes() == config
    attributes.unlink()
    install(repository.root)
    uninstall(repository.root)
    assert not attributes.exists()
    assert [step.action for step in uninstall(repository.root)] == ["has none", "has none"]


def test_for_all_repositories_it_is_set_for_the_user(repository: Repository, tmp_path: Path) -> None:
    install(tmp_path, everywhere=True)
    assert not (repository.root / ".gitattributes").exists()
    assert (tmp_path / "config" / "git" / "attributes").is_file()
    assert is_installed(repository.root)
    uninstall(tmp_path, everywhere=True)
    assert not is_installed(repository.root)


def test_where_there_is_no_repository_or_no_git_it_says_what_to_do(tmp_path: Path, repository: Repository) -> None:
    shown = bilect("git", "install", cwd=tmp_path)
    assert shown.status == 2
    assert "is in no git repository (git init makes one; --global is for all of yours)" in shown.stderr
    shown = bilect("git", "install", cwd=repository.root, environment={"PATH": str(tmp_path)})
    assert (shown.status, shown.stderr) == (2, "bilect: git is not found (bilect doctor says how to install it)\n")


def test_attributes_that_cannot_be_written_stop_it_before_anything_is_set(
    repository: Repository, tmp_path: Path
) -> None:
    attributes = repository.root / ".gitattributes"
    config = (repository.root / ".git" / "config").read_bytes()
    attributes.mkdir()
    with pytest.raises(PipelineError, match=r"\.gitattributes: cannot be read"):
        install(repository.root)
    attributes.rmdir()
    (tmp_path / "other").write_bytes(b"x\n")
    if sys.platform != "win32":
        attributes.symlink_to(tmp_path / "other")
        with pytest.raises(PipelineError, match="leads out of the project"):
            install(repository.root)
    assert (tmp_path / "other").read_bytes() == b"x\n"
    assert (repository.root / ".git" / "config").read_bytes() == config


def test_lines_that_are_there_are_not_added_again() -> None:
    assert with_attributes(b"") == "\n".join([HEADING, *ATTRIBUTES, ""]).encode()
    assert with_attributes(with_attributes(b"*.x text\n")) == with_attributes(b"*.x text\n")
    own = "\r\n".join(ATTRIBUTES).encode()
    assert with_attributes(own) == own
    more = b"*.po text eol=lf merge=bilect diff=bilect\n*.pot diff=bilect merge=bilect\n"
    assert with_attributes(more) == more


# --- merging


def test_two_translators_in_one_file_are_no_conflict(merging: Repository) -> None:
    ours, theirs = header(LATER, by="B") + BASE.removeprefix(H).replace("甲", "改"), BASE.replace("乙", "二")
    merging.branches(BASE, ours, theirs)
    merging.git("merge", "-q", "--no-edit", "other")
    assert merging.text == ours.replace("乙", "二")
    assert merging.git("status", "--porcelain") == ""


def test_a_rebase_and_a_cherry_pick_merge_by_message_too(merging: Repository) -> None:
    merging.branches(BASE, BASE + block("d", "丁"), BASE + block("e", "戊"))
    merging.git("checkout", "-q", "-b", "third", "other")
    merging.git("rebase", "-q", "main")
    assert merging.text == BASE + block("d", "丁") + block("e", "戊")
    merging.git("checkout", "-q", "other")
    merging.git("cherry-pick", "main")
    assert merging.text == BASE + block("e", "戊") + block("d", "丁")


def test_a_file_that_both_sides_added_is_merged_too(merging: Repository) -> None:
    merging.git("add", ".gitattributes")
    merging.git("commit", "-q", "-m", "nothing yet")
    merging.git("checkout", "-q", "-b", "other")
    merging.commit(H + block("a") + block("b", "乙"))
    merging.git("checkout", "-q", "main")
    merging.commit(H + block("a", "甲") + block("b"))
    merging.git("merge", "-q", "--no-edit", "other")
    assert merging.text == H + block("a", "甲") + block("b", "乙")


def test_a_conflict_is_marked_for_git_named_by_check_and_settled_by_resolve(merging: Repository) -> None:
    merging.branches(BASE, BASE.replace("甲", "我们"), BASE.replace("甲", "他们").replace("乙", "二"))
    said = merging.git("merge", "other", status=1)
    assert f"{FILE}: both sides translated “a”\n" in said
    assert merging.git("-c", "core.quotePath=false", "status", "--porcelain") == f'UU "{FILE}"\n'
    assert "<<<<<<<" not in merging.text
    assert "二" in merging.text
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, merging.root / FILE], check=True)
    (finding,) = findings(read_catalog(merging.text.encode(), FILE))
    assert (finding.code, finding.source, finding.target) == ("PO103", "a", "我们")
    assert "“他们”" in finding.message
    kept = merging.text
    shown = bilect("git", "resolve", "--take", "theirs", FILE, cwd=merging.root)
    assert (shown.status, shown.stderr) == (0, f"{FILE}: 1 settled.\n")
    assert merging.text == BASE.replace("甲", "他们").replace("乙", "二")
    (merging.root / FILE).write_text(kept, "utf-8")
    bilect("git", "resolve", "--take", "ours", "a course", cwd=merging.root)
    assert merging.text == BASE.replace("甲", "我们").replace("乙", "二")


def test_a_broken_version_is_merged_by_lines_or_left_as_it_is_but_never_marked(merging: Repository) -> None:
    far = BASE.replace(H, H + "".join(block(f"x{number}") for number in range(9)))
    merging.branches(far, far.replace('"x0"', '"x0'), far.replace("乙", "二"))
    said = merging.git("merge", "--no-edit", "other")
    assert f"{FILE}: this side is broken in line" in said
    assert "it is merged line by line" in said
    assert merging.text == far.replace('"x0"', '"x0').replace("乙", "二")
    merging.git("reset", "-q", "--hard", "HEAD~1")
    merging.git("checkout", "-q", "other")
    merging.commit(far + '\nmsgid "open\nmsgstr "他们"\n')
    merging.git("checkout", "-q", "main")
    merging.commit(far + '\nmsgid "open\nmsgstr "我们"\n')
    assert "is left as this side has it" in merging.git("merge", "other", status=1)
    assert merging.text == far + '\nmsgid "open\nmsgstr "我们"\n'


def test_without_bilect_git_merges_lines_as_ever_and_says_so(merging: Repository) -> None:
    for name in ("merge.bilect.driver", "diff.bilect.textconv"):
        command = merging.git("config", name).rstrip("\n")
        program = command[command.index("set -- ") + 7 : command.index("; test -x")]
        merging.git(
            "config", name, command.replace(program, "/nowhere/bilect").replace("|| set -- bilect", "|| set -- gone")
        )
    far = BASE.replace(H, H + "".join(block(f"x{number}") for number in range(9)))
    merging.branches(far, far.replace('"x0"\nmsgstr ""', '"x0"\nmsgstr "零"'), far.replace("乙", "二"))
    assert f"bilect is not found: {FILE} is merged line by line" in merging.git("merge", "--no-edit", "other")
    assert "零" in merging.text
    assert "二" in merging.text
    assert '+msgstr "二"' in merging.git("diff", "HEAD~1")


# --- comparing


def test_a_diff_shows_messages_and_no_line_numbers(merging: Repository) -> None:
    merging.commit(BASE + block("d", "", "#: p.md:1\n"))
    (merging.root / FILE).write_text(BASE.replace("甲", "改") + block("d", "", "#: p.md:2\n"), "utf-8")
    diff = merging.git("diff")
    changes = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changes == ["-msgstr 甲", "+msgstr 改"]


def test_a_readable_catalog_has_a_block_a_message() -> None:
    message = (
        '\n# note\n#. origin\n#: p.md:3\n#, fuzzy\n#| msgid "was"\n'
        'msgctxt "c"\nmsgid ""\n"one\\n"\n"two"\nmsgstr "译\\x1b[2J"\n'
    )
    gone = '\n#~ msgid "x"\n#~ msgid_plural "xs"\n#~ msgstr[0] "去"\n'
    assert readable((H + message + gone).encode()).partition("\n\n")[2] == (
        "# note\n#. origin\n#, fuzzy\n#| msgid was\nmsgctxt c\nmsgid one\n    two\nmsgstr 译\\x1b[2J\n\n"
        "#~ msgid x\n#~ msgid_plural xs\n#~ msgstr[0] 去\n"
    )
    assert readable(BROKEN.encode()) == BROKEN
    assert readable(b"") == ""
