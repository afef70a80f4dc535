"""Malformed subtitle files: every one is repaired with a finding that names the line, or refused with a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import bilect

from pipeline import pair_tracks
from pipeline.model import Cue
from pipeline.subtitles.formats import format_of, read_track, track_bytes

TWO = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n"
ZH = (
    "1\n00:00:01,000 --> 00:00:02,000\n我们今天来讲风险分层，这是第一个主题\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\n你们可以看到这些病人的数据\n"
)
TRAD = ZH.translate(str.maketrans("们来讲风险层这个题数据", "們來講風險層這個題數據"))
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0\\r\xa8f" + bytes(range(256)) * 4
V = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n\n00:03.000 --> 00:04.000\nWorld\n"
S = "0:00:01.000,0:00:02.000\nHello\n\n0:00:03.000,0:00:04.000\nWorld\n"
B = '{"body": [\n{"from": 1, "to": 2, "content": "Hello"},\n{"from": 3, "to": 4, "content": "World"}\n]}\n'
HELLO, WORLD = Cue(1000, 2000, "Hello"), Cue(3000, 4000, "World")
BOTH = (HELLO, WORLD)
HAN = (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), Cue(3000, 4000, "你们可以看到这些病人的数据"))

# fmt: off
# name: (what the file holds, the cues that come of it, what must be told: line and first words); no cues: it is refused
FILES: dict[str, tuple[str | bytes, tuple[Cue, ...], tuple[str, ...]]] = {
    "no blank line between cues.srt": (TWO.replace("\n\n","\n"), BOTH, ("4: no blank line before this cue",)),
    "no blank line and no index.srt": (TWO.replace("\n\n2\n","\n"), BOTH, ("4: the cue has no index",)),
    "blank line between index and times.srt": (
        TWO.replace("2\n00","2\n\n00"), BOTH, ("7: blank line between index and times",)),
    "blank line between times and text.srt": (
        TWO.replace("000\nW","000\n\nW"), BOTH, ("7: blank line inside the text of a cue",)),
    "blank lines in the text.srt": (
        TWO.replace("Hello","Hello\n\nthere\n\n\nagain"),
        (Cue(1000, 2000, "Hello\nthere\nagain"), WORLD,), ("4: blank line inside the text of a cue",)),
    "blank line that holds blanks.srt": (
        TWO.replace("Hello","Hello\n \t\nthere"), (Cue(1000, 2000, "Hello\n \t\nthere"), WORLD,), ()),
    "every line doubled.srt": (
        TWO.replace("\n\n","\n").replace("\n","\n\n"),
        BOTH, ("3: blank line between index and times", "4: blank line inside the text of a cue",)),
    "indexes doubled.srt": (TWO.replace("\n2\n","\n1\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "indexes absent.srt": (
        TWO.replace("1\n","",1).replace("\n2\n","\n"), BOTH, ("1: the cue has no index", "4: the cue has no index",)),
    "index absent at one cue.srt": (TWO.replace("\n2\n","\n"), BOTH, ("5: the cue has no index",)),
    "indexes as words.srt": (
        TWO.replace("1\n","one\n",1).replace("\n2\n","\ntwo\n"),
        BOTH, ("1: the index is no number", "5: the index is no number",)),
    "indexes from 0.srt": (TWO.replace("1\n","0\n",1).replace("\n2\n","\n1\n"), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "indexes backwards.srt": (
        TWO.replace("1\n","9\n",1).replace("\n2\n","\n8\n"), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "index with a full stop.srt": (TWO.replace("1\n","1.\n",1), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "index negative.srt": (TWO.replace("1\n","-1\n",1), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "index full-width.srt": (TWO.replace("\n2\n","\n２\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "index of a thousand digits.srt": (TWO.replace("\n2\n","\n"+"9"*1000+"\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "text that is a number before a cue without blank line.srt": (
        TWO.replace("Hello\n\n2\n","Hello\n42\n\n2\n"), (Cue(1000, 2000, "Hello\n42"), WORLD,), ()),
    "point for the comma.srt": (
        TWO.replace(",","."), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "full-width colons and commas.srt": (
        TWO.replace(":","：").replace(",","，"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "full-width digits.srt": (TWO.replace("00:00:01,000","００:００:０１,０００"), BOTH, ("2: the times are not in SRT's form",)),
    "arrow of one dash.srt": (
        TWO.replace("-->","->"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow as a sign.srt": (
        TWO.replace("-->","→"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow full-width.srt": (
        TWO.replace("-->","－－＞"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow with an en dash.srt": (
        TWO.replace("-->","–>"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow as an entity.srt": (
        TWO.replace("-->","--&gt;"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow without blanks.srt": (
        TWO.replace(" --> ","-->"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow broken.srt": (
        TWO.replace("-->","-- >"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "no arrow.srt": (TWO.replace("3,000 --> ","3,000 "), BOTH, ("6: the times are not in SRT's form",)),
    "no hours.srt": (
        TWO.replace("00:00:0","00:0"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "no milliseconds.srt": (
        TWO.replace(",000",""), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "one digit each.srt": (
        TWO.replace("00:00:0","0:0:"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "milliseconds of one digit.srt": (
        TWO.replace(",000",",0"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "milliseconds after a colon.srt": (
        TWO.replace(",",":"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "milliseconds as a printed float.srt": (
        TWO.replace("00:00:04,000","00:00:04,560.0000000000009"),
        (HELLO, Cue(3000, 4560, "World"),), ("6: the times are not in SRT's form",)),
    "blanks in the times.srt": (TWO.replace("00:00:01,000","00: 00: 01, 000"), BOTH, ("2: the times are not in SRT's form",)),
    "seconds over 60.srt": (
        TWO.replace("00:00:04,000","00:00:75,000"),
        (HELLO, Cue(3000, 75000, "World"),), ("6: the times are not in SRT's form",)),
    "start negative.srt": (
        TWO.replace("00:00:01","-00:00:01"), (Cue(0, 2000, "Hello"), WORLD,), ("2: the times are not in SRT's form",)),
    "over a day.srt": (
        TWO.replace("00:00:0","30:00:0"), (Cue(108001000, 108002000, "Hello"), Cue(108003000, 108004000, "World"),), ()),
    "a million hours.srt": (
        TWO.replace("00:00:0","1000000:00:0"),
        (Cue(3600000001000, 3600000002000, "Hello"), Cue(3600000003000, 3600000004000, "World"),), ()),
    "hours of twenty digits.srt": (
        TWO.replace("00:00:03","9"*20+":00:03"),
        (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "end before start.srt": (
        TWO.replace("00:00:04","00:00:02"), (HELLO, Cue(3000, 2000, "World"),), ("6: this cue is never shown",)),
    "no duration.srt": (
        TWO.replace("00:00:04","00:00:03"), (HELLO, Cue(3000, 3000, "World"),), ("6: this cue is never shown",)),
    "overlapping.srt": (TWO.replace("00:00:02","00:00:09"), (Cue(1000, 9000, "Hello"), WORLD,), ()),
    "unsorted.srt": (
        TWO.replace("00:00:01","00:00:11").replace("00:00:02","00:00:12"),
        (Cue(11000, 12000, "Hello"), WORLD,), ("6: this cue starts before the cue above it",)),
    "the same cue twice.srt": (
        TWO+"\n"+TWO,
        (HELLO, WORLD, HELLO, WORLD,), ("9: the indexes do not count 1, 2, 3", "10: this cue starts before the cue above it",)),
    "times unreadable.srt": (
        TWO.replace("00:00:04,000","later"), (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "end missing.srt": (
        TWO.replace("00:00:04,000",""), (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "start missing.srt": (
        TWO.replace("00:00:03,000",""), (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "cue settings.srt": (
        TWO.replace("02,000","02,000 align:start position:10%"), BOTH, ("2: settings on the line of the times",)),
    "SubRip coordinates.srt": (
        TWO.replace("02,000","02,000 X1:100 X2:200 Y1:10 Y2:20"), BOTH, ("2: settings on the line of the times",)),
    "text on the line of the times.srt": (
        TWO.replace("\nHello"," Hello"), BOTH, ("2: text, taken into the cue, on the line of the times",)),
    "arrow in the text.srt": (TWO.replace("Hello","a --> b -> c"), (Cue(1000, 2000, "a --> b -> c"), WORLD,), ()),
    "times of day in the text.srt": (
        TWO.replace("Hello","from 10:30 - 11:45\n12:30:45 --> x"),
        (Cue(1000, 2000, "from 10:30 - 11:45"), WORLD,), ("4: the times of this cue cannot be read, so it is left out",)),
    "tags.srt": (
        TWO.replace("Hello",'<i>Hel<b>lo</i> <font color="red">'),
        (Cue(1000, 2000, '<i>Hel<b>lo</i> <font color="red">'), WORLD,), ()),
    "ASS override.srt": (TWO.replace("Hello",r"{\an8}Hello\Nthere"), (Cue(1000, 2000, "{\\an8}Hello\\Nthere"), WORLD,), ()),
    "entities.srt": (
        TWO.replace("Hello","&lt;Hello&gt; &amp; &nbsp;"), (Cue(1000, 2000, "&lt;Hello&gt; &amp; &nbsp;"), WORLD,), ()),
    "markdown.srt": (
        TWO.replace("Hello","**Hello** [x](y) `z` # 1"), (Cue(1000, 2000, "**Hello** [x](y) `z` # 1"), WORLD,), ()),
    "NUL in the text.srt": (TWO.replace("Hello","Hel\0lo"), BOTH, ("3: NUL characters, left out",)),
    "zero-width blanks.srt": (
        TWO.replace("1\n0","\u200b1\n\u200b0",1).replace("Hello","Hel\u200blo"),
        (Cue(1000, 2000, "Hel\u200blo"), WORLD,), ("1: the indexes do not count 1, 2, 3", "2: the times are not in SRT's form",)),
    "direction marks around the times.srt": (
        TWO.replace("00:00:01,000 --> 00:00:02,000","\u202a00:00:01,000 --> 00:00:02,000\u202c"),
        BOTH, ("2: the times are not in SRT's form",)),
    "no-break blanks in the times.srt": (
        TWO.replace(" --> ","\xa0-->\u3000"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "mark in the middle.srt": (TWO.replace("\n2\n","\n\ufeff1\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "ad at the start.srt": (
        "Downloaded from example.org\nVisit us!\n\n"+TWO, BOTH, ("1: text before the first cue, left out",)),
    "ad at the end.srt": (
        TWO+"\nDownloaded from example.org\n",
        (HELLO, Cue(3000, 4000, "World\nDownloaded from example.org"),), ("8: blank line inside the text of a cue",)),
    "ad as a cue.srt": (
        "1\n00:00:00,000 --> 00:00:00,001\nexample.org\n\n"+TWO,
        (Cue(0, 1, "example.org"), HELLO, WORLD,), ("5: the indexes do not count 1, 2, 3",)),
    "WebVTT renamed.srt": (V, BOTH, ("1: text before the first cue, left out", "3: the times are not in SRT's form",)),
    "SubViewer renamed.srt": (S, (), ("1: no line holds the times of a cue",)),
    "BCC renamed.srt": (B, (), ("1: no line holds the times of a cue",)),
    "a web page.srt": (
        "<!DOCTYPE html>\n<html><body><h1>404 Not Found</h1></body></html>\n",
        (), ("1: no line holds the times of a cue",)),
    "a message.srt": ("No transcript found\n", (), ("1: no line holds the times of a cue",)),
    "a Markdown fence around.srt": (
        "```srt\n"+TWO+"```\n",
        (HELLO, Cue(3000, 4000, "World\n```"),), ("1: text before the first cue, left out", "2: no blank line before this cue",)),
    "an answer before and after.srt": (
        "Here is the translation:\n\n"+TWO+"\nLet me know!\n",
        (HELLO, Cue(3000, 4000, "World\nLet me know!"),),
        ("1: text before the first cue, left out", "10: blank line inside the text of a cue",)),
    "LF and CRLF.srt": (TWO.replace("Hello\n","Hello\r\n"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "CRLF doubled.srt": (TWO.replace("\n","\r\r\n"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "CR alone.srt": (TWO.replace("\n","\r"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "one CR in the text.srt": (TWO.replace("Hello","Hel\rlo"), (Cue(1000, 2000, "Hel\nlo"), WORLD,), ()),
    "line separators in the text.srt": (
        TWO.replace("Hello","Hel\u2028lo\x0b\x85"), (Cue(1000, 2000, "Hel\u2028lo\x0b\x85"), WORLD,), ()),
    "truncated in the text.srt": (TWO[:-4], (HELLO, Cue(3000, 4000, "Wo"),), ()),
    "truncated after the times.srt": (TWO[:-7], (HELLO, Cue(3000, 4000, ""),), ()),
    "truncated in the end.srt": (TWO[:-10], (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "truncated in the start.srt": (
        TWO[:-29], (Cue(1000, 2000, "Hello\n2\n00:00:0"),), ("4: blank line inside the text of a cue",)),
    "truncated after the index.srt": (
        TWO[:-35], (Cue(1000, 2000, "Hello\n2\n0"),), ("4: blank line inside the text of a cue",)),
    "truncated inside a character.srt": (
        ZH.encode()[:-2],
        (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), Cue(3000, 4000, "你们可以看到这些病人的数�"),),
        ("7: bytes that are no text, read as U+FFFD",)),
    "beginning missing.srt": (
        TWO[10:], (WORLD,), ("1: text before the first cue, left out", "4: the indexes do not count 1, 2, 3",)),
    "empty.srt": (b"", (), ("1: the file is empty",)),
    "only blanks.srt": (" \n\t\r\n \u3000\n", (), ("1: the file is empty",)),
    "only a mark.srt": (b"\xef\xbb\xbf", (), ("1: the file is empty",)),
    "only indexes.srt": ("1\n\n2\n\n3\n", (), ("1: no line holds the times of a cue",)),
    "binary.srt": (bytes(range(256))*8, (), ("1: the file is no text",)),
    "PNG.srt": (PNG, (), ("1: the file is no text",)),
    "gzip.srt": (b"\x1f\x8b\x08\0\0\0\0\0\0\x03"+bytes(range(200,250))*9, (), ("1: the file is no text",)),
    "NULs.srt": (b"\0"*500, (), ("1: the file is empty",)),
    "UTF-16 with a mark.srt": (ZH.encode("utf-16"), HAN, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16 LE without a mark.srt": (ZH.encode("utf-16-le"), HAN, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16 BE without a mark.srt": (TWO.encode("utf-16-be"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16 cut in a character.srt": (ZH.encode("utf-16")[:-1], (), ("1: the file is no text",)),
    "UTF-32.srt": (TWO.encode("utf-32"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "GB18030.srt": (ZH.encode("gb18030"), HAN, ("1: the file is not plain UTF-8 with LF",)),
    "Big5.srt": (
        TRAD.encode("big5"),
        (Cue(1000, 2000, "我們今天來講風險分層，這是第一個主題"), Cue(3000, 4000, "你們可以看到這些病人的數據"),),
        ("1: the file is not plain UTF-8 with LF",)),
    "Windows-1252.srt": (
        TWO.replace("Hello","“Café”").encode("cp1252"),
        (Cue(1000, 2000, "“Café”"), WORLD,), ("1: the file is not plain UTF-8 with LF",)),
    "UTF-8 with a line of GB18030.srt": (
        ZH.encode().replace("病人".encode(),"病人".encode("gb18030")),
        (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), Cue(3000, 4000, "你们可以看到这些����的数据"),),
        ("7: bytes that are no text, read as U+FFFD",)),
    "UTF-8 with a mark.srt": (TWO.encode("utf-8-sig"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "roll-up captions.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:02,000 --> 00:00:02,010\nHello\n\n"
        "3\n00:00:02,010 --> 00:00:04,000\nHello\nWorld\n",
        (HELLO, Cue(2000, 2010, "Hello"), Cue(2010, 4000, "Hello\nWorld"),), ()),
    "cues without text.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n\n",
        (Cue(1000, 2000, ""), Cue(3000, 4000, ""),), ()),
    "MicroDVD renamed.srt": ("{24}{48}Hello\n{72}{96}World\n", (), ("1: no line holds the times of a cue",)),
    "SSA renamed.srt": (
        "[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:01.00,0:00:02.00,Default,Hello\n",
        (), ("1: no line holds the times of a cue",)),
    "no header.vtt": (V[8:], BOTH, ("1: the file does not start with WEBVTT",)),
    "header lower case.vtt": (
        V.lower(), (Cue(1000, 2000, "hello"), Cue(3000, 4000, "world"),), ("1: the file does not start with WEBVTT",)),
    "header with a mark.vtt": ("\ufeff"+V, BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "SRT renamed.vtt": (TWO, BOTH, ("1: the file does not start with WEBVTT", "2: times that are not written as in WebVTT",)),
    "header without blank line.vtt": (V.replace("\n\n","\n",1), BOTH, ()),
    "comma for the point.vtt": (
        V.replace(".",","),
        BOTH, ("3: times that are not written as in WebVTT", "6: times that are not written as in WebVTT",)),
    "hours of one digit.vtt": (V.replace("00:01","0:00:01"), BOTH, ("3: times that are not written as in WebVTT",)),
    "seconds over 60.vtt": (
        V.replace("00:04","00:75"), (HELLO, Cue(3000, 75000, "World"),), ("6: times that are not written as in WebVTT",)),
    "no milliseconds.vtt": (
        V.replace(".000",""),
        BOTH, ("3: times that are not written as in WebVTT", "6: times that are not written as in WebVTT",)),
    "no blank line.vtt": (V.replace("Hello\n\n","Hello\n"), BOTH, ("5: no blank line before this cue",)),
    "blank line in the text.vtt": (
        V.replace("Hello","Hello\n\nthere"),
        (Cue(1000, 2000, "Hello\nthere"), WORLD,), ("6: a blank line in the text of a cue",)),
    "arrow in the text.vtt": (
        V.replace("Hello","a --> b"), (Cue(1000, 2000, ""), WORLD,), ("4: no blank line before this cue",)),
    "arrow without blanks.vtt": (V.replace(" --> ","-->"), BOTH, ()),
    "text before.vtt": (V.replace("\n\n","\n\nan ad\nin two lines\n\n",1), BOTH, ("3: text that belongs to no cue, left out",)),
    "unknown settings.vtt": (V.replace("02.000","02.000 foo:bar align:nowhere"), BOTH, ()),
    "note unclosed.vtt": (V+"\nNOTE\nlast words", BOTH, ()),
    "NUL.vtt": (V.replace("Hello","Hel\0lo"), BOTH, ("4: NUL characters, left out",)),
    "unclosed tags.vtt": (V.replace("Hello","<v Anna><c.x>Hello"), (Cue(1000, 2000, "<v Anna><c.x>Hello"), WORLD,), ()),
    "unknown entities.vtt": (V.replace("Hello","&foo; &amp;lt; &#65;"), (Cue(1000, 2000, "&foo; &lt; &#65;"), WORLD,), ()),
    "end before start.vtt": (V.replace("00:04","00:02"), (HELLO, Cue(3000, 2000, "World"),), ("6: this cue is never shown",)),
    "negative.vtt": (V.replace("00:03.000 ","-00:03.000 "), (HELLO,), ("6: times that cannot be read, the cue is left out",)),
    "times unreadable.vtt": (V.replace("00:04.000","later"), (HELLO,), ("6: times that cannot be read, the cue is left out",)),
    "only a header.vtt": ("WEBVTT\n\nNOTE nothing\n", (), ("1: no line holds the times of a cue",)),
    "empty.vtt": (b"", (), ("1: the file is empty",)),
    "PNG.vtt": (PNG, (), ("1: the file is no text",)),
    "truncated in the times.vtt": (V[:-14], (HELLO,), ("6: times that cannot be read, the cue is left out",)),
    "CR alone.vtt": (V.replace("\n","\r"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16.vtt": (V.encode("utf-16"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "GB18030.vtt": (
        V.replace("Hello","我们今天来讲风险分层，这是第一个主题").encode("gb18030"),
        (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), WORLD,), ("1: the file is not plain UTF-8 with LF",)),
    "point missing.sbv": (
        S.replace(".000",""),
        BOTH, ("1: the times are not in SubViewer's form", "4: the times are not in SubViewer's form",)),
    "blank after the comma.sbv": (
        S.replace(",",", "),
        BOTH, ("1: the times are not in SubViewer's form", "4: the times are not in SubViewer's form",)),
    "no blank line.sbv": (S.replace("\n\n","\n"), BOTH, ("3: no blank line before this cue",)),
    "blank line in the text.sbv": (
        S.replace("Hello","Hello\n\nthere"),
        (Cue(1000, 2000, "Hello\nthere"), WORLD,), ("3: a blank line in the text of a cue",)),
    "text before.sbv": ("an ad\nof two lines\n\n"+S, BOTH, ("1: text before the first cue, left out",)),
    "times unreadable.sbv": (
        S.replace("0:00:04.000","later"), (HELLO,), ("4: times that cannot be read, the cue is left out",)),
    "SRT renamed.sbv": (TWO, (), ("1: no line holds the times of a cue",)),
    "end before start.sbv": (
        S.replace("0:00:04","0:00:02"), (HELLO, Cue(3000, 2000, "World"),), ("4: this cue is never shown",)),
    "empty.sbv": (b"", (), ("1: the file is empty",)),
    "binary.sbv": (PNG, (), ("1: the file is no text",)),
    "negative.sbv": (
        S.replace("0:00:03","-0:00:03"), (HELLO, Cue(0, 4000, "World"),), ("4: the times are not in SubViewer's form",)),
    "comma for the point.sbv": (S.replace("04.000","04,000"), BOTH, ("4: the times are not in SubViewer's form",)),
    "SubViewer 2 renamed.sbv": (
        "[INFORMATION]\n[TITLE]\n\n00:00:01.00,00:00:02.00\nHello[br]there\n",
        (Cue(1000, 2000, "Hello[br]there"),),
        ("1: text before the first cue, left out", "4: the times are not in SubViewer's form",)),
    "bad JSON.bcc": (B.replace("},","}"), (), ("1: the file is no JSON",)),
    "truncated.bcc": (B[:60], (), ("1: the file is no JSON",)),
    "a list.bcc": ("[1, 2]", (), ("1: the file is no JSON of Bilibili",)),
    "body no list.bcc": ('{"body": {}}', (), ("1: the file is no JSON of Bilibili",)),
    "body empty.bcc": ('{"body": []}', (), ("1: its body holds no cue",)),
    "no body.bcc": ("{}", (), ("1: the file is no JSON of Bilibili",)),
    "times as text.bcc": (
        B.replace('"from": 3','"from": "3"'), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "NaN.bcc": (B.replace("3","NaN"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "Infinity.bcc": (B.replace("4","Infinity"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "huge number.bcc": (B.replace("4","1e300"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "number of 5000 digits.bcc": (B.replace("4","4"*5000), (), ("1: the file is no JSON of Bilibili",)),
    "content a number.bcc": (B.replace('"World"',"7"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "content null.bcc": (B.replace('"World"',"null"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "true for a time.bcc": (B.replace("3","true"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "negative.bcc": (B.replace("3","-3"), (HELLO, Cue(-3000, 4000, "World"),), ("3: this cue starts before 0",)),
    "end before start.bcc": (B.replace("4","2"), (HELLO, Cue(3000, 2000, "World"),), ("3: this cue is never shown",)),
    "a key doubled.bcc": (B.replace('"from": 3','"from": 9, "from": 3'), BOTH, ()),
    "cue no object.bcc": (B.replace("]}",', 5]}'), BOTH, ("1: a cue without readable from, to and content, left out",)),
    "nested too deep.bcc": ("["*100000, (), ("1: the file is no JSON of Bilibili",)),
    "lone surrogate.bcc": (
        B.replace("World","Wor\\ud800ld"),
        (HELLO, Cue(3000, 4000, "Wor�ld"),), ("3: characters that are no text, left out or read as U+FFFD",)),
    "NUL.bcc": (B.replace("World","Wor\\u0000ld"), BOTH, ("3: characters that are no text, left out or read as U+FFFD",)),
    "mark.bcc": ("\ufeff"+B, BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16.bcc": (B.encode("utf-16"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "empty.bcc": (b"", (), ("1: the file is no JSON",)),
    "SRT renamed.bcc": (TWO, (), ("1: the file is no JSON",)),
    "blank line in the text.bcc": (B.replace("World","Wor\\n\\nld"), (HELLO, Cue(3000, 4000, "Wor\n\nld"),), ()),
}
# fmt: on


def bytes_of(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@pytest.mark.parametrize("name", FILES)
def test_a_malformed_file_is_repaired_or_refused_and_says_where(name: str) -> None:
    text, cues, told = FILES[name]
    track = read_track(bytes_of(text), name)
    assert track.cues == cues
    said = [f"{finding.line}: {finding.message.removeprefix('no subtitles: ')}" for finding in track.findings]
    assert all(any(each.startswith(words) for each in said) for words in told), said
    assert bool(told) == bool(said)
    assert cues or [finding.severity for finding in track.findings] == ["error"]


@pytest.mark.parametrize("name", FILES)
def test_no_word_of_a_malformed_file_is_lost_without_a_word(name: str) -> None:
    data = bytes_of(FILES[name][0])
    track = read_track(data, name)
    kept = "\n".join(
        [*(cue.text for cue in track.cues), *(f"{found.message}\n{found.source}" for found in track.findings)]
    )
    if track.cues:
        for word in ("Hello", "World", "there", "again", "example.org"):
            assert kept.count(word) >= data.count(word.encode()), word
    assert track_bytes(track) == data


@pytest.mark.parametrize("name", [name for name, (_, cues, _) in FILES.items() if cues])
def test_what_was_repaired_is_written_whole_in_every_format(name: str) -> None:
    cues = read_track(bytes_of(FILES[name][0]), name).cues
    for path in ("a.srt", "a.vtt", "a.sbv", "a.bcc"):
        again = read_track(format_of(path).write(cues), path).cues
        assert len(again) == len(cues), path


WHOLE = {"a.srt": TWO, "b.srt": ZH, "a.vtt": V, "a.sbv": S, "a.bcc": B}


@pytest.mark.parametrize("path", WHOLE)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
def test_a_file_cut_off_anywhere_is_read_up_to_there_or_refused(path: str, codec: str) -> None:
    data = WHOLE[path].encode(codec)
    whole = read_track(data, path).cues[0].text
    unclear = 0 if whole.isascii() else len(WHOLE[path][:50].encode(codec))  # two characters do not tell their encoding
    for end in range(unclear, len(data)):
        track = read_track(data[:end], path)
        text = track.cues[0].text.rstrip("�") if track.cues else ""
        assert whole.startswith(text) or text.startswith(whole)
        assert track.cues or [finding.severity for finding in track.findings] == ["error"]
        assert track_bytes(track) == data[:end]


def test_the_commands_say_it_in_lines_and_go_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (text, _, _) in FILES.items():
        (tmp_path / "in" / name).write_bytes(bytes_of(text))
    shown = bilect("subs", "convert", "in", "-o", "out", "--to", "vtt", cwd=tmp_path)
    assert shown.status == 1
    assert "Traceback" not in shown.stderr
    refused = {name for name, (_, cues, _) in FILES.items() if not cues}
    assert all(f"in/{name}: " in shown.stderr for name in refused)
    assert len(list((tmp_path / "out").iterdir())) <= len(FILES) - len(refused)


def test_a_cue_a_million_hours_on_takes_no_longer_to_pair_than_any_other() -> None:
    en = [Cue(3000 * n, 3000 * n + 2500, f"Sentence {n} about risk.") for n in range(20)]
    zh = [Cue(3000 * n, 3000 * n + 2500, f"第 {n} 句讲风险。") for n in range(20)]
    late = [Cue(10**13, 10**13 + 2000, "The end."), Cue(10**15, 10**15 + 2000, "完。")]
    pairing = pair_tracks([*en, late[0]], [*zh, late[1]])
    assert sum(pair.en == pair.zh for pair in pairing.pairs) >= 18
