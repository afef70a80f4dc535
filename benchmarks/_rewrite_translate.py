"""The Translate Toolkit has no command that rewrites a catalog; this reads one with its own parser and saves it."""

import sys

from translate.storage.pypo import pofile

pofile.parsefile(sys.argv[1]).savefile(sys.argv[2])
