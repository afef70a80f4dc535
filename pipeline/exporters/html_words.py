"""The words that a handout says itself, in the languages of the handout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.exporters.frame import tag
from pipeline.model import Language

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "skip": ("跳到正文", "跳到正文", "Skip to the text"), "contents": ("目录", "目錄", "Contents"),
    "lectures": ("课程表", "課程表", "Lectures"), "topics": ("主题", "主題", "Topics"),
    "glossary": ("术语表", "術語表", "Glossary"), "notes": ("脚注", "腳註", "Footnotes"), "table": ("表格", "表格", "Table"),
    "code": ("代码", "代碼", "Code"), "note": ("备注", "備註", "Note"), "back": ("返回正文", "返回正文", "Back to the text"),
    "none": ("处未翻译", "處未翻譯", "not translated"), "fuzzy": ("处待核对", "處待核對", "to be checked"),
    "author": ("作者", "作者", "Author"), "source": ("来源", "來源", "Source"), "licence": ("许可", "授權", "Licence"),
    "translator": ("译者", "譯者", "Translator"), "video": ("视频", "影片", "Video"),
    "name": ("中文", "中文", "English"),
}  # fmt: skip
"""In simplified and in traditional Chinese, and in English."""

_PLACES: Mapping[Language, int] = {"zh_CN": 0, "zh_TW": 1, "en": 2}


def word(name: str, language: Language) -> str:
    """Return a word in one language."""
    return _WORDS[name][_PLACES[language]]


def words(name: str, languages: Sequence[Language]) -> str:
    """Return a word in all languages of a handout, as HTML that says which is which."""
    return " · ".join(
        f'<span lang="{tag(each)}">{text}</span>'
        for each, text in {each: word(name, each) for each in languages or ("en",)}.items()
    )
