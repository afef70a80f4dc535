"""Pages that nobody would write: made at random from the pieces of real ones, read, translated and read again.

    python tests/fuzz/fuzz_pages.py [SECONDS [SEED]]

What must hold: no exception; without translations every byte comes back; every unit stands where it says; a translated
page says exactly what was put in, but for what was left out with a finding. A page that breaks this is cut down to the
smallest that still does, and printed. Seeds are numbers, so that a run can be repeated.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from test_identity import assert_identity, assert_inverse  # noqa: E402

# Separated by blanks; ␠ is a blank, ⏎ a line end, ⇥ a tab.
PIECES = tuple(
    piece.translate(str.maketrans("␠⏎⇥", " \n\t"))
    for piece in r"""
    #␠ ##␠ -␠ *␠ 1.␠ >␠ > | || |␠a␠|␠b␠|⏎|---|---|⏎ ` `` ```⏎ ~~~⏎ ⏎ ⏎⏎ ␠␠␠␠ ⇥ ␠ ␠␠⏎ \⏎ ---⏎ ===⏎ ***⏎ \ \| $ $$ $x$
    <br> <br>⏎ <table> </table> <tr> <td> </td> <td␠colspan=2␠rowspan=3> <div> </div> <div⏎ <p> </p> <li> <pre> </pre>
    <style> </style> <script> </script> <svg> </svg> <code> </code> <b> </b> <sup> </sup> <a␠href='x'> </a> <!DOCTYPE␠html>
    <a␠title="t␠t"> <img␠alt='a␠a'> <span␠style='display:␠block'> <b␠translate=no> <!-- --> <![CDATA[ ]]> <? ?>
    <meta␠name=description␠content='a␠b'> [a](b) [a] [a][b] [b]:␠c␠'d␠d'⏎ ![c](d) ![c␠c][] ![ ]( ] [ ( ) [[p [[p|q]] ]]
    [^1] [^1]:␠ * ** _ __ ~~ &amp; & ; {{␠x␠}} {{ }} {%␠y␠%} {% %} {%␠raw␠%} {%␠endraw␠%} {{<␠s␠>}} {#␠c␠#} {:.c} {:␠#i␠} {#id}
    !!!␠note␠"A␠b"⏎␠␠␠␠ :::tip␠A␠b⏎ :::⏎ >␠[!note]␠ :␠d⏎ term⏎ -␠[␠]␠ ---⏎title:␠a␠b⏎---⏎ title:␠x␠y⏎ tags:␠[a␠b,␠c]⏎
    text:␠|⏎␠␠a␠b⏎ k:␠"a␠b"⏎ +++⏎title␠=␠"a␠b"⏎+++⏎ word words␠of␠text ␠a␠ 1 . ! : # ' " < > / = 词 中文，文字 （ ）
    ```{tip}␠a␠b⏎ ```{code}⏎ :class:␠x⏎ :alt:␠a␠b⏎ :::{note}⏎ (a)=⏎ +++␠{x}⏎ ^^^⏎ <<<␠@/a⏎ import␠a␠from␠'b'⏎ {fig-alt="a␠b"}
    \\( \\) â€™ é 😀 https://a.b/c a@b.cd <!--␠bilect:off␠--> <!--␠bilect:on␠--> <!--␠bilect:skip␠--> <!--␠bilect:note␠n␠n␠-->
    """.split()
)
# What is no piece of the list above: line ends, odd blanks, marks, and (as lone surrogates) bytes that are not UTF-8.
PIECES += ("\r\n", "\r", "\f", "\v", "\x85", "\xa0", "\u2028", "\u200b", "\ufeff", "\udcff", "\udce4\udcb8")
CHANGES: tuple[Callable[[str], str], ...] = (
    lambda text: f"译{text}",
    lambda text: f"{text}译",
    lambda text: f"【{text}】",
    lambda text: f"The {text} too",
    lambda text: f"译文 {len(text)}",
)


def pages(seed: int) -> Iterator[tuple[int, str, int, list[str]]]:
    """Endless pages as (number, path, change, pieces); pieces come alone, in rows, and from a page before."""
    number = seed
    before: list[str] = ["text"]
    while True:
        chance = random.Random(number)
        pieces = chance.choices(PIECES, k=int(chance.expovariate(1 / 12)) + 1)
        if chance.random() < 0.3:
            place = chance.randrange(len(before))
            pieces[:0] = before[place : place + 8]
        if chance.random() < 0.2:
            pieces = [chance.choice(pieces)] * chance.randrange(1, 6) + pieces
        before = pieces[:40]
        yield number, chance.choice(("p.md", "p.md", "p.html")), chance.randrange(len(CHANGES)), pieces
        number += 1


def fault(pieces: list[str], path: str, change: int) -> str:
    """What is wrong with a page, in a line; empty where nothing is."""
    try:
        data = "".join(pieces).encode("utf-8", "surrogateescape")
        if data.decode("utf-8", "replace").count("\ufffd"):
            assert_identity(data, path)  # translated, so short a text can be read in another encoding
        else:
            assert_inverse(data, path, CHANGES[change])
    except AssertionError as error:
        return "assert " + (traceback.extract_tb(error.__traceback__)[-1].line or "").removeprefix("assert ")[:100]
    except Exception as error:  # noqa: BLE001  # a fuzzer looks for any
        return repr(error)[:200]
    return ""


def smallest(pieces: list[str], path: str, change: int, kind: str) -> list[str]:
    """As few of the pieces as have the same fault."""
    size = max(1, len(pieces) // 2)
    while size:
        place = 0
        while place < len(pieces):
            fewer = pieces[:place] + pieces[place + size :]
            if fewer and fault(fewer, path, change)[:30] == kind[:30]:
                pieces = fewer
            else:
                place += size
        size //= 2
    return pieces


def main(seconds: float, seed: int) -> int:
    """Try pages until the time is up; the number of faults of different kinds."""
    end, tried, shown = time.monotonic() + seconds, 0, set[str]()
    for number, path, change, pieces in pages(seed):
        if time.monotonic() > end:
            break
        tried += 1
        if kind := fault(pieces, path, change):
            small = "".join(smallest(pieces, path, change, kind))
            if small not in shown:
                shown.add(small)
                print(f"page {number} {path} change {change}: {kind}\n    {small!r}", flush=True)
    print(f"{tried} pages from {seed} on in {seconds:.0f} s: {len(shown)} faults")
    return len(shown)


if __name__ == "__main__":
    arguments = [float(argument) for argument in sys.argv[1:]]
    sys.exit(bool(main(arguments[0] if arguments else 60.0, int(arguments[1]) if len(arguments) > 1 else 1)))
