"""Zip files that have the same bytes whenever and wherever they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Set

from pipeline.exporters.dates import export_date


def zipped(members: Iterable[tuple[str, bytes]], stored: Set[str] = frozenset()) -> bytes:
    """Return a zip file of (name, bytes) in the given order; those ``stored`` are not compressed."""
    target, date = io.BytesIO(), export_date().timetuple()[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members:
            member = zipfile.ZipInfo(name, date)
            member.create_system = 3  # Unix, on any system
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(member, data, compresslevel=9)
    return target.getvalue()
