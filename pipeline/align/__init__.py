"""Floor 3: two lists, pages or tracks in, pairs with evidence out."""
