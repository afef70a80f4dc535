"""The words that a handout says itself, in every format the same, and which Chinese it says them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import Language

Word = Mapping[Language, str]
"""What a handout says, in each language."""

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "skip": ("跳到正文", "跳到正文", "Skip to the text"), "contents": ("目录", "目錄", "Contents"),
    "lectures": ("课程表", "課程表", "Lectures"), "topics": ("主题", "主題", "Topics"),
    "glossary": ("术语表", "術語表", "Glossary"), "credits": ("出处与致谢", "出處與致謝", "Credits"),
    "links": ("链接", "連結", "Links"), "notes": ("脚注", "腳註", "Footnotes"), "table": ("表格", "表格", "Table"),
    "code": ("代码", "代碼", "Code"), "back": ("返回正文", "返回正文", "Back to the text"),
    "original": ("原文", "原文", "Source"), "translation": ("译文", "譯文", "Translation"), "note": ("备注", "備註", "Note"),
    "none": ("处未翻译", "處未翻譯", "not translated"), "fuzzy": ("处待核对", "處待核對", "to be checked"),
    "author": ("作者", "作者", "Author"), "source": ("来源", "來源", "Source"), "licence": ("许可", "授權", "Licence"),
    "translator": ("译者", "譯者", "Translator"), "video": ("视频", "影片", "Video"),
    "name": ("中文", "中文", "English"),
}  # fmt: skip
"""In simplified and in traditional Chinese, and in English; ``name`` is what each language calls itself."""

WORDS: Mapping[str, Word] = {
    name: {"zh_CN": simplified, "zh_TW": traditional, "en": english}
    for name, (simplified, traditional, english) in _WORDS.items()
}


def word_in_both(name: str, chinese: Language = "zh_CN") -> str:
    """Return a word in Chinese and in English, whatever the languages of the handout.

    >>> word_in_both("note")
    '备注 · Note'
    """
    return f"{WORDS[name][chinese]} · {WORDS[name]['en']}"


def chinese_among(languages: Sequence[Language]) -> Language:
    """Return the Chinese of a handout in these languages; the simplified one where it has none."""
    return next((language for language in languages if language != "en"), "zh_CN")
