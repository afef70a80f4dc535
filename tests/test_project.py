"""A project on disk: its configuration, its courses, and writing files whole or not at all."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PipelineError
from pipeline.project.config import Config, config_of, course_settings
from pipeline.project.discovery import discovered
from pipeline.project.files import LARGEST, read_bytes, write_atomically, write_generated
from pipeline.project.root import project_of
from pipeline.project.toml import line_of
from pipeline.subtitles.limits import LIMITS
from pipeline.text.naming import file_name, translated_name
from pipeline.validator.acceptance import Acceptance

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
needs_a_user = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")


def a_tree(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")


# --- configuration


def test_every_key_of_a_configuration_has_a_default() -> None:
    assert config_of(b"", "bilect.toml") == Config()


def test_subtitles_have_the_limits_of_a_preset_but_for_what_the_project_says_itself() -> None:
    config = config_of(b'[subtitles]\npreset = "bbc"\nlines = 3\nfinal_stops = false\n', "bilect.toml")
    assert config is not None
    assert config.subtitles.limits == LIMITS["bbc"]._replace(lines=3, final_stops=False)


def test_a_configuration_may_stand_in_pyproject_and_begin_with_a_byte_order_mark() -> None:
    text = b'\xef\xbb\xbf[project]\nname = "x"\n[tool.bilect]\nsource = "pages/"\njobs = 2\n'
    assert config_of(text, "pyproject.toml", ("tool", "bilect")) == Config(source="pages", jobs=2)
    assert config_of(b"[project]\n", "pyproject.toml", ("tool", "bilect")) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('locale = "po"', "bilect.toml:1: unknown key 'locale' (did you mean 'locales'?)"),
        ('\nxyz = "po"', "bilect.toml:2: unknown key 'xyz' (known keys: source, locales, build"),
        ("references = 0", "bilect.toml:1: references should be full, file, none or a number of lines, not 0"),
        ("jobs = -1", "bilect.toml:1: jobs should be greater than or equal to 0, not -1"),
        ('fuzzy = "yes"', "bilect.toml:1: fuzzy should be 'use', 'mark' or 'source', not 'yes'"),
        ('# a\nsource = "../x"', "bilect.toml:2: source should be a folder inside the project, written with /, not"),
        ('build = "locales/out"', "source, locales and build should be apart: locales/out is in locales"),
        ("a = \n", "bilect.toml:1: is not TOML: Invalid value"),
        ('[subtitles]\npreset = "tde"', "bilect.toml:2: subtitles.preset should be one of netflix, netflix-child, "),
        ("[subtitles]\nlnes = 2", "bilect.toml:2: unknown key 'lnes' (did you mean 'lines'?)"),
        ("[subtitles]\nshortest = 8000", "bilect.toml:1: subtitles should have a longest that is no less than its"),
        ("x = [", "bilect.toml:1: is not TOML: "),
    ],
)
def test_a_wrong_configuration_is_one_line_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PipelineError) as caught:
        config_of(text.encode(), "bilect.toml")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_key_of_pyproject_is_found_in_its_own_table() -> None:
    with pytest.raises(PipelineError, match=r"pyproject.toml:4: unknown key 'jbos' \(did you mean 'jobs'\?\)"):
        config_of(b"[tool.other]\njbos = 1\n[tool.bilect]\njbos = 1\n", "pyproject.toml", ("tool", "bilect"))


def test_a_configuration_that_is_not_utf8_says_the_line() -> None:
    with pytest.raises(PipelineError, match=r"bilect\.toml:2: is not UTF-8"):
        config_of("a = 1\n# 中".encode("gb18030"), "bilect.toml")


COURSE = """\
title = "行星运动"
codes = ["7.021"]
languages = ["en", "zh_CN"]

[[accept]]
rule = "spacing-drift"
reason = "the table is generated"
text = "VLA"

[[pin]]
lecture = 3
topic = 0

[[pin]]
en = "Orbits"
zh = 2

[[accept]]
rule = "A101"
reason = "an introduction"
page = "course.zh.md"
line = 7
"""


def test_a_course_file_says_titles_codes_acceptances_with_their_lines_and_pins() -> None:
    settings = course_settings(COURSE.encode(), "c/course.toml")
    assert (settings.titles, settings.codes, settings.languages) == ({"zh": "行星运动"}, ("7.021",), ("en", "zh_CN"))
    assert settings.acceptances == (
        Acceptance("spacing-drift", "the table is generated", text="VLA", at=5),
        Acceptance("A101", "an introduction", page="course.zh.md", line=7, at=18),
    )
    assert (settings.topic_pins, settings.lecture_pins) == (((3, 0),), (("Orbits", 2),))
    assert [pin.at for pin in settings.pins] == [10, 14]


def test_a_course_may_have_a_title_in_each_language() -> None:
    assert course_settings('[title]\nen = "A"\nzh = "甲"\n'.encode(), "c").titles == {"en": "A", "zh": "甲"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[accept]]\nrule = "a"\n', "course.toml:1: [[accept]] has no 'reason' (write reason = …)"),
        ('[[accept]]\nrule = "a"\nreason = " "\n', "course.toml:3: accept.reason "),
        (
            '[[accept]]\nrule="a"\nreason="b"\n[[accept]]\nrule="a"\nreasn="b"\n',
            "course.toml:6: unknown key 'reasn' (did you",
        ),
        ("[[pin]]\nlecture = 1\n", "course.toml:1: [[pin]] should have lecture and topic, or en and zh"),
        ('[title]\nfr = "a"\n', "course.toml:2: title.fr should be 'en' or 'zh'"),
        ("[[pin]]\nlecture = 1\ntopik = 1\n", "course.toml:3: unknown key 'topik' (did you mean 'topic'?)"),
    ],
)
def test_a_wrong_course_file_is_one_line_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PipelineError) as caught:
        course_settings(text.encode(), "course.toml")
    assert said in str(caught.value)


def test_the_line_of_a_key_is_looked_for_in_its_own_table() -> None:
    lines = COURSE.splitlines()
    assert [line_of(lines, ("accept", n, "rule")) for n in (0, 1)] == [6, 19]
    assert line_of(lines, ("accept", 1, "absent")) == 18


# --- finding


def test_the_project_is_the_nearest_folder_upwards_that_has_sources_or_a_configuration(tmp_path: Path) -> None:
    a_tree(tmp_path, "source_docs/astronomy/course.zh.md", "inner/bilect.toml", "inner/a/b/page.md")
    assert project_of(tmp_path / "source_docs" / "astronomy").root == tmp_path.resolve()
    assert project_of(tmp_path / "inner" / "a" / "b").root == (tmp_path / "inner").resolve()


def test_no_project_reaches_beyond_its_repository(tmp_path: Path) -> None:
    a_tree(tmp_path, "source_docs/a.md", "repository/.git/HEAD", "repository/sub/a.md")
    with pytest.raises(PipelineError, match="no project here"):
        project_of(tmp_path / "repository" / "sub")


# --- discovery


def test_courses_and_their_files_are_found_sorted_with_the_language_of_their_names(tmp_path: Path) -> None:
    a_tree(
        tmp_path,
        *("src/README.md", "src/b/README.md", "src/b/readme.zh.md", "src/b/course.toml", "src/b/notes.txt"),
        *("src/b/course.zh.md", "src/b/course.en.md", "src/b/week1/README.md", "src/b/talk.zh-Hans.srt"),
        *("src/a/6.S897.md", "src/loose.html", "src/.hidden/x.md", "src/b/.x.md", "src/empty/notes.txt"),
    )
    sources = discovered(tmp_path, "src")
    assert sources.troubles == ()
    assert [(course.name, course.path, course.settings) for course in sources.courses] == [
        ("", "src", ""),
        ("a", "src/a", ""),
        ("b", "src/b", "src/b/course.toml"),
    ]
    assert [(page.path, page.name, page.language) for course in sources.courses for page in course.pages] == [
        ("src/loose.html", "loose", None),
        ("src/a/6.S897.md", "6.S897", None),
        ("src/b/course.en.md", "course", "en"),
        ("src/b/course.zh.md", "course", "zh_CN"),
        ("src/b/week1/README.md", "week1/README", None),
    ]
    assert [(file.path, file.language, file.course) for file in sources.courses[2].subtitles] == [
        ("src/b/talk.zh-Hans.srt", "zh_CN", "src/b")
    ]


@pytest.mark.parametrize(("paths", "said"), [(["x/a.md"], "src: cannot be read"), (["src/b/a.txt"], "holds no page")])
def test_a_missing_or_empty_source_folder_is_one_trouble(tmp_path: Path, paths: list[str], said: str) -> None:
    a_tree(tmp_path, *paths)
    (trouble,) = discovered(tmp_path, "src").troubles
    assert said in str(trouble)


@needs_links
def test_a_link_that_leads_out_of_the_project_is_no_source(tmp_path: Path) -> None:
    a_tree(tmp_path, "secret.md", "home/src/b/own.md")
    (tmp_path / "home/src/b/linked.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "home/src/b/near.md").symlink_to(tmp_path / "home/src/b/own.md")
    (tmp_path / "home/out").symlink_to(tmp_path)
    pages = [page.path for course in discovered(tmp_path / "home", "src").courses for page in course.pages]
    assert pages == ["src/b/near.md", "src/b/own.md"]
    assert "leads out of the project" in str(discovered(tmp_path / "home", "out").troubles[0])


@pytest.mark.parametrize(
    ("name", "stem", "language", "extension"),
    [
        ("course.zh.md", "course", "zh_CN", ".md"),
        ("talk.en-US.srt", "talk", "en", ".srt"),
        ("talk.zh_TW.srt", "talk", "zh_TW", ".srt"),
        ("a.b.chs.srt", "a.b", "zh_CN", ".srt"),
        ("en.md", "en", None, ".md"),
        (".en.md", ".en", None, ".md"),
        ("notes", "notes", None, ""),
        (".hidden", ".hidden", None, ""),
    ],
)
def test_a_file_name_says_its_language(name: str, stem: str, language: str | None, extension: str) -> None:
    assert file_name(name) == (stem, language, extension)


def test_a_translated_page_keeps_its_name_but_for_the_language() -> None:
    assert translated_name("foo.en.md", "zh_TW") == "foo.zh_TW.md"
    assert file_name(translated_name("foo.en.md", "zh_TW")).language == "zh_TW"
    assert translated_name("foo.zh-Hans.srt", "en") == "foo.en.srt"


# --- writing


@given(data=st.binary(max_size=200), before=st.none() | st.binary(max_size=200))
def test_what_is_written_is_what_is_read_and_only_a_change_is_written(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, before: bytes | None
) -> None:
    path = tmp_path_factory.mktemp("w") / "deep" / "a.po"
    if before is not None:
        write_atomically(path, before)
    assert write_atomically(path, data) == (data != before)
    assert read_bytes(path) == data
    assert [each.name for each in path.parent.iterdir()] == ["a.po"]


def test_equal_bytes_leave_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_atomically(path, b"x")
    os.utime(path, (1, 1))
    assert not write_atomically(path, b"x")
    assert path.stat().st_mtime == 1


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".po")
    assert write_atomically(path, b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_permissions_of_a_file_are_kept_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    path, new = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"")
    path.chmod(0o640)
    write_atomically(path, b"x")
    write_atomically(new, b"x")
    (tmp_path / "c").write_bytes(b"")
    assert path.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == (tmp_path / "c").stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is being replaced is refused to others there")
def test_of_two_who_make_one_file_at_once_one_has_it_whole(tmp_path: Path) -> None:
    texts = [letter * 100_000 for letter in (b"a", b"b")]
    with ThreadPoolExecutor(2) as threads:
        for number in range(20):
            path = tmp_path / f"{number}.pot"
            list(threads.map(write_generated, [path, path], texts))
            assert path.read_bytes() in texts
    assert len(list(tmp_path.iterdir())) == 20


@needs_links
def test_no_link_leads_a_write_out_of_the_project(tmp_path: Path) -> None:
    a_tree(tmp_path, "home/source_docs/a.md", "outside/kept", "home/real/f")
    (tmp_path / "home/out").symlink_to(tmp_path / "outside")
    (tmp_path / "home/leaf").symlink_to(tmp_path / "outside/kept")
    (tmp_path / "home/near").symlink_to(tmp_path / "home/real")
    project = project_of(tmp_path / "home")
    for path in ("out/new", "leaf", "../up", "out/kept"):
        with pytest.raises(PipelineError, match="leads out of the project"):
            project.write(path, b"x")
    assert project.write("near/f", b"x")
    assert sorted(each.name for each in (tmp_path / "outside").iterdir()) == ["kept"]
    assert (tmp_path / "outside/kept").read_bytes() == b""
    assert (tmp_path / "home/near").is_symlink()


@needs_links
def test_a_link_to_a_file_of_the_project_stays_and_its_file_is_written(tmp_path: Path) -> None:
    a_tree(tmp_path, "home/source_docs/a.md", "home/real/f")
    (tmp_path / "home/leaf").symlink_to(tmp_path / "home/real/f")
    (tmp_path / "home/later").symlink_to(tmp_path / "home/real/g")
    project = project_of(tmp_path / "home")
    assert project.write("leaf", b"x")
    assert project.write("later", b"y")
    assert [(tmp_path / "home/real" / name).read_bytes() for name in "fg"] == [b"x", b"y"]
    assert all((tmp_path / "home" / name).is_symlink() for name in ("leaf", "later"))


@needs_links
def test_a_loop_of_links_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(PipelineError, match="cannot be"):
        write_atomically(tmp_path / "a", b"x")


def test_a_folder_in_the_place_of_a_file_is_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(PipelineError, match="cannot be written"):
        write_atomically(tmp_path / "a", b"x")
    with pytest.raises(PipelineError, match="cannot be read"):
        read_bytes(tmp_path / "a")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@needs_a_user
def test_a_folder_without_permission_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o500)
    with pytest.raises(PipelineError, match="cannot be written: permission denied"):
        write_atomically(tmp_path / "a" / "b", b"x")


def test_a_missing_file_is_one_line_and_named_as_asked(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"^shown\.md: cannot be read: no such file"):
        read_bytes(tmp_path / "a", "shown.md")


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(PipelineError, match="is larger than 256 MiB"):
        read_bytes(tmp_path / "a")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")
@pytest.mark.parametrize("data", [b"", b"a page", bytes(range(256)) * 1000], ids=["empty", "short", "long"])
def test_a_pipe_is_read_to_its_end(tmp_path: Path, data: bytes) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=(tmp_path / "pipe").write_bytes, args=(data,))
    writer.start()
    assert read_bytes(tmp_path / "pipe") == data
    writer.join()


@needs_links
def test_what_can_be_made_again_is_written_whole_and_inside_too(tmp_path: Path) -> None:
    path = tmp_path / "home/deep/a.pot"
    assert write_generated(path, b"x", tmp_path / "home")
    assert not write_generated(path, b"x", tmp_path / "home")
    (tmp_path / "home/out").symlink_to(tmp_path)
    with pytest.raises(PipelineError, match="leads out of the project"):
        write_generated(tmp_path / "home/out/b", b"x", tmp_path / "home")
    assert [each.name for each in path.parent.iterdir()] == ["a.pot"]
