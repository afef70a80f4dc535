"""Floor 4: what readers hold: translated pages, handouts, subtitles, tables."""
