"""bilect in Chinese: which language is chosen, that all of help is translated, and that machines are told the same."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypedDict

import polib
import pytest

from pipeline.cli import COMMANDS
from pipeline.cli import bilect as root
from pipeline.cli.helps import helps_of
from pipeline.text.script import display_width
from pipeline.text.tongue import is_chinese

ROOT = Path(__file__).parent.parent
ASK = "make messages brings pipeline/locale up to date; translate what is new there in bilect.po"


@cache
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bilect(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    kept = {key: value for key, value in os.environ.items() if key not in {"LANG", "LC_MESSAGES"}}
    spoken = {**kept, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=spoken, check=False)


class Spoken(TypedDict, total=False):
    LANG: str


CHINESE: Spoken = {"LANG": "zh_CN.UTF-8"}
ENVIRONMENTS: tuple[Spoken, Spoken] = ({}, CHINESE)


def test_the_template_and_the_compiled_catalog_are_up_to_date() -> None:
    made = messages()
    assert made.TEMPLATE.read_bytes() == made.template(), ASK
    assert made.COMPILED.read_bytes() == made.compiled(), ASK
    said = {(each.msgid, each.msgid_plural) for each in polib.pofile(str(made.TEMPLATE))}
    kept = {(each.msgid, each.msgid_plural) for each in polib.pofile(str(made.CATALOG)) if not each.obsolete}
    assert kept == said, ASK


def test_everything_is_translated_with_its_placeholders() -> None:
    for entry in polib.pofile(str(messages().CATALOG)):
        if entry.obsolete:
            continue
        targets = list(entry.msgstr_plural.values()) or [entry.msgstr]
        assert all(targets), f"{entry.msgid!r}: {ASK}"
        assert not entry.fuzzy, f"{entry.msgid!r}: {ASK}"
        sources = entry.msgid + entry.msgid_plural
        for target in targets:
            assert set(re.findall(r"{\w*[^}]*}", target)) <= set(re.findall(r"{\w*[^}]*}", sources)), entry.msgid
            assert set(re.findall(r"{\w+", target)) | {"{nargs", "{len", "{choice", "{possibility"} >= set(
                re.findall(r"{\w+", entry.msgid)
            ), entry.msgid


def test_what_is_named_besides_is_still_said() -> None:
    made = messages()
    code = "".join(path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    assert [text for text in made.WATCHED if f'"{text}"' not in code] == []


# Where sentences are among the arguments: their places, and their names.
Places = dict[str, tuple[tuple[int, ...], tuple[str, ...]]]
SENTENCES: Places = {
    **{name: where for name, where in messages().TOLD.items() if "." not in name},
    "UsageError": ((0,), ("message",)),
}
# The same where `make messages` finds only what is said.
SAID: Places = {
    "Saying": ((2,), ("message",)),
    "saying_of": ((1,), ("message",)),
    "say": ((1,), ("message",)),
    "PageOutcome": ((), ("note",)),
}


def sentences(nodes: Iterable[ast.AST], of: Places) -> Iterator[ast.expr]:
    """What the arguments of calls can be that people are told."""
    for node in nodes:
        for argument in arguments(node, of):
            yield from alternatives(argument)


def arguments(call: ast.AST, of: Places) -> Iterator[ast.expr]:
    match call:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in of:
            places, names = of[name]
            yield from (argument for place, argument in enumerate(call.args) if place in places)
            yield from (keyword.value for keyword in call.keywords if keyword.arg in names)


def alternatives(said: ast.expr) -> Iterator[ast.expr]:
    """What an expression with `if`, `or` and commas can be."""
    match said:
        case ast.IfExp(body=one, orelse=other):
            yield from (*alternatives(one), *alternatives(other))
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            yield from (each for part in parts for each in alternatives(part))
        case _:
            yield said


def is_glued(said: ast.expr) -> bool:
    match said:
        case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join" | "format")):
            return True
    return False


def is_bare(said: ast.expr) -> bool:
    """Whether an expression is a text that `make messages` does not find, since it is not in the call itself."""
    return isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value != ""


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
        ):
            if value is not None:
                yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            for target, value in zip(names, values, strict=False):
                yield from assigned(ast.Assign([target], value))


def untold(module: ast.Module) -> Iterator[ast.expr]:
    """What people are told of findings and errors and no catalog can hold, in the calls and under names used there."""
    for function in [each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)] + [module]:
        inside = list(ast.walk(function))
        said = [*sentences(inside, SENTENCES | SAID)]
        names = {each.id for each in said if isinstance(each, ast.Name)}
        there = module.body if isinstance(function, ast.Module) else inside
        named = [value for node in there for name, value in assigned(node) if name in names]
        yield from filter(is_glued, said)
        yield from filter(is_bare, sentences(inside, SAID))
        yield from (each for value in named for each in alternatives(value) if is_glued(each) or is_bare(each))


def test_no_glued_sentence_reaches_people() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{each.lineno}: {ast.unparse(each)}"
        for path in (ROOT / "pipeline").rglob("*.py")
        for each in untold(ast.parse(path.read_text("utf-8")))
    }
    assert sorted(found) == [], 'write said("… {name} …", name=name) or said_of(…): only whole sentences are translated'


@pytest.mark.parametrize(
    "code",
    [
        'raise PipelineError(f"{a} is gone")', 'Found(p, 1, "is " + a)', 'Finding(*x, message="{}".format(a))',
        'def f():\n    fix = "mend it"\n    yield Found(p, 1, "is gone", fix=fix)', 'PipelineError(a, remedy=b or ", ".join(c))',
        '_FIX = "mend it"\ndef f():\n    yield Found(p, 1, "is gone", fix=_FIX)', 'a, b = "x", f"{c}"\nPipelineError(b)',
        'work.say(block, "is gone")',
    ],
)  # fmt: skip
def test_a_glued_sentence_is_found(code: str) -> None:
    assert len({each.lineno for each in untold(ast.parse(code))}) == 1


def test_all_texts_of_all_helps_are_in_the_catalog() -> None:
    commands = [import_module(f"pipeline.cli.{module}").command for module, _ in COMMANDS.values()]
    lines = {line for _, line in COMMANDS.values()}
    kept = {entry.msgid for entry in polib.pofile(str(messages().CATALOG)) if not entry.obsolete}
    assert sorted((helps_of([root, *commands]) | lines) - kept) == [], ASK


def test_bilect_finds_nothing_in_its_own_catalog() -> None:
    found = bilect("check", "pipeline/locale", "--format", "json", "--ignore", "PO150")  # click counts in its own way
    assert [each for each in json.loads(found.stdout) if each["accepted"] is None] == []


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW.UTF-8"}, True),
        ({"LANG": "zh"}, True),
        ({"LANG": "zhuang"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN"}, True),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, False),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": ""}, True),
        ({"LANG": "C", "LANGUAGE": "zh_CN"}, False),
    ],
)
def test_the_language_is_that_of_gettext(environment: dict[str, str], chinese: bool) -> None:
    assert is_chinese(environment) is chinese


def test_help_is_chinese_to_the_last_word_and_fits_the_terminal() -> None:
    for arguments in ([], ["check"], ["export"], ["subs"], ["subs", "merge"], ["memory", "fill"]):
        shown = bilect(*arguments, "--help", **CHINESE, COLUMNS="80").stdout
        assert "选项：" in shown
        options = re.sub(r"`[^`]*`|^(  |用法：)bilect .*|[^\s：（，、]+\.\w+", "", shown, flags=re.MULTILINE)
        assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", options), arguments
        assert (
            max(map(display_width, re.sub(r"^  (bilect|\w+ {2,}).*", "", shown, flags=re.MULTILINE).split("\n"))) <= 80
        )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "bilect：没有命令 'chek'；是不是想输入 'check'？（参见 bilect --help）"),
        (["check", "--bogus"], "bilect check：没有选项 '--bogus'。"),
        (["check", "--format", "x"], "bilect check：'--format' 的值无效：'x' 不在可选值之内："),
        (["-C", "nowhere", "rule"], "bilect：'-C' / '--project' 的值无效：文件夹 'nowhere' 不存在。"),
        (["merge"], "bilect merge：缺少参数 'OLD'（参见 bilect merge --help）"),
        (["rule", "-q", "a", "b"], "bilect rule：多余的参数（b）"),
        (["check", "-o"], "bilect：选项 '-o' 需要 1 个值。"),
        (["stats", "--rate", "0"], "bilect stats：'--rate' 的值无效：0 不在范围 x>=1 之内。"),
    ],
)
def test_wrong_usage_is_told_in_chinese(arguments: list[str], said: str) -> None:
    shown = bilect(*arguments, **CHINESE)
    assert shown.returncode == 2
    assert shown.stderr.startswith(said)


def test_an_error_that_is_known_is_told_in_chinese_with_its_place(tmp_path: Path) -> None:
    shown = bilect("outline", "nowhere.md", cwd=tmp_path, **CHINESE)
    assert (shown.returncode, shown.stderr) == (2, "bilect: nowhere.md: 没有这个文件 (请改正路径)\n")


def test_what_programs_read_is_the_same_in_every_language(tmp_path: Path) -> None:
    course = tmp_path / "source_docs" / "course"
    course.mkdir(parents=True)
    (course / "a.en.md").write_text("# Title\n\nOne two three.\n", "utf-8")
    told = bilect("run", cwd=tmp_path, **CHINESE)
    assert "1 个页面 · 2 条消息中已译 0 条" in told.stdout
    assert "接下来：" in told.stdout
    assert "Nothing has changed, nothing was written" in bilect("run", cwd=tmp_path).stdout
    for arguments in (["check", "--format", "json"], ["stats", "--format", "json"]):
        here, there = (bilect(*arguments, cwd=tmp_path, **each) for each in ENVIRONMENTS)
        assert (here.stdout, here.returncode) == (there.stdout, there.returncode)
