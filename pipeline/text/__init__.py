"""Floor 1: what is true of any text, whatever file it stands in."""
