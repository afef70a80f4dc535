"""The frame of every page that is one file: its head, the colours of light, dark and paper, and a policy that runs nothing."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from pipeline.model import Language
from pipeline.text.printable import one_line

CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The policy of a page that asks for nothing: no script runs, no other file is loaded."""


def page(title: str, body: str, language: Language, *, style: str = "", policy: str = CLOSED) -> str:
    """Return a page with a body of HTML; ``title`` is plain text, ``style`` is added to what all pages share."""
    return (
        f'<!DOCTYPE html>\n<html lang="{tag(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown(title)}</title>\n<style>\n{packaged('frame.css')}{style}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def tag(language: Language) -> str:
    """Return a language as HTML writes it.

    >>> tag("zh_CN")
    'zh-CN'
    """
    return language.replace("_", "-")


def shown(text: str) -> str:
    """Return a text on one line, escaped for HTML."""
    return escape(one_line(text))


@cache
def packaged(name: str) -> str:
    """Return a file that lies beside this module."""
    return (files("pipeline.exporters") / name).read_text("utf-8")
