"""Which module makes which format."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.exporters.base import _ASKED_FOR as ASKED_FOR
from pipeline.exporters.base import _OF_ALL as OF_ALL
from pipeline.exporters.base import exporter_named, exporters
from pipeline.exporters.formats import IN_RUN, MODULES
from pipeline.model import PipelineError


def test_the_table_of_formats_names_every_exporter_and_its_module() -> None:
    registered = {name: made.__module__.rpartition(".")[2] for name, made in {**exporters(), **OF_ALL}.items()}
    assert registered == MODULES
    assert tuple(name for name in exporters() if name not in ASKED_FOR) == IN_RUN


def test_an_export_loads_no_other_format() -> None:
    code = "import sys; from pipeline.exporters.base import exporter_named; exporter_named('csv'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"pipeline.exporters.html", "pipeline.exporters.coursemap", "pipeline.exporters.epub"} & {*loaded} == set()


def test_an_unknown_format_is_told_with_the_nearest_name() -> None:
    with pytest.raises(PipelineError, match="did you mean 'site'"):
        exporter_named("sites")
