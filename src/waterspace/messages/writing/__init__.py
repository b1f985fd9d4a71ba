"""Drafts, written in the forms in which notices are promulgated; one module for each form."""

__all__: list[str] = []
