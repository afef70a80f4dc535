"""The page that plays a talk: what is in it, and that nothing of a track can be more than text."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

SAMPLE = ROOT / "source_docs/sample-lecture"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> ${x} & \u2028 end{\\an8}"


def page(folder: Path, en: str, zh: str) -> str:
    for language, text in (("en", en), ("zh", zh)):
        (folder / f"talk.{language}.srt").write_text(text, "utf-8")
    assert bilect("export", "player", "talk.en.srt", "talk.zh.srt", "-o", "made.html", cwd=folder).status == 0
    return (folder / "made.html").read_text("utf-8")


@pytest.fixture
def sample(tmp_path: Path) -> str:
    return page(tmp_path, *((SAMPLE / f"risk-stratification.{tag}.srt").read_text("utf-8") for tag in ("en", "zh")))


def test_the_page_has_both_tracks_and_each_sentence_with_its_translation(sample: str) -> None:
    cues = json.loads(sample.partition('id="cues">')[2].partition("</script>")[0])
    assert cues["en"][0] == [1200, 2640, "Good morning, everyone."]
    assert cues["zh"][0][2] == "大家早上好"
    assert (
        '<li data-start="3680" data-end="8680"><a href="#t=3.68">0:03</a><div class="said both">'
        '<p class="zh" lang="zh-Hans">上周我们讲了医疗数据从哪里来 也看到了它们有多杂乱</p>'
        '<p class="en" lang="en">Last week we looked at where health data come from, and how messy they are.</p></div></li>'
    ) in sample


def test_the_page_asks_for_nothing_but_the_video_beside_it(sample: str) -> None:
    assert "//" not in re.sub(r"(?m)//.*$", "", sample)
    addresses = re.findall(r'(?:src|href)="([^"#][^"]*)"', sample)
    assert addresses == [f"talk{ending}" for ending in (".mp4", ".webm", ".m4v", ".mov", ".mp3", ".m4a")]


def test_the_page_runs_its_own_script_and_style_alone(sample: str) -> None:
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', sample)[0])
    for name in ("style", "script"):
        text = sample.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
        assert f"{name}-src 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.findall(r"<[^>]* on\w+=", sample)


def test_what_a_track_says_is_text_and_nothing_else(tmp_path: Path) -> None:
    times = "1\n00:00:01,000 --> 00:00:02,000\n"
    made = page(tmp_path, f"{times}{HOSTILE}\n\n", f"{times}危险{HOSTILE}\n\n")
    assert made.count("<script") == 2
    assert made.count("<img") == 0
    assert "&lt;img src=x onerror=alert(2)&gt; ${x} &amp;" in made
    cues = json.loads(made.partition('id="cues">')[2].partition("</script>")[0])
    assert cues["en"][0][2].startswith(
        "</script><script>alert(1)</script><img src=x onerror=alert(2)> ${x} & \u2028 end"
    )


def test_a_name_with_odd_characters_is_an_address_of_the_file_beside_the_page(tmp_path: Path) -> None:
    for language, text in (("en", "Hello."), ("zh", "你好")):
        path = tmp_path / f'a #1 100% "课".{language}.srt'
        path.write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n", "utf-8")
    assert bilect("export", "player", ".", "-o", "out", cwd=tmp_path).status == 0
    made = (tmp_path / "out" / 'a #1 100% "课".player.html').read_text("utf-8")
    assert '<source src="a%20%231%20100%25%20%22%E8%AF%BE%22.mp4">' in made
    assert "a #1 100% &quot;课&quot;.mp4</p>" in made


def test_chapters_stand_in_the_transcript(tmp_path: Path) -> None:
    (tmp_path / "talk.en.md").write_text("# Talk\n\n- 0:00 Start <3\n- 0:02 Middle\n", "utf-8")
    cues = "1\n00:00:01,000 --> 00:00:02,000\n{}\n\n2\n00:00:03,000 --> 00:00:04,000\n{}\n\n"
    for language, texts in (("en", ("One.", "Two.")), ("zh", ("一。", "二。"))):
        (tmp_path / f"talk.{language}.srt").write_text(cues.format(*texts), "utf-8")
    assert bilect("export", "player", ".", "-o", "out", cwd=tmp_path).status == 0
    made = (tmp_path / "out/talk.player.html").read_text("utf-8")
    order = [made.index(text) for text in ("<h2>Start &lt;3</h2>", "One.</p>", "<h2>Middle</h2>", "Two.</p>")]
    assert order == sorted(order)
