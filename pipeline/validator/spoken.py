"""A rule on translations of what is said in a talk: they are read as subtitles, in the time that it is said."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.subtitles.layout import english_width, width
from pipeline.subtitles.limits import LIMITS
from pipeline.subtitles.reading import rooms_in
from pipeline.text.said import said
from pipeline.validator.messages import Remark, Translation, message_rule

_FAR_BEYOND = 1.5
_USUAL = LIMITS["netflix"]


@message_rule("M171", "spoken-too-long", "warning")
def spoken_too_long(translation: Translation) -> Iterator[Remark]:
    """The translation of what is said can be read while it is said."""
    rooms = rooms_in(translation.message.comment or "")
    if not rooms:
        return
    is_english = translation.language.startswith("en")
    speed = _USUAL.english_speed if is_english else _USUAL.chinese_speed
    # a word that is shown for a moment is not too much to read, but shown too short
    room = max(min(rooms), int(speed * _USUAL.shortest / 1000))
    long = (english_width if is_english else width)(" ".join(translation.target.split()))
    if long > room:
        message = said("{long:g} characters long, of which {room} can be read while it is said", long=long, room=room)
        fix = said("say it in fewer words: fillers need no translation")
        yield Remark(message, fix=fix, severity=None if long > room * _FAR_BEYOND else "info")
