"""What the system and the readers of TOML, YAML and XML say of a mistake, as far as people meet it: to be translated."""

from __future__ import annotations

from pipeline.text.said import said

_KNOWN = {
    str(words): words
    for words in (
        # the system, of files, in lower case
        said("no such file or directory"),
        said("permission denied"),
        said("operation not permitted"),
        said("is a directory"),
        said("not a directory"),
        said("directory not empty"),
        said("file exists"),
        said("file name too long"),
        said("read-only file system"),
        said("no space left on device"),
        said("disk quota exceeded"),
        said("too many levels of symbolic links"),
        said("too many open files"),
        said("input/output error"),
        said("exec format error"),
        # tomllib
        said("Invalid value"),
        said("Invalid statement"),
        said("Invalid initial character for a key part"),
        said("Invalid date or datetime"),
        said("Expected '=' after a key in a key/value pair"),
        said("Expected ']' at the end of a table declaration"),
        said("Expected ']]' at the end of an array declaration"),
        said("Expected newline or end of document after a statement"),
        said("Unclosed array"),
        said("Unclosed inline table"),
        said("Unterminated string"),
        said("Unescaped '\\' in a string"),
        said("Cannot overwrite a value"),
        # libyaml
        said("mapping values are not allowed in this context"),
        said("block sequence entries are not allowed in this context"),
        said("could not find expected ':'"),
        said("did not find expected key"),
        said("did not find expected '-' indicator"),
        said("did not find expected ',' or ']'"),
        said("did not find expected ',' or '}}'"),
        said("did not find expected alphabetic or numeric character"),
        said("found character that cannot start any token"),
        said("found unexpected end of stream"),
        said("found unknown escape character"),
        said("found undefined alias"),
        said("control characters are not allowed"),
        # expat
        said("no element found"),
        said("not well-formed (invalid token)"),
        said("unclosed token"),
        said("mismatched tag"),
        said("duplicate attribute"),
        said("junk after document element"),
        said("undefined entity"),
        said("unbound prefix"),
        said("syntax error"),
    )
}


def known(words: str) -> str:
    """Return what another program says so that it can be told in the language of the user; what is rare stays as it is.

    >>> known("permission denied")
    'permission denied'
    """
    return _KNOWN.get(words, words)
