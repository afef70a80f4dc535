"""babel has no command that rewrites a catalog; this reads one and writes it."""

import sys

from babel.messages.pofile import read_po, write_po

with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    write_po(target, read_po(source))
