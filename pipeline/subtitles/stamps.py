"""Times of many cues, read and written at once: the hours and minutes of a lecture are few, and each is worked out once."""

from __future__ import annotations

from collections.abc import Iterable

_TWO = [f"{number:02}" for number in range(60)]
_THREE = [f"{number:03}" for number in range(1000)]


class _Read(dict[str, int]):
    """Milliseconds by ``HH:MM`` or ``MM``."""

    def __missing__(self, clock: str) -> int:
        hours, _, minutes = clock.rpartition(":")
        self[clock] = (int(hours or 0) * 60 + int(minutes)) * 60_000
        return self[clock]


class _Written(dict[int, str]):
    """``HH:MM:`` by minutes; ``hours`` is how hours are formatted."""

    def __init__(self, hours: str) -> None:
        self._hours = hours

    def __missing__(self, minutes: int) -> str:
        self[minutes] = f"{format(minutes // 60, self._hours)}:{minutes % 60:02}:"
        return self[minutes]


def read_stamps(stamps: Iterable[str]) -> list[int]:
    """The milliseconds that times say which end in ``MM:SS,mmm``, with any sign for the comma and hours or none.

    >>> read_stamps(["00:01:02,500", "01:02.500"])
    [62500, 62500]
    """
    clocks = _Read()
    return [clocks[stamp[:-7]] + int(stamp[-6:-4] + stamp[-3:]) for stamp in stamps]


def written_stamps(times: Iterable[int], point: str, hours: str = "02") -> list[str]:
    """Times as ``HH:MM:SS,mmm`` with ``point`` for the comma; ``hours`` is how hours are formatted, times before 0 are 0.

    >>> written_stamps([62_500, -1], ".")
    ['00:01:02.500', '00:00:00.000']
    """
    clocks = _Written(hours)
    seconds = [second + point for second in _TWO]
    stamps = []
    for time in times:
        minutes, rest = divmod(time if time > 0 else 0, 60_000)
        second, fraction = divmod(rest, 1000)
        stamps.append(clocks[minutes] + seconds[second] + _THREE[fraction])
    return stamps
