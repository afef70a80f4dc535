"""The clock: the only module that asks what time it is."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from pipeline.model import PipelineError
from pipeline.text.said import said


def now() -> str:
    """Return the time as gettext writes it, ``2025-01-31 18:00+0000``: of SOURCE_DATE_EPOCH if set, else of the clock.

    See https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        PipelineError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = said("SOURCE_DATE_EPOCH is {value!r}", value=epoch or "")
        remedy = said("unset it, or make it a number of seconds since 1970")
        raise PipelineError(message, remedy=remedy) from error
    return moment.strftime("%Y-%m-%d %H:%M+0000")


def seconds() -> float:
    """Return the seconds since 1970 of the clock: how old a file is, never what is written."""
    return time.time()
