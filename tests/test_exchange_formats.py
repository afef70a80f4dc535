"""The written rules of XLIFF and TMX, as far as a catalog touches them, and their schemas, where the machine has them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

import pytest
from exchanging import PO, catalog_of, exported

from pipeline.catalogs.exchanged import outgoing
from pipeline.catalogs.tmx import tmx_bytes
from pipeline.catalogs.xliff import xliff_bytes

CORE, META = "{urn:oasis:names:tc:xliff:document:2.0}", "{urn:oasis:names:tc:xliff:metadata:2.0}"
OLD = "{urn:oasis:names:tc:xliff:document:1.2}"


def in_order(element: ET.Element, *names: str) -> bool:
    ranks = [names.index(child.tag) for child in element]
    return ranks == sorted(ranks)


def test_xliff_2_1_keeps_its_rules() -> None:
    root = ET.fromstring(exported(PO))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "en", "zh-CN")
    ids = [element.get("id", "") for element in root.iter() if element.tag in {f"{CORE}unit", f"{CORE}group"}]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[\w.-]+", each) for each in ids)
    for unit in root.iter(f"{CORE}unit"):
        assert in_order(unit, f"{META}metadata", f"{CORE}notes", f"{CORE}segment")
        assert all(len(group) for group in unit.iter(f"{META}metaGroup"))
        assert all(meta.get("type") for meta in unit.iter(f"{META}meta"))
        for segment in unit.iter(f"{CORE}segment"):
            assert in_order(segment, f"{CORE}source", f"{CORE}target")
            assert segment.get("state") in {None, "initial", "translated", "final"}
            assert segment.get("subState") in {None, "bilect:fuzzy"}
    plural = [group for group in root.iter(f"{CORE}group") if group.get("type") == "bilect:plural"]
    assert [len(list(group)) for group in plural] == [2, 2]


def test_xliff_1_2_keeps_its_rules() -> None:
    root = ET.fromstring(exported(PO, "1.2"))
    (file,) = root
    assert (file.get("source-language"), file.get("target-language"), file.get("datatype")) == ("en", "zh-CN", "po")
    assert [group.get("restype") for group in root.iter(f"{OLD}group")] == ["x-gettext-plurals"] * 2
    for unit in root.iter(f"{OLD}trans-unit"):
        first = [child.tag for child in unit][:2]
        assert first in ([f"{OLD}source", f"{OLD}target"], [f"{OLD}source", f"{OLD}context-group"])
        assert all(other.find(f"{OLD}target") is not None for other in unit.iter(f"{OLD}alt-trans"))
    (previous,) = (each for each in root.iter(f"{OLD}alt-trans") if each.findtext(f"{OLD}source") == "Old")
    assert previous.get("alttranstype") == "previous-version"


SCHEMAS = {"2.1": "xliff_core_2.0.xsd", "1.2": "xliff-core-1.2-strict.xsd", "tmx": "tmx14.dtd"}


@pytest.mark.parametrize("form", list(SCHEMAS))
def test_files_are_valid_by_the_schemas_of_their_formats(form: Literal["2.1", "1.2", "tmx"]) -> None:
    folder = Path(os.environ.get("BILECT_SCHEMAS", "no folder"))
    path = next(folder.rglob(SCHEMAS[form]), None)
    if path is None:
        pytest.skip(
            f"BILECT_SCHEMAS names no folder that holds {SCHEMAS[form]}; docs/exchange.md says where it is from"
        )
    etree = pytest.importorskip("lxml.etree")
    file = [outgoing(catalog_of(PO), "a.po", "en", "zh_CN")]
    document = etree.fromstring(tmx_bytes(file) if form == "tmx" else xliff_bytes(file, form))
    if form == "tmx":
        schema = etree.DTD(str(path))
    else:  # both import the schema of the xml: attributes, from the network unless told
        beside = next(folder.rglob("xml.xsd")).absolute().as_uri()
        text = re.sub(r'schemaLocation="[^"]*xml\.xsd"', f'schemaLocation="{beside}"', path.read_text("utf-8"))
        schema = etree.XMLSchema(etree.fromstring(text.encode("utf-8"), base_url=str(path)))
    assert schema.validate(document), schema.error_log
    if form == "2.1":
        module = etree.XMLSchema(etree.parse(str(next(path.parent.rglob("metadata.xsd")))))
        assert all(module.validate(each) for each in document.iter(f"{META}metadata")), module.error_log
