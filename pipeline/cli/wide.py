"""Help in Chinese, where a character takes two columns and lines end between characters too."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pipeline.text.columns import wrapped
from pipeline.text.tongue import _
from pipeline.text.width import display_width


class WideFormatter(click.HelpFormatter):
    """What click has, but for the places where lines end, and colons."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that says how a command is called."""
        super().write_usage(prog, args, _("Usage:") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the title of a section."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; those that begin with a line of a backspace keep their lines."""
        margin = " " * self.current_indent
        blocks = []
        for block in text.strip("\n").split("\n\n"):
            is_table = block.startswith("\b")
            lines = block.splitlines()[1:] if is_table else wrapped(" ".join(block.split()), self._room(len(margin)))
            blocks.append("\n".join(margin + line for line in lines))
        self.write("\n\n".join(blocks) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they are, side by side."""
        rows = list(rows)
        first = min(max((display_width(term) for term, _meaning in rows), default=0), col_max) + col_spacing
        margin = " " * self.current_indent
        for term, meaning in rows:
            lines = wrapped(" ".join(meaning.split()), self._room(first + len(margin)))
            beside = display_width(term) <= first - col_spacing
            head = term + " " * (first - display_width(term)) + lines.pop(0) if beside else term
            self.write(f"{margin}{head}".rstrip() + "\n")
            for line in filter(None, lines):
                self.write(f"{margin}{' ' * first}{line}\n")

    def _room(self, margin: int) -> int:
        return max(self.width - margin, 10)


class WideContext(click.Context):
    """A context whose help is for wide characters."""

    formatter_class = WideFormatter
