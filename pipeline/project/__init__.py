"""Floor 5: a project on disk: its configuration, its files, and writing them so that nothing is ever half written."""
