"""Differences of long files are right, small where little differs, and found without comparing all with all."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.linediff import unified

LINES = st.lists(st.sampled_from(["", "1", "2", "a", "b", "c", "d", "e", "f"]), max_size=30)


def patched(before: list[str], diff: list[str]) -> list[str]:
    """The lines that a unified diff makes of ``before``, with its line numbers taken at their word."""
    made, place = [], 0
    for line in diff[2:]:
        if line.startswith("@@"):
            start, _, length = line.split(" ")[1][1:].partition(",")
            at = int(start) - (length != "0")
            made += before[place:at]
            place = at
        elif line[0] == "+":
            made.append(line[1:])
        else:
            assert before[place] == line[1:]
            made += [line[1:]] * (line[0] == " ")
            place += 1
    return made + before[place:]


@given(LINES, LINES)
def test_a_diff_makes_the_one_of_the_other(before: list[str], after: list[str]) -> None:
    diff = list(unified(before, after, "x"))
    assert patched(before, diff) == after
    assert bool(diff) == (before != after)


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_patch_takes_it(tmp_path: Path) -> None:
    before = [f"{number}\ntime {number}\ntext\n" for number in range(1, 60)]
    after = [f"{number}\ntime {number + 2 + (number > 30)}\ntext\n" for number in range(1, 57)]
    old, new = ("\n".join(cues).split("\n")[:-1] for cues in (before, after))
    (tmp_path / "x").write_text("\n".join(old) + "\n", "utf-8")
    diff = "\n".join(unified(old, new, "x")) + "\n"
    subprocess.run(["patch", "-s", "x"], input=diff.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "x").read_text("utf-8") == "\n".join(new) + "\n"


def test_a_cue_that_goes_from_a_long_track_is_all_that_differs() -> None:
    def track(cues: list[int]) -> list[str]:
        return [line for cue in cues for line in (f"{cue:05} --> {cue + 1:05}", "yes", "")]

    cues = [*range(30_000)]
    diff = list(unified(track(cues), track(cues[:9_000] + cues[9_001:]), "x"))
    assert [line for line in diff[2:] if line[0] in "-+"] == ["-09000 --> 09001", "-yes", "-"]
