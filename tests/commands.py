"""Commands run in this process, as quick as a function: for what needs no process of its own."""

from __future__ import annotations

from click.testing import CliRunner, Result

from pipeline.cli import bilect
from pipeline.cli.console import Shell


def invoked(*arguments: str) -> Result:
    """Return what `bilect` says and how it ends with these arguments; what it raises is raised."""
    shell = Shell()
    result = CliRunner().invoke(bilect, arguments, obj=shell, standalone_mode=False)
    if result.exception:
        raise result.exception
    result.exit_code = 2 if shell.failed else int(result.return_value or 0)
    return result
