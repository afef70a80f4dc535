"""Which process this is, on which machine, and whether another one still runs."""

from __future__ import annotations

import os
import sys
from functools import lru_cache


@lru_cache(maxsize=1)
def host() -> str:
    """Return the name of this machine."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def is_running(pid: int) -> bool:
    """Say whether a process of this machine runs; on Windows, where asking could end it, every one does."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is somebody else's
        return True
    return True
