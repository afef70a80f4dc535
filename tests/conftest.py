"""What all tests share: where the lexicon's cache stands, and that no test fails because the machine was busy."""

from __future__ import annotations

import os

from golden import ROOT
from hypothesis import settings

os.environ.setdefault("BILECT_CACHE", str(ROOT / ".bilect"))  # in the checkout, not in the home of whoever runs them

for name in ("LANGUAGE", "LC_ALL"):
    os.environ.pop(name, None)
os.environ["LC_MESSAGES"] = "C"  # what is said is compared with English

settings.register_profile("bilect", settings(), deadline=None)
settings.load_profile("bilect")
