"""markdown-gettext takes one page a process; for a fair measure this takes a folder in one."""

import sys
from argparse import Namespace
from pathlib import Path

from markdown_gettext.cli import extract

for page in sorted(Path(sys.argv[1]).iterdir()):
    pot = Path(sys.argv[2], f"{page.stem}.pot")
    extract(Namespace(md=str(page), pot=str(pot), package="", report_addr="", team_addr=""))
