"""What all tests share: the lexicon's cache stands in the checkout, not in the home of whoever runs them."""

from __future__ import annotations

import os

from golden import ROOT

os.environ.setdefault("BILECT_CACHE", str(ROOT / ".bilect"))
