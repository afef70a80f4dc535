"""The time that catalogs are stamped with."""

from __future__ import annotations

import re

import pytest

from pipeline.model import PipelineError
from pipeline.project.clock import now


@pytest.mark.parametrize(("epoch", "shown"), [("0", "1970-01-01 00:00+0000"), ("1738346400", "2025-01-31 18:00+0000")])
def test_a_build_may_say_what_time_it_is(monkeypatch: pytest.MonkeyPatch, epoch: str, shown: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert now() == shown


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30])
def test_a_wrong_time_is_told(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(PipelineError, match="SOURCE_DATE_EPOCH"):
        now()


def test_else_it_is_that_of_the_clock_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d\+0000", now())
