"""The files that other repositories use in their CI fit the command that they call."""

from __future__ import annotations

import re

import pytest
import yaml
from golden import ROOT

from pipeline.cli import COMMANDS
from pipeline.cli.check import command

FILES = ("action.yml", ".pre-commit-hooks.yaml", "ci/bilect.gitlab-ci.yml", "docs/ci.md")
OPTIONS = {spelling for parameter in command.params for spelling in parameter.opts}
OF_OTHERS = {"--quiet", "--disable-pip-version-check"}  # of pip


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_only_options_are_used_that_there_are(name: str) -> None:
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(name))) - OPTIONS - OF_OTHERS == set()


@pytest.mark.parametrize("name", FILES[:3])
def test_nothing_of_one_machine_is_named(name: str) -> None:
    assert not re.search(r"/(?:work|home|root|usr)/|index-url", text_of(name))


def test_every_input_of_the_action_is_handed_over_by_the_environment_and_documented() -> None:
    action = yaml.safe_load(text_of("action.yml"))
    scripts = "".join(step["run"] for step in action["runs"]["steps"])
    assert "${{" not in scripts  # what an input says must not become part of a script
    for name in action["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in text_of("action.yml")
        assert f"`{name}`" in text_of("docs/ci.md")
    for step in action["runs"]["steps"]:
        assert all(f"${variable}" in step["run"] for variable in step["env"])


def test_every_hook_runs_a_command() -> None:
    for hook in yaml.safe_load(text_of(".pre-commit-hooks.yaml")):
        program, name = hook["entry"].split()
        assert (program, name in COMMANDS, hook["require_serial"]) == ("bilect", True, True)
        assert re.search(hook["files"], "locales/zh_CN/LC_MESSAGES/a/b.po")
