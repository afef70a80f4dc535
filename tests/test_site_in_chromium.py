"""The course site as people read it, in a real Chromium from a folder on disk."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator

import pytest
from browser import Browser, browser, needs_chromium
from terminal import bilect
from test_site import ODD, project

from pipeline.exporters.sitelinks import address

pytestmark = needs_chromium
PAGES = ("index.html", "ml/index.html", "ml/zh.html", "ml/en.html", f"{ODD}/index.html", "ml/map.html")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = project(tmp_path_factory.mktemp("project"))
    assert bilect("export", "site", "-o", "a site", cwd=root).status == 0
    return (root / "a site").as_uri()


@pytest.mark.parametrize(
    ("page", "scheme"), [*((page, "light") for page in PAGES), *((page, "dark") for page in PAGES[:2])]
)
def test_a_page_fits_a_phone_and_can_be_read_and_nothing_in_it_is_refused_or_runs(
    tab: Browser, site: str, page: str, scheme: str
) -> None:
    tab.requests.clear()
    tab.show(f"{site}/{address(page)}", width=360, scheme=scheme)
    assert tab.value("document.scrollingElement.scrollWidth") == 360
    assert tab.value("[...document.images].every((each) => each.complete && each.naturalWidth)") is True
    assert tab.value("window.hurt") is None
    assert tab.value(LEAST_CONTRAST) is None or float(str(tab.value(LEAST_CONTRAST))) >= 4.5  # WCAG 2, level AA
    assert {request.partition(":")[0] for request in tab.requests} <= {"file", "about", "data"}
    assert tab.troubles == []


LEAST_CONTRAST = """(() => {
    const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((each) => each / 255)
        .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
        .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
    const ground = (each) => !each ? 'rgb(255,255,255)' : /, 0\\)/.test(getComputedStyle(each).backgroundColor)
        ? ground(each.parentElement) : getComputedStyle(each).backgroundColor;
    const all = [...document.querySelectorAll('p, a, h1, h2, h3, td, th, li, span')]
        .filter((each) => !each.closest('svg') && each.offsetParent && each.textContent.trim()).map((each) => {
            const both = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => a - b);
            return (both[1] + 0.05) / (both[0] + 0.05);
        });
    return all.length ? Math.min(...all) : null;
})()"""


def follow(tab: Browser, link: str, to: str) -> None:
    """Click on a link, and wait until its page is there, ten seconds at most; asked again and again, since pages change."""
    tab.value(f"document.querySelector({link!r}).click()")
    end = time.monotonic() + 10
    while not _is_there(tab, to):
        assert time.monotonic() < end, to


def _is_there(tab: Browser, to: str) -> bool:
    try:
        return tab.value(f"location.pathname.endsWith({to!r}) && document.readyState === 'complete'") is True
    except AssertionError:  # the page went away while it was asked
        return False


def test_the_switch_of_languages_and_the_way_back_work_without_scripts(tab: Browser, site: str) -> None:
    tab.show(f"{site}/ml/index.html")
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        follow(tab, '.switch a[href="zh.html"]', "/ml/zh.html")
        assert tab.value("document.querySelector('h1').textContent") == "机器学习"
        follow(tab, ".bar > a", "site/zh.html")
        follow(tab, '.switch a[href="en.html"]', "site/en.html")
        assert tab.value("document.querySelector('h1').textContent") == "Courses"
        follow(tab, '.courses a[href^="ml/"]', "/ml/en.html")
        assert tab.value("document.querySelector('h1').textContent") == "Machine Learning"
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize("page", ["index.html", "ml/index.html"])
def test_a_page_is_printed_on_paper(tab: Browser, site: str, page: str) -> None:
    tab.show(f"{site}/{page}")
    made = tab.call("Page.printToPDF", preferCSSPageSize=True)
    assert base64.b64decode(str(made["data"])).startswith(b"%PDF-")
    tab.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert tab.value("[...document.querySelectorAll('.switch')].some((each) => each.offsetParent)") is False
    finally:
        tab.call("Emulation.setEmulatedMedia", media="")


def test_a_talk_is_played_from_the_page_of_its_course(tab: Browser, site: str) -> None:
    tab.show(f"{site}/ml/index.html")
    follow(tab, ".play a", ".player.html")
    assert tab.value("document.querySelector('li .zh').textContent") == "现在看这个。"


def test_a_window_of_a_screen_shows_the_picture_of_its_size(tab: Browser, site: str) -> None:
    shown = "document.querySelector('.map img').currentSrc.split('/').pop()"
    for width, name in ((1200, "map.svg"), (360, "map-narrow.svg")):
        tab.show(f"{site}/ml/index.html", width=width)
        assert tab.value(shown) == name


def test_a_picture_of_a_page_is_shown_from_the_folder_of_its_course(tab: Browser, site: str) -> None:
    tab.show(f"{site}/ml/zh.html")
    assert tab.value("document.querySelector('main img').naturalWidth") == 40
