"""A page with every kind of block, what some of its texts are in Chinese, and a picture: for what is made of handouts."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.align.course import course_of
from pipeline.exporters.base import Material
from pipeline.extractors.page import read_page

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PAGE = """---
title: Signals
author: Ada Byron
audience: students of physics
---
# Waves *and* noise

A wave has `freq` and $f$; see [the notes](https://example.org/notes?a=1&b=2), [there](b.md) and [below](#x).[^1]

```python
print("<wave>")
```

3. third
4. fourth
   - nested
   - [x] done

Between.

1. first

#### Deep

> said once

| Name | Meaning |
| --- | --- |
| f | frequency |

![a wave](wave.png) ![broken](broken.png) ![gone](gone.png) ![far](https://example.org/far.png)

<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>

[^1]: Written in spring.
"""
SAID = {
    "Signals": "信号", "Waves *and* noise": "波*与*噪声", "third": "⚠ 第三", "said once": "说过一次", "frequency": "频率",
    "Written in spring.": "写于春天。",
}  # fmt: skip


def material_of(text: str, translations: Mapping[str, str] | None = None) -> Material:
    """A course of one page, with translations by their texts."""
    page = read_page(text.encode(), "course/page.md")
    said: dict[tuple[str | None, str], str] = {(None, one): other for one, other in (translations or {}).items()}
    return Material(course_of("course", "course", [page]), {"course/page.md": said})
