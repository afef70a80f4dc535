"""Golden files: what a page gives, one line a unit; `BILECT_GOLDEN=write` writes them anew, to be read before they are kept."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"


def assert_golden(name: str, text: str) -> None:
    """Compare ``text`` with the golden file ``name``."""
    path = GOLDEN / name
    if os.environ.get("BILECT_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode(), f"{name} has changed"
