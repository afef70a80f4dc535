"""The date that exports carry: the same for the same inputs, and never that of the machine."""

from __future__ import annotations

import os
from datetime import UTC, datetime

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def export_date() -> datetime:
    """Return the time of SOURCE_DATE_EPOCH (reproducible-builds.org), else a fixed one, in UTC and whole seconds.

    Times that a zip file cannot hold (before 1980, after 2107) are the fixed one.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return _FIRST
    date = datetime.fromtimestamp(int(text), UTC)
    return date if 1980 <= date.year <= 2107 else _FIRST
