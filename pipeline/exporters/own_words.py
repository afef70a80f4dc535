"""What exporters say themselves, tables, pictures, players and the site, in the traditional characters of an edition.

In the code it stands in simplified Chinese; a test holds this table to what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.model import Language

_PHRASES: Mapping[str, str] = {
    # in tables and pictures
    "讲次表": "講次表", "讲次": "講次", "讲义": "講義", "讲": "講", "主题": "主題", "标题": "標題", "资料": "資料",
    "课程表": "課程表", "课程": "課程", "课件": "投影片", "笔记": "筆記", "习题": "習題", "阅读": "閱讀", "代码": "程式碼",
    "考试": "考試", "项目": "專題", "视频": "影片", "已接受": "已接受", "待查": "待查", "无对应": "無對應",
    "人工指定": "人工指定", "可用": "可用", "对齐图": "對齊圖", "双语": "雙語", "单语": "單語",
    # on the site
    "网页，可打印": "網頁，可列印", "可打印": "可列印", "电子书": "電子書", "电子表格": "試算表", "文档": "文件",
    "文本": "文字", "供程序用": "供程式使用", "全部课程": "全部課程", "页": "頁", "语言": "語言", "目录": "目錄",
    "下载": "下載", "播放与文稿": "播放與文稿", "把视频": "把影片",
    "放在播放页旁边，或在那里选择": "放在播放頁旁邊，或在那裡選擇",
    "视频与字幕": "影片與字幕",
    # in the player
    "视频不在本页旁边。": "影片不在本頁旁邊。", "选择视频文件": "選擇影片檔案", "上下互换": "上下互換", "跟随播放": "跟隨播放",
    "跟随": "跟隨", "快捷键": "快速鍵", "播放／暂停": "播放／暫停", "顺序": "順序", "查找": "尋找",
    "在文稿中查找": "在文稿中尋找",
    "此文件无法播放": "此檔案無法播放",
}  # fmt: skip


def in_chinese(words: str, chinese: Language) -> str:
    """Return what an exporter says itself, which stands in simplified Chinese, in the Chinese of what it makes.

    >>> in_chinese("视频 · Video", "zh_TW"), in_chinese("视频 · Video", "zh_CN")
    ('影片 · Video', '视频 · Video')
    """
    return _pattern().sub(lambda match: _PHRASES[match[0]], words) if chinese == "zh_TW" else words


@cache
def _pattern() -> re.Pattern[str]:
    """The phrases, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(_PHRASES, key=len, reverse=True))))
