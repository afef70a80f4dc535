"""Findings in the forms that people, editors and CI read: a form is one function of a module here."""
