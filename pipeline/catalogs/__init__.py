"""Floor 2: gettext catalogs, read and written without loss."""
