"""Floor 2: subtitle files in, cues out, and back."""
