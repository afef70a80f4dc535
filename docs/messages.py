"""Writes the template of the tool's messages: `make messages`, which then merges and compiles the Chinese catalog.

With --check, exits 1 when the template or the compiled catalog is out of date.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from pipeline.catalogs.catalog import read_catalog
from pipeline.catalogs.mo import mo_bytes
from pipeline.cli.helps import texts_of_help
from pipeline.model import Kind

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "pipeline" / "locale"
TEMPLATE = LOCALE / "bilect.pot"
CATALOG = LOCALE / "zh_CN" / "LC_MESSAGES" / "bilect.po"
COMPILED = LOCALE / "zh" / "LC_MESSAGES" / "bilect.mo"
HEADER = """\
# The messages of bilect, made by make messages.
# bilect: ignore=PO117 reports come to where the source is
msgid ""
msgstr ""
"Project-Id-Version: bilect 0.1\\n"
"Report-Msgid-Bugs-To: bilect\\n"
"POT-Creation-Date: 2026-11-20 00:00+0000\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"
"Language-Team: LANGUAGE <LL@li.org>\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"

"""
Text = str | tuple[str, str]
"""A text, or its singular and its plural."""
# What click says itself and bilect can show; tests/test_tongue.py starts processes that say them.
CLICK: tuple[Text, ...] = (
    "Usage:",
    "Options",
    "Commands",
    "Positional arguments",
    "Show this message and exit.",
    "Show the version and exit.",
    "Aborted!",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Missing {param_type}",
    "Missing parameter: {param_name}",
    "Choose from:\n\t{choices}",
    "No such option {name!r}.",
    "No such command {name!r}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
    "Option {name!r} does not take a value.",
    "Argument {name!r} takes {nargs} values.",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is not readable.",
    "{name} {filename!r} is not writable.",
    "file",
    "directory",
    "path",
    "integer range",
    "float range",
    "default: {default}",
    "required",
    "env var: {var}",
    "unknown error",
)
# What `counted` counts by a name that is not in the call.
NOUNS = ("error", "warning", "finding", "word", "char")
SEVERITIES = ("error", "warning", "info")
WATCHED = ("courses", "pages", "catalogs", "files")  # named beside progress bars
# What pages speak of and count, as pipeline/extractors/claims.py names it, shown by bilect outline.
MATERIAL = (
    "slides", "notes", "exercises", "readings", "code", "videos", "exams", "projects", "lectures", "topics",
)  # fmt: skip
NUMBERED = (
    "lecture", "recitation", "lab", "note", "homework", "assignment", "project", "chapter", "week", "module", "quiz",
    "unit", "session", "lesson", "video", "exercise", "slide", "topic",
)  # fmt: skip
CLAIMED = (*NUMBERED, "paper", "article", "reading", "notebook", "course", "copy", "set")
# What is told of findings and errors: the places of constant texts among the arguments, and their names. Whatever is called so
# in any module, but for those that stand below with theirs, whose arguments come in another order.
TOLD = {
    "PipelineError": ((0,), ("message", "remedy")),
    "Finding": ((6,), ("message", "fix")),
    "Found": ((2,), ("message", "fix")),
    "Remark": ((0,), ("message", "fix")),
    "Problem": ((1, 2), ("message", "fix")),
    "found_elsewhere": ((3,), ()),
    "pipeline.subtitles.track.Remark": ((2, 3, 5), ("detail", "fix")),
    "pipeline.subtitles.blocks.unreadable": ((1, 2), ()),
    "pipeline.validator.markup_parts.remarks_on": ((1,), ()),
    "pipeline.validator.messages.Remark": ((0, 3), ("message", "fix")),
    "pipeline.validator.tracks.Place": ((1,), ()),
    "pipeline.validator.tracks.each": ((2, 3), ()),
    "pipeline.validator.tracks.once": ((2, 3), ()),
}
_SAID = "pipeline.text.said"
# Decorators of rules, whose sentence is the beginning of the docstring.
_RULES = {"rule", "message_rule", "pair_rule", "_typographic"}
Extracted = tuple[int, str | None, str | tuple[str, ...], list[str]]


def texts_of(file: IO[bytes], _keywords: object, _tags: object, options: object) -> Iterator[Extracted]:
    """Yield what a module of the pipeline says to people, as a method of babel's extraction."""
    del options  # babel names it
    tree = ast.parse(file.read())
    modules = _modules_of(tree, Path(file.name))
    for node in ast.walk(tree):
        for text in _of_node(node, modules):
            yield getattr(node, "lineno", 0), "ngettext" if isinstance(text, tuple) else None, text, []


def _modules_of(tree: ast.Module, path: Path) -> Mapping[str, str]:
    """For each name that a module imports or defines the module that it is of."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {alias.asname or alias.name: node.module or "" for node in imports for alias in node.names}
    own = ".".join(path.resolve().relative_to(ROOT).with_suffix("").parts)
    return modules | {node.name: own for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}


def _of_node(node: ast.AST, modules: Mapping[str, str]) -> Iterator[Text]:
    """Yield the texts of a call, of the docstring of a command or a rule, or of the table of commands."""
    match node:
        case ast.Call():
            yield from _of_call(node, modules)
        case ast.FunctionDef(decorator_list=decorators) if any(map(_makes_command, decorators)):
            yield from texts_of_help(ast.get_docstring(node) or "")
        case ast.FunctionDef(decorator_list=decorators) if any(map(_makes_rule, decorators)):
            yield (ast.get_docstring(node) or "").split("\n\n")[0]
        case ast.AnnAssign(target=ast.Name(id="COMMANDS"), value=ast.Dict(values=rows)):
            yield from filter(None, (_constant(row.elts[1]) for row in rows if isinstance(row, ast.Tuple)))


def _makes_command(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(function, ast.Attribute) and function.attr in {"command", "group"}


def _makes_rule(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id in _RULES


def _of_call(call: ast.Call, modules: Mapping[str, str]) -> Iterator[Text]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    module = modules.get(name, "")
    constants = [_constant(argument) for argument in call.args]
    places, names = TOLD.get(f"{module}.{name}") or TOLD.get(name, ((), ()))
    yield from filter(None, [constants[place] for place in places if place < len(constants)])
    names = (*names, "help", "short_help", "epilog")
    yield from filter(None, [_constant(keyword.value) for keyword in call.keywords if keyword.arg in names])
    match name, constants:
        case ("_", [str(text), *_]) if text:
            yield text
        case ("said" | "phrase", [str(text), *_]) if text and module == _SAID:
            yield text
        case ("ngettext", [str(one), str(many), *_]) if one and many:
            yield one, many
        case ("said_of", [_, str(one), str(many), *_]) if one and many and module == _SAID:
            yield one, many
        case ("counted", [_, str(noun)]) if noun:
            yield f"{{number}} {noun}", f"{{number}} {noun}s"


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _named_elsewhere() -> Iterator[tuple[Text, str]]:
    """Yield what no call names, with where it is shown."""
    yield from ((text, "click") for text in CLICK)
    yield from ((text, "pipeline/cli/progress.py") for text in WATCHED)
    yield from ((text, "pipeline/cli/outline.py") for text in (*MATERIAL, *NUMBERED))
    yield from ((kind, "pipeline/model/__init__.py") for kind in get_args(Kind))  # in findings
    yield from ((severity, "pipeline/validator/reports/text.py") for severity in SEVERITIES)
    yield ("{number} info", "{number} info"), "pipeline/validator/reports/text.py"
    yield from (((f"{{number}} {noun}", f"{{number}} {noun}s"), "pipeline/cli/outline.py") for noun in CLAIMED)
    yield from (((f"{{number}} {noun}", f"{{number}} {noun}s"), "pipeline/text/tongue.py") for noun in NOUNS)


def template() -> bytes:
    """Return the template: what the modules say, sorted, with the names of their files, and click's strings."""
    messages: dict[str, tuple[str | tuple[str, ...], set[str]]] = {}

    def add(text: str | Collection[str], path: str) -> None:
        forms = text if isinstance(text, str) else tuple(text)
        key = forms if isinstance(forms, str) else forms[0]
        kept, places = messages.get(key, (forms, set()))
        # one text that is counted in one place and shown in another has both forms
        messages[key] = (forms if isinstance(forms, tuple) else kept, places | {path})

    method_map = [("**.py", texts_of)]
    folder = ROOT / "pipeline"
    for path, _line, text, _notes, _context in extract_from_dir(folder, method_map, keywords={"ngettext": (1, 2)}):  # type: ignore[arg-type]
        add(text, f"pipeline/{path}")
    for named, shown_in in _named_elsewhere():
        add(named, shown_in)
    catalog = Catalog()
    for text, places in messages.values():
        message = catalog.add(text, locations=[(path, 0) for path in sorted(places)])
        message.flags.discard("python-format")  # "80 % of"
    written = BytesIO()
    write_po(written, catalog, width=100, sort_by_file=True, include_lineno=False, omit_header=True)
    return HEADER.encode() + written.getvalue()


def compiled() -> bytes:
    """Return the compiled Chinese catalog."""
    return mo_bytes(read_catalog(CATALOG.read_bytes(), CATALOG.name))


def main() -> int:
    """Write what has changed, or with --check say whether anything has."""
    made = {TEMPLATE: template} if "--template" in sys.argv else {TEMPLATE: template, COMPILED: compiled}
    stale = [path for path, make in made.items() if not path.is_file() or path.read_bytes() != make()]
    for path in stale:
        print(path.relative_to(ROOT).as_posix())
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made[path]())
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
