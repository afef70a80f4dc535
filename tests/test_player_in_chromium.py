"""The player as people use it, in a real Chromium from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, browser, needs_chromium
from golden import ROOT
from terminal import bilect
from videos import needs_ffmpeg, video

SAMPLE = ROOT / "source_docs/sample-lecture"
pytestmark = needs_chromium
NOW = "document.querySelector('li.now .en')?.textContent"
HOSTILE = "</script><script>window.hurt = 1</script><img src=x onerror=window.hurt=1><b>&amp;"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("player")
    for tag, text in (("en", "Now this."), ("zh", "看这个")):
        data = (SAMPLE / f"risk-stratification.{tag}.srt").read_bytes()
        (place / f"talk #1.{tag}.srt").write_bytes(data)
        (place / f"alone.{tag}.srt").write_bytes(data)
        (place / f"bad.{tag}.srt").write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{text} {HOSTILE}\n\n", "utf-8")
    assert bilect("export", "player", ".", "-o", "out", cwd=place).status == 0
    return place / "out"


def shown(tab: Browser, selector: str) -> object:
    """How many elements are to be seen."""
    return tab.value(f"[...document.querySelectorAll({selector!r})].filter((each) => each.offsetParent).length")


def test_without_a_video_the_transcript_works_alone(tab: Browser, folder: Path) -> None:
    tab.requests.clear()
    tab.show((folder / "alone.player.html").as_uri() + "#t=16")
    tab.until("!document.querySelector('.choose').hidden")
    assert tab.value(NOW) == "So what does that mean?"
    tab.press("ArrowDown")
    assert str(tab.value(NOW)).startswith("Imagine you run a clinic")
    rows = tab.value("document.querySelectorAll('li').length")
    assert (shown(tab, ".zh"), shown(tab, ".en")) == (rows, rows)
    tab.press("1")
    assert (shown(tab, ".zh"), shown(tab, ".en")) == (rows, 0)
    tab.press("2")
    assert (shown(tab, ".zh"), shown(tab, ".en")) == (0, rows)
    tab.press("3")
    above = "document.querySelector('li .zh').offsetTop < document.querySelector('li .en').offsetTop"
    assert tab.value(above) is True
    tab.press("o")
    assert tab.value(above) is False
    tab.press("o")
    tab.press("/")
    tab.value("document.activeElement.value = '护士', document.activeElement.dispatchEvent(new Event('input'))")
    assert 0 < int(str(shown(tab, "li"))) < int(str(rows))
    assert {address.partition(":")[0] for address in tab.requests} <= {"file", "about", "data"}
    assert tab.troubles == []


@pytest.mark.parametrize("width", [360, 1200])
def test_an_address_with_a_time_shows_what_is_said_then(tab: Browser, folder: Path, width: int) -> None:
    tab.show((folder / "alone.player.html").as_uri() + "#t=58", width=width, height=500)
    tab.until("""(() => {
        const box = document.querySelector('li.now')?.getBoundingClientRect();
        return box && box.top > 100 && box.bottom < innerHeight;
    })()""")
    assert tab.troubles == []


@needs_ffmpeg
def test_the_transcript_and_the_subtitles_follow_the_video_beside_the_page(tab: Browser, folder: Path) -> None:
    codecs = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
    video(folder / "talk #1.webm", seconds=30, options=codecs)
    tab.show((folder / "talk #1.player.html").as_uri() + "#t=16")
    tab.until("document.body.dataset.media === 'ready' && video.currentTime === 16")
    assert tab.value("document.querySelector('.choose').hidden") is True
    active = "[...captions.activeCues ?? []].map((cue) => cue.text).join('|')"
    tab.until(f"{active} === '<c.zh>这是什么意思呢</c>\\n<c.en>So what does that mean?</c>'")
    tab.press("o")
    tab.until(f"{active} === '<c.en>So what does that mean?</c>\\n<c.zh>这是什么意思呢</c>'")
    tab.press("o")
    tab.value("document.querySelectorAll('li')[5].click()")
    tab.until("document.querySelectorAll('li')[5].classList.contains('now')")
    assert tab.value("Math.round(video.currentTime) === Math.round(rows[5].dataset.start / 1000)") is True
    tab.value("video.currentTime = 3.5, video.play()")
    tab.until(f"{NOW}?.startsWith('Last week')")
    tab.press(" ")
    tab.until("video.paused")
    assert tab.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_window_and_all_text_can_be_read(
    tab: Browser, folder: Path, width: int, scheme: str
) -> None:
    tab.show((folder / "alone.player.html").as_uri(), width=width, scheme=scheme)
    tab.until("!document.querySelector('.choose').hidden")
    assert tab.value("document.scrollingElement.scrollWidth") == width
    least = """(() => {
        const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((each) => each / 255)
            .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
            .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
        const ground = (each) => !each ? 'rgb(255,255,255)' : /, 0\\)/.test(getComputedStyle(each).backgroundColor)
            ? ground(each.parentElement) : getComputedStyle(each).backgroundColor;
        return Math.min(...[...document.querySelectorAll('p, a, button, h1, label span, summary')]
            .filter((each) => each.offsetParent && each.textContent.trim()).map((each) => {
                const both = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => a - b);
                return (both[1] + 0.05) / (both[0] + 0.05);
            }));
    })()"""
    assert float(str(tab.value(least))) >= 4.5  # WCAG 2, level AA


def test_what_a_track_says_never_runs(tab: Browser, folder: Path) -> None:
    tab.show((folder / "bad.player.html").as_uri())
    tab.until("!document.querySelector('.choose').hidden")
    assert tab.value("window.hurt") is None
    assert "<img src=x onerror=window.hurt=1>" in str(tab.value("document.querySelector('li .en').textContent"))
    assert tab.value("document.images.length") == 0
    cue = str(tab.value("new DOMParser().parseFromString(captions.cues[0].text, 'text/html').querySelector('img')"))
    assert cue == "None"
    assert tab.troubles == []
