"""What a merge left in catalogs for a person to decide."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.message import SourcedMessage
from pipeline.catalogs.reconcile import CONFLICT, other_translation
from pipeline.text.said import said
from pipeline.validator.base import Found, rule


@rule("PO103", "merge-conflict-kept", "error")
def merge_conflict_kept(catalog: Catalog) -> Iterator[Found]:
    """Where a merge met two translations of a message, somebody has decided for one."""
    if CONFLICT not in catalog.source.text:  # no message is taken apart for nothing
        return
    for message in catalog:
        if isinstance(message, SourcedMessage) and CONFLICT in message.tcomment:
            other = other_translation(message)
            yield Found(
                catalog.path,
                message.linenum or 1,
                said(
                    "a merge left two translations of this message; the other one is “{other}”",
                    other=" / ".join(other.forms),
                )
                if other
                else said("a merge left two translations of this message"),
                source=message.msgid,
                target=message.msgstr or " / ".join(message.msgstr_plural.values()),
                fix="keep one, delete the comment lines that begin with merge-conflict, and the word fuzzy; "
                "or bilect git resolve",
            )
