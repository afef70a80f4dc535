"""polib has no command that rewrites a catalog; this reads one and saves it."""

import sys

import polib

polib.pofile(sys.argv[1]).save(sys.argv[2])
