"""Floor 2: bytes of a page in, units and outlines out."""
