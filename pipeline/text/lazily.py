"""Regular expressions that are compiled when first used: a command loads many modules and needs a part of each."""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast


class _Uncompiled(Generic[AnyStr]):
    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._said: tuple[AnyStr, int] = pattern, flags

    def __getattr__(self, name: str) -> object:
        value: object = getattr(re.compile(*self._said), name)
        setattr(self, name, value)  # from now on it is found without coming here, as quickly as that of the pattern
        return value


def lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""Return what ``re.compile`` returns, to be used by its methods; an error in it is raised by the first of them.

    It is for patterns that are slow to compile, as those with ranges of Han characters or many words of any case are,
    and that most commands do not use. The ``re`` of a match is the compiled pattern, not what is returned here.

    >>> lazily(r"\d+").sub("#", "lecture 12")
    'lecture #'
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(pattern, flags))
