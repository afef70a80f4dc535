"""Videos of two seconds, made by ffmpeg, and what ffprobe says of a video; tests that need them are skipped without it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

needs_ffmpeg = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("ffprobe")), reason="ffmpeg is not installed"
)

_QUICK = ("-preset", "ultrafast")


def video(path: Path, *, size: str = "64x36", seconds: int = 2, options: tuple[str, ...] = _QUICK) -> Path:
    """Make a small video with sound."""
    sources = ["-f", "lavfi", "-i", f"testsrc=size={size}:rate=5", "-f", "lavfi", "-i", "sine"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *sources, "-t", str(seconds), *options, f"file:{path}"], check=True)
    return path


def streams(path: Path) -> list[dict[str, object]]:
    """Return the streams of a video: kind, codec, language, title, whether it is shown."""
    fields = "stream=codec_name,codec_type:stream_tags=language,title,handler_name:stream_disposition=default"
    command = ["ffprobe", "-v", "error", "-show_entries", fields, "-of", "json", f"file:{path}"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["streams"]
    return [
        {
            "kind": stream["codec_type"],
            "codec": stream["codec_name"],
            "language": stream.get("tags", {}).get("language"),
            "title": stream.get("tags", {}).get("title") or stream.get("tags", {}).get("handler_name"),
            "is_shown": bool(stream["disposition"]["default"]),
        }
        for stream in found
    ]


def subtitles(path: Path, place: int) -> str:
    """Return a subtitle track of a video as SRT."""
    command = ["ffmpeg", "-v", "error", "-i", f"file:{path}", "-map", f"0:s:{place}", "-f", "srt", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
