"""Makes the picture of a handout in the README, as the example course's HTML looks in Chromium: `make images`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
PLACE = ROOT / "docs/images/handout.webp"
COURSE = "source_docs/dl-for-healthcare"
WIDTH, HEIGHT = 900, 700
# A frame can begin in the middle of a page; Chromium takes no picture of one that is scrolled down.
FRAME = (
    "<!DOCTYPE html><style>* {{ margin: 0; border: 0 }} iframe {{ margin-top: 16px }}</style>"
    '<iframe src="handout.html#text" scrolling="no" width="{width}" height="{height}"></iframe>'
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def run() -> int:
    """Write the picture, or say why not."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        print("no Chromium here: the picture of the handout stays as it is", file=sys.stderr)
        return 0
    with TemporaryDirectory() as folder:
        export = [sys.executable, "-m", "pipeline", "-q", "export", "html", COURSE, "--layout", "side-by-side"]
        subprocess.run([*export, "-o", f"{folder}/handout.html"], cwd=ROOT, check=True)
        frame = Path(folder, "frame.html")
        frame.write_text(FRAME.format(width=WIDTH, height=HEIGHT), "utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/b",
             "--no-first-run", f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={folder}/handout.webp", frame.as_uri()],
            capture_output=True, check=True,
        )  # fmt: skip
        shutil.copyfile(Path(folder, "handout.webp"), PLACE)
    return 0


if __name__ == "__main__":
    sys.exit(run())
