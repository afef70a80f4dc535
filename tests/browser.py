"""A real Chromium, spoken to through a pair of pipes; tests that need it are skipped where it is missing."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --hide-scrollbars --mute-audio --autoplay-policy=no-user-gesture-required --remote-debugging-pipe"
)
PROGRAM = next(filter(None, map(shutil.which, _NAMES)), None)

needs_chromium = pytest.mark.skipif(PROGRAM is None or os.name == "nt", reason="Chromium is not installed")


class Browser:
    """One tab of a browser; ``requests`` are the addresses it asked for, ``troubles`` what its console complained of."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back, self._left, self._number = to, back, b"", 0
        self._session = ""
        self.requests: list[str] = []
        self.troubles: list[str] = []
        tab = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = str(self.call("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, object]:
        """Return what the browser answers to a command of its protocol."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._heard()
            if heard.get("id") == self._number:
                assert "error" not in heard, heard
                result = heard["result"]
                assert isinstance(result, dict)
                return result

    def _heard(self) -> dict[str, object]:
        """The next message; what it says of requests and troubles is kept."""
        while b"\0" not in self._left:
            data = os.read(self._back, 1 << 16)
            assert data, "the browser has ended"
            self._left += data
        line, _, self._left = self._left.partition(b"\0")
        heard: dict[str, object] = json.loads(line)
        parameters = heard.get("params")
        if isinstance(parameters, dict):
            if heard.get("method") == "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            if heard.get("method") == "Runtime.exceptionThrown":
                self.troubles.append(json.dumps(parameters["exceptionDetails"]))
            if heard.get("method") == "Log.entryAdded" and parameters["entry"]["source"] in {"security", "javascript"}:
                self.troubles.append(parameters["entry"]["text"])
        return heard

    def show(self, address: str, *, width: int = 1200, height: int = 800, scheme: str = "light") -> None:
        """Open a page in a window of that size, and wait until it is there."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url="about:blank")  # an address that differs in its fragment alone loads nothing
        self.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.protocol !== 'about:'")

    def value(self, expression: str) -> object:
        """Return the value of a JavaScript expression, of a promise what it comes to."""
        found = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        result = found["result"]
        assert isinstance(result, dict)
        return result.get("value")

    def until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true, ten seconds at most."""
        check = (
            "new Promise((done) => { const end = Date.now() + 10000; const look = () => "
            f"({condition}) ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 20); look(); }})"
        )
        assert self.value(check) is True, condition

    def press(self, key: str) -> None:
        """Type a key."""
        text = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def picture(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        path.write_bytes(base64.b64decode(str(self.call("Page.captureScreenshot")["data"])))


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Start a browser with its files in ``profile``, and end it."""
    import fcntl  # Windows has none

    ours, theirs = os.pipe(), os.pipe()
    ends = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in (ours[0], theirs[1])]

    def connect() -> None:
        os.dup2(ends[0], 3)
        os.dup2(ends[1], 4)

    words = [str(PROGRAM), *_FLAGS.split(), f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        words,
        preexec_fn=connect,  # noqa: PLW1509 - tests have one thread
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for fd in (*ends, ours[0], theirs[1]):
        os.close(fd)
    try:
        yield Browser(ours[1], theirs[0])
    finally:
        process.kill()
        process.wait()
        os.close(ours[1])
        os.close(theirs[0])
