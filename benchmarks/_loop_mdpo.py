"""mdpo's command takes quadratic time into one catalog; for a fair measure this writes one a page, in one process."""

import sys
from pathlib import Path

from mdpo.md2po import markdown_to_pofile

for page in sorted(Path(sys.argv[1]).iterdir()):
    markdown_to_pofile([str(page)], po_filepath=str(Path(sys.argv[2], f"{page.stem}.po")), save=True)
