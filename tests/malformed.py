"""Subtitle files that are malformed in one way each, with what is to be read of them and what is to be said of them."""

from __future__ import annotations

from pipeline.model import Cue

SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n"
ZH = (
    "1\n00:00:01,000 --> 00:00:02,000\n我们今天来讲风险分层，这是第一个主题\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\n你们可以看到这些病人的数据\n"
)
TRAD = ZH.translate(str.maketrans("们来讲风险层这个题数据", "們來講風險層這個題數據"))
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0\\r\xa8f" + bytes(range(256)) * 4
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n\n00:03.000 --> 00:04.000\nWorld\n"
SBV = "0:00:01.000,0:00:02.000\nHello\n\n0:00:03.000,0:00:04.000\nWorld\n"
BCC = '{"body": [\n{"from": 1, "to": 2, "content": "Hello"},\n{"from": 3, "to": 4, "content": "World"}\n]}\n'
HELLO, WORLD = Cue(1000, 2000, "Hello"), Cue(3000, 4000, "World")
BOTH = (HELLO, WORLD)
HAN = (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), Cue(3000, 4000, "你们可以看到这些病人的数据"))

# fmt: off
# name: (what the file holds, the cues that come of it, what must be told: line and first words); no cues: it is refused
FILES: dict[str, tuple[str | bytes, tuple[Cue, ...], tuple[str, ...]]] = {
    "no blank line between cues.srt": (SRT.replace("\n\n","\n"), BOTH, ("4: no blank line before this cue",)),
    "no blank line and no index.srt": (SRT.replace("\n\n2\n","\n"), BOTH, ("4: the cue has no index",)),
    "blank line between index and times.srt": (
        SRT.replace("2\n00","2\n\n00"), BOTH, ("7: blank line between index and times",)),
    "blank line between times and text.srt": (
        SRT.replace("000\nW","000\n\nW"), BOTH, ("7: blank line inside the text of a cue",)),
    "blank lines in the text.srt": (
        SRT.replace("Hello","Hello\n\nthere\n\n\nagain"),
        (Cue(1000, 2000, "Hello\nthere\nagain"), WORLD,), ("4: blank line inside the text of a cue",)),
    "blank line that holds blanks.srt": (
        SRT.replace("Hello","Hello\n \t\nthere"), (Cue(1000, 2000, "Hello\n \t\nthere"), WORLD,), ()),
    "every line doubled.srt": (
        SRT.replace("\n\n","\n").replace("\n","\n\n"),
        BOTH, ("3: blank line between index and times", "4: blank line inside the text of a cue",)),
    "indexes doubled.srt": (SRT.replace("\n2\n","\n1\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "indexes absent.srt": (
        SRT.replace("1\n","",1).replace("\n2\n","\n"), BOTH, ("1: the cue has no index", "4: the cue has no index",)),
    "index absent at one cue.srt": (SRT.replace("\n2\n","\n"), BOTH, ("5: the cue has no index",)),
    "indexes as words.srt": (
        SRT.replace("1\n","one\n",1).replace("\n2\n","\ntwo\n"),
        BOTH, ("1: the index is no number", "5: the index is no number",)),
    "indexes from 0.srt": (SRT.replace("1\n","0\n",1).replace("\n2\n","\n1\n"), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "indexes backwards.srt": (
        SRT.replace("1\n","9\n",1).replace("\n2\n","\n8\n"), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "index with a full stop.srt": (SRT.replace("1\n","1.\n",1), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "index negative.srt": (SRT.replace("1\n","-1\n",1), BOTH, ("1: the indexes do not count 1, 2, 3",)),
    "index full-width.srt": (SRT.replace("\n2\n","\n２\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "index of a thousand digits.srt": (SRT.replace("\n2\n","\n"+"9"*1000+"\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "text that is a number before a cue without blank line.srt": (
        SRT.replace("Hello\n\n2\n","Hello\n42\n\n2\n"), (Cue(1000, 2000, "Hello\n42"), WORLD,), ()),
    "point for the comma.srt": (
        SRT.replace(",","."), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "full-width colons and commas.srt": (
        SRT.replace(":","：").replace(",","，"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "full-width digits.srt": (SRT.replace("00:00:01,000","００:００:０１,０００"), BOTH, ("2: the times are not in SRT's form",)),
    "arrow of one dash.srt": (
        SRT.replace("-->","->"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow as a sign.srt": (
        SRT.replace("-->","→"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow full-width.srt": (
        SRT.replace("-->","－－＞"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow with an en dash.srt": (
        SRT.replace("-->","–>"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow as an entity.srt": (
        SRT.replace("-->","--&gt;"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow without blanks.srt": (
        SRT.replace(" --> ","-->"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "arrow broken.srt": (
        SRT.replace("-->","-- >"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "no arrow.srt": (SRT.replace("3,000 --> ","3,000 "), BOTH, ("6: the times are not in SRT's form",)),
    "no hours.srt": (
        SRT.replace("00:00:0","00:0"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "no milliseconds.srt": (
        SRT.replace(",000",""), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "one digit each.srt": (
        SRT.replace("00:00:0","0:0:"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "milliseconds of one digit.srt": (
        SRT.replace(",000",",0"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "milliseconds after a colon.srt": (
        SRT.replace(",",":"), BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "milliseconds as a printed float.srt": (
        SRT.replace("00:00:04,000","00:00:04,560.0000000000009"),
        (HELLO, Cue(3000, 4560, "World"),), ("6: the times are not in SRT's form",)),
    "blanks in the times.srt": (SRT.replace("00:00:01,000","00: 00: 01, 000"), BOTH, ("2: the times are not in SRT's form",)),
    "seconds over 60.srt": (
        SRT.replace("00:00:04,000","00:00:75,000"),
        (HELLO, Cue(3000, 75000, "World"),), ("6: the times are not in SRT's form",)),
    "start negative.srt": (
        SRT.replace("00:00:01","-00:00:01"), (Cue(0, 2000, "Hello"), WORLD,), ("2: the times are not in SRT's form",)),
    "over a day.srt": (
        SRT.replace("00:00:0","30:00:0"), (Cue(108001000, 108002000, "Hello"), Cue(108003000, 108004000, "World"),), ()),
    "a million hours.srt": (
        SRT.replace("00:00:0","1000000:00:0"),
        (Cue(3600000001000, 3600000002000, "Hello"), Cue(3600000003000, 3600000004000, "World"),), ()),
    "hours of twenty digits.srt": (
        SRT.replace("00:00:03","9"*20+":00:03"),
        (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "end before start.srt": (
        SRT.replace("00:00:04","00:00:02"), (HELLO, Cue(3000, 2000, "World"),), ("6: this cue is never shown",)),
    "no duration.srt": (
        SRT.replace("00:00:04","00:00:03"), (HELLO, Cue(3000, 3000, "World"),), ("6: this cue is never shown",)),
    "overlapping.srt": (SRT.replace("00:00:02","00:00:09"), (Cue(1000, 9000, "Hello"), WORLD,), ()),
    "unsorted.srt": (
        SRT.replace("00:00:01","00:00:11").replace("00:00:02","00:00:12"),
        (Cue(11000, 12000, "Hello"), WORLD,), ("6: this cue starts before the cue above it",)),
    "the same cue twice.srt": (
        SRT+"\n"+SRT,
        (HELLO, WORLD, HELLO, WORLD,), ("9: the indexes do not count 1, 2, 3", "10: this cue starts before the cue above it",)),
    "times unreadable.srt": (
        SRT.replace("00:00:04,000","later"), (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "end missing.srt": (
        SRT.replace("00:00:04,000",""), (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "start missing.srt": (
        SRT.replace("00:00:03,000",""), (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "cue settings.srt": (
        SRT.replace("02,000","02,000 align:start position:10%"), BOTH, ("2: settings on the line of the times",)),
    "SubRip coordinates.srt": (
        SRT.replace("02,000","02,000 X1:100 X2:200 Y1:10 Y2:20"), BOTH, ("2: settings on the line of the times",)),
    "text on the line of the times.srt": (
        SRT.replace("\nHello"," Hello"), BOTH, ("2: text, taken into the cue, on the line of the times",)),
    "arrow in the text.srt": (SRT.replace("Hello","a --> b -> c"), (Cue(1000, 2000, "a --> b -> c"), WORLD,), ()),
    "times of day in the text.srt": (
        SRT.replace("Hello","from 10:30 - 11:45\n12:30:45 --> x"),
        (Cue(1000, 2000, "from 10:30 - 11:45"), WORLD,), ("4: the times of this cue cannot be read, so it is left out",)),
    "tags.srt": (
        SRT.replace("Hello",'<i>Hel<b>lo</i> <font color="red">'),
        (Cue(1000, 2000, '<i>Hel<b>lo</i> <font color="red">'), WORLD,), ()),
    "ASS override.srt": (SRT.replace("Hello",r"{\an8}Hello\Nthere"), (Cue(1000, 2000, "{\\an8}Hello\\Nthere"), WORLD,), ()),
    "entities.srt": (
        SRT.replace("Hello","&lt;Hello&gt; &amp; &nbsp;"), (Cue(1000, 2000, "&lt;Hello&gt; &amp; &nbsp;"), WORLD,), ()),
    "markdown.srt": (
        SRT.replace("Hello","**Hello** [x](y) `z` # 1"), (Cue(1000, 2000, "**Hello** [x](y) `z` # 1"), WORLD,), ()),
    "NUL in the text.srt": (SRT.replace("Hello","Hel\0lo"), BOTH, ("3: NUL characters, left out",)),
    "zero-width blanks.srt": (
        SRT.replace("1\n0","\u200b1\n\u200b0",1).replace("Hello","Hel\u200blo"),
        (Cue(1000, 2000, "Hel\u200blo"), WORLD,), ("1: the indexes do not count 1, 2, 3", "2: the times are not in SRT's form",)),
    "direction marks around the times.srt": (
        SRT.replace("00:00:01,000 --> 00:00:02,000","\u202a00:00:01,000 --> 00:00:02,000\u202c"),
        BOTH, ("2: the times are not in SRT's form",)),
    "no-break blanks in the times.srt": (
        SRT.replace(" --> ","\xa0-->\u3000"),
        BOTH, ("2: the times are not in SRT's form", "6: the times are not in SRT's form",)),
    "mark in the middle.srt": (SRT.replace("\n2\n","\n\ufeff1\n"), BOTH, ("5: the indexes do not count 1, 2, 3",)),
    "ad at the start.srt": (
        "Downloaded from example.org\nVisit us!\n\n"+SRT, BOTH, ("1: text before the first cue, left out",)),
    "ad at the end.srt": (
        SRT+"\nDownloaded from example.org\n",
        (HELLO, Cue(3000, 4000, "World\nDownloaded from example.org"),), ("8: blank line inside the text of a cue",)),
    "ad as a cue.srt": (
        "1\n00:00:00,000 --> 00:00:00,001\nexample.org\n\n"+SRT,
        (Cue(0, 1, "example.org"), HELLO, WORLD,), ("5: the indexes do not count 1, 2, 3",)),
    "WebVTT renamed.srt": (VTT, BOTH, ("1: the file is VTT, and its name says SRT",)),
    "WebVTT with styles renamed.srt": (
        VTT.replace("\n\n","\n\nSTYLE\n::cue(b) { color: red }\n\n",1), BOTH, ("1: the file is VTT, and its name says SRT",)),
    "SubViewer renamed.srt": (SBV, BOTH, ("1: the file is SBV, and its name says SRT",)),
    "SubViewer above SubRip.srt": (
        SBV[:30]+"\n"+SRT+"\n3\n00:00:05,000 --> 00:00:06,000\nagain\n",
        (HELLO, WORLD, Cue(5000, 6000, "again")), ("1: text before the first cue, left out",)),
    "BCC renamed.srt": (BCC, BOTH, ("1: the file is BCC, and its name says SRT",)),
    "BCC in UTF-16 renamed.srt": (
        BCC.encode("utf-16"), BOTH, ("1: the file is BCC, and its name says SRT", "1: the file is not plain UTF-8 with LF",)),
    "a web page.srt": (
        "<!DOCTYPE html>\n<html><body><h1>404 Not Found</h1></body></html>\n",
        (), ("1: no line holds the times of a cue",)),
    "a message.srt": ("No transcript found\n", (), ("1: no line holds the times of a cue",)),
    "a Markdown fence around.srt": (
        "```srt\n"+SRT+"```\n",
        (HELLO, Cue(3000, 4000, "World\n```"),), ("1: text before the first cue, left out", "2: no blank line before this cue",)),
    "an answer before and after.srt": (
        "Here is the translation:\n\n"+SRT+"\nLet me know!\n",
        (HELLO, Cue(3000, 4000, "World\nLet me know!"),),
        ("1: text before the first cue, left out", "10: blank line inside the text of a cue",)),
    "LF and CRLF.srt": (SRT.replace("Hello\n","Hello\r\n"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "CRLF doubled.srt": (SRT.replace("\n","\r\r\n"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "CR alone.srt": (SRT.replace("\n","\r"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "one CR in the text.srt": (SRT.replace("Hello","Hel\rlo"), (Cue(1000, 2000, "Hel\nlo"), WORLD,), ()),
    "line separators in the text.srt": (
        SRT.replace("Hello","Hel\u2028lo\x0b\x85"), (Cue(1000, 2000, "Hel\u2028lo\x0b\x85"), WORLD,), ()),
    "truncated in the text.srt": (SRT[:-4], (HELLO, Cue(3000, 4000, "Wo"),), ()),
    "truncated after the times.srt": (SRT[:-7], (HELLO, Cue(3000, 4000, ""),), ()),
    "truncated in the end.srt": (SRT[:-10], (HELLO,), ("6: the times of this cue cannot be read, so it is left out",)),
    "truncated in the start.srt": (
        SRT[:-29], (Cue(1000, 2000, "Hello\n2\n00:00:0"),), ("4: blank line inside the text of a cue",)),
    "truncated after the index.srt": (
        SRT[:-35], (Cue(1000, 2000, "Hello\n2\n0"),), ("4: blank line inside the text of a cue",)),
    "truncated inside a character.srt": (
        ZH.encode()[:-2],
        (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), Cue(3000, 4000, "你们可以看到这些病人的数�"),),
        ("7: bytes that are no text, read as U+FFFD",)),
    "beginning missing.srt": (
        SRT[10:], (WORLD,), ("1: text before the first cue, left out", "4: the indexes do not count 1, 2, 3",)),
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
    "UTF-16 BE without a mark.srt": (SRT.encode("utf-16-be"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16 cut in a character.srt": (ZH.encode("utf-16")[:-1], (), ("1: the file is no text",)),
    "UTF-32.srt": (SRT.encode("utf-32"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "GB18030.srt": (ZH.encode("gb18030"), HAN, ("1: the file is not plain UTF-8 with LF",)),
    "Big5.srt": (
        TRAD.encode("big5"),
        (Cue(1000, 2000, "我們今天來講風險分層，這是第一個主題"), Cue(3000, 4000, "你們可以看到這些病人的數據"),),
        ("1: the file is not plain UTF-8 with LF",)),
    "Windows-1252.srt": (
        SRT.replace("Hello","“Café”").encode("cp1252"),
        (Cue(1000, 2000, "“Café”"), WORLD,), ("1: the file is not plain UTF-8 with LF",)),
    "UTF-8 with a line of GB18030.srt": (
        ZH.encode().replace("病人".encode(),"病人".encode("gb18030")),
        (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), Cue(3000, 4000, "你们可以看到这些����的数据"),),
        ("7: bytes that are no text, read as U+FFFD",)),
    "UTF-8 with a mark.srt": (SRT.encode("utf-8-sig"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
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
        (HELLO,), ("1: the file is ASS, and its name says SRT",)),
    "negative.ass": (
        "[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,-0:00:01.00,0:00:02.00,Default,Hello\n",
        (Cue(0, 2000, "Hello"),), ("3: a time before 0, read as 0",)),
    "no header.vtt": (VTT[8:], BOTH, ("1: the file does not start with WEBVTT",)),
    "header lower case.vtt": (
        VTT.lower(), (Cue(1000, 2000, "hello"), Cue(3000, 4000, "world"),), ("1: the file does not start with WEBVTT",)),
    "header with a mark.vtt": ("\ufeff"+VTT, BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "SRT renamed.vtt": (SRT, BOTH, ("1: the file is SRT, and its name says VTT",)),
    "SRT with a mark renamed.vtt": (
        "\ufeff"+SRT, BOTH, ("1: the file is SRT, and its name says VTT", "1: the file is not plain UTF-8 with LF",)),
    "SRT renamed.sbv": (SRT, BOTH, ("1: the file is SRT, and its name says SBV",)),
    "WebVTT renamed.bcc": (VTT, BOTH, ("1: the file is VTT, and its name says BCC",)),
    "header without blank line.vtt": (VTT.replace("\n\n","\n",1), BOTH, ()),
    "comma for the point.vtt": (
        VTT.replace(".",","),
        BOTH, ("3: times that are not written as in WebVTT", "6: times that are not written as in WebVTT",)),
    "hours of one digit.vtt": (VTT.replace("00:01","0:00:01"), BOTH, ("3: times that are not written as in WebVTT",)),
    "seconds over 60.vtt": (
        VTT.replace("00:04","00:75"), (HELLO, Cue(3000, 75000, "World"),), ("6: times that are not written as in WebVTT",)),
    "no milliseconds.vtt": (
        VTT.replace(".000",""),
        BOTH, ("3: times that are not written as in WebVTT", "6: times that are not written as in WebVTT",)),
    "no blank line.vtt": (VTT.replace("Hello\n\n","Hello\n"), BOTH, ("5: no blank line before this cue",)),
    "blank line in the text.vtt": (
        VTT.replace("Hello","Hello\n\nthere"),
        (Cue(1000, 2000, "Hello\nthere"), WORLD,), ("6: a blank line in the text of a cue",)),
    "arrow in the text.vtt": (
        VTT.replace("Hello","a --> b"), (Cue(1000, 2000, ""), WORLD,), ("4: no blank line before this cue",)),
    "arrow without blanks.vtt": (VTT.replace(" --> ","-->"), BOTH, ()),
    "text before.vtt": (VTT.replace("\n\n","\n\nan ad\nin two lines\n\n",1), BOTH, ("3: text that belongs to no cue, left out",)),
    "unknown settings.vtt": (VTT.replace("02.000","02.000 foo:bar align:nowhere"), BOTH, ()),
    "note unclosed.vtt": (VTT+"\nNOTE\nlast words", BOTH, ()),
    "NUL.vtt": (VTT.replace("Hello","Hel\0lo"), BOTH, ("4: NUL characters, left out",)),
    "unclosed tags.vtt": (VTT.replace("Hello","<v Anna><c.x>Hello"), (Cue(1000, 2000, "<v Anna><c.x>Hello"), WORLD,), ()),
    "unknown entities.vtt": (VTT.replace("Hello","&foo; &amp;lt; &#65;"), (Cue(1000, 2000, "&foo; &lt; &#65;"), WORLD,), ()),
    "end before start.vtt": (VTT.replace("00:04","00:02"), (HELLO, Cue(3000, 2000, "World"),), ("6: this cue is never shown",)),
    "negative.vtt": (
        VTT.replace("00:03.000 ","-00:03.000 "),
        (HELLO, Cue(0, 4000, "World")), ("6: a time before 0, read as 0", "6: this cue starts before the cue above")),
    "negative with hours.vtt": (
        VTT.replace("00:01.000 ","-00:00:01.000 "), (Cue(0, 2000, "Hello"), WORLD), ("3: a time before 0, read as 0",)),
    "start and end negative.vtt": (
        VTT.replace("00:01.000 --> 00:02","-00:02.000 --> -00:01"),
        (Cue(0, 0, "Hello"), WORLD), ("3: a time before 0, read as 0", "3: this cue is never shown")),
    "times unreadable.vtt": (VTT.replace("00:04.000","later"), (HELLO,), ("6: times that cannot be read, the cue is left out",)),
    "only a header.vtt": ("WEBVTT\n\nNOTE nothing\n", (), ("1: no line holds the times of a cue",)),
    "empty.vtt": (b"", (), ("1: the file is empty",)),
    "PNG.vtt": (PNG, (), ("1: the file is no text",)),
    "truncated in the times.vtt": (VTT[:-14], (HELLO,), ("6: times that cannot be read, the cue is left out",)),
    "CR alone.vtt": (VTT.replace("\n","\r"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16.vtt": (VTT.encode("utf-16"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "GB18030.vtt": (
        VTT.replace("Hello","我们今天来讲风险分层，这是第一个主题").encode("gb18030"),
        (Cue(1000, 2000, "我们今天来讲风险分层，这是第一个主题"), WORLD,), ("1: the file is not plain UTF-8 with LF",)),
    "point missing.sbv": (
        SBV.replace(".000",""),
        BOTH, ("1: the times are not in SubViewer's form", "4: the times are not in SubViewer's form",)),
    "blank after the comma.sbv": (
        SBV.replace(",",", "),
        BOTH, ("1: the times are not in SubViewer's form", "4: the times are not in SubViewer's form",)),
    "no blank line.sbv": (SBV.replace("\n\n","\n"), BOTH, ("3: no blank line before this cue",)),
    "blank line in the text.sbv": (
        SBV.replace("Hello","Hello\n\nthere"),
        (Cue(1000, 2000, "Hello\nthere"), WORLD,), ("3: a blank line in the text of a cue",)),
    "text before.sbv": ("an ad\nof two lines\n\n"+SBV, BOTH, ("1: text before the first cue, left out",)),
    "times unreadable.sbv": (
        SBV.replace("0:00:04.000","later"), (HELLO,), ("4: times that cannot be read, the cue is left out",)),
    "end before start.sbv": (
        SBV.replace("0:00:04","0:00:02"), (HELLO, Cue(3000, 2000, "World"),), ("4: this cue is never shown",)),
    "empty.sbv": (b"", (), ("1: the file is empty",)),
    "binary.sbv": (PNG, (), ("1: the file is no text",)),
    "negative.sbv": (
        SBV.replace("0:00:03","-0:00:03"), (HELLO, Cue(0, 4000, "World"),), ("4: the times are not in SubViewer's form",)),
    "comma for the point.sbv": (SBV.replace("04.000","04,000"), BOTH, ("4: the times are not in SubViewer's form",)),
    "SubViewer 2 renamed.sbv": (
        "[INFORMATION]\n[TITLE]\n\n00:00:01.00,00:00:02.00\nHello[br]there\n",
        (Cue(1000, 2000, "Hello[br]there"),),
        ("1: text before the first cue, left out", "4: the times are not in SubViewer's form",)),
    "bad JSON.bcc": (BCC.replace("},","}"), (), ("1: the file is no JSON",)),
    "truncated.bcc": (BCC[:60], (), ("1: the file is no JSON",)),
    "a list.bcc": ("[1, 2]", (), ("1: the file is no JSON of Bilibili",)),
    "body no list.bcc": ('{"body": {}}', (), ("1: the file is no JSON of Bilibili",)),
    "body empty.bcc": ('{"body": []}', (), ("1: its body holds no cue",)),
    "no body.bcc": ("{}", (), ("1: the file is no JSON of Bilibili",)),
    "times as text.bcc": (
        BCC.replace('"from": 3','"from": "3"'), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "NaN.bcc": (BCC.replace("3","NaN"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "Infinity.bcc": (BCC.replace("4","Infinity"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "huge number.bcc": (BCC.replace("4","1e300"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "number of 5000 digits.bcc": (BCC.replace("4","4"*5000), (), ("1: the file is no JSON of Bilibili",)),
    "content a number.bcc": (BCC.replace('"World"',"7"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "content null.bcc": (BCC.replace('"World"',"null"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "true for a time.bcc": (BCC.replace("3","true"), (HELLO,), ("3: a cue without readable from, to and content, left out",)),
    "negative.bcc": (BCC.replace("3","-3"), (HELLO, Cue(-3000, 4000, "World"),), ("3: this cue starts before 0",)),
    "end before start.bcc": (BCC.replace("4","2"), (HELLO, Cue(3000, 2000, "World"),), ("3: this cue is never shown",)),
    "a key doubled.bcc": (BCC.replace('"from": 3','"from": 9, "from": 3'), BOTH, ()),
    "cue no object.bcc": (BCC.replace("]}",', 5]}'), BOTH, ("1: a cue without readable from, to and content, left out",)),
    "nested too deep.bcc": ("["*100000, (), ("1: the file is no JSON of Bilibili",)),
    "lone surrogate.bcc": (
        BCC.replace("World","Wor\\ud800ld"),
        (HELLO, Cue(3000, 4000, "Wor�ld"),), ("3: characters that are no text, left out or read as U+FFFD",)),
    "NUL.bcc": (BCC.replace("World","Wor\\u0000ld"), BOTH, ("3: characters that are no text, left out or read as U+FFFD",)),
    "mark.bcc": ("\ufeff"+BCC, BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "UTF-16.bcc": (BCC.encode("utf-16"), BOTH, ("1: the file is not plain UTF-8 with LF",)),
    "empty.bcc": (b"", (), ("1: the file is no JSON",)),
    "SRT renamed.bcc": (SRT, BOTH, ("1: the file is SRT, and its name says BCC",)),
    "blank line in the text.bcc": (BCC.replace("World","Wor\\n\\nld"), (HELLO, Cue(3000, 4000, "Wor\n\nld"),), ()),
}
# fmt: on
