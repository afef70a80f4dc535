"""Addresses that a reader may follow: none whose scheme could run something, and as formats that check them want them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\?[\w=&%.+-]*)?", re.ASCII)
_TELEPHONE = re.compile(r"\+?[\d().-]{2,30}", re.ASCII)
_WEB = frozenset({"http", "https", "ftp"})
_SAFE_SCHEMES = _WEB | {"mailto", "tel"}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


def safe_url(url: str) -> str | None:
    """The address, or None where following it could run something.

    >>> safe_url("img/a.png"), safe_url(" java\\tscript:alert(1)"), safe_url("data:text/html,x")
    ('img/a.png', None, None)
    """
    url = _UNSEEN.sub("", url)
    scheme = _SCHEME.match(url)
    return url if url and (scheme is None or scheme[1].lower() in _SAFE_SCHEMES) else None


def web_address(url: str) -> str | None:
    """Return an address that leads somewhere from a file that is passed on, None for any other.

    >>> web_address("https://例子.cn/图 1.png?a=%zz"), web_address("notes.pdf"), web_address("javascript:alert(1)")
    ('https://xn--fsqu00a.cn/%E5%9B%BE%201.png?a=%25zz', None, None)
    """
    try:
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        scheme = parts.scheme.lower()
        if scheme in _WEB:
            host = parts.netloc.rpartition("@")[2].encode("idna").decode("ascii")
            rest = _escaped(parts.path, "") + _escaped(parts.query, "?") + _escaped(parts.fragment, "#")
            return f"{scheme}://{host}{rest}" if _HOST.fullmatch(host) else None
    except ValueError:  # also what idna refuses
        return None
    known = {"mailto": _MAIL, "tel": _TELEPHONE}.get(scheme)
    return f"{scheme}:{url.partition(':')[2]}" if known and known.fullmatch(url.partition(":")[2]) else None


def _escaped(text: str, before: str) -> str:
    escaped = quote(_ESCAPE.sub("%25", text), safe="/%:@!$&'()*+,;=~?-._", errors="replace")
    return before + escaped if escaped else ""
