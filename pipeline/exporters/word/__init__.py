"""The file of a Word document; only imported where python-docx is installed."""
