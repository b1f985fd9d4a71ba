"""Drafts of the notices that an exercise needs: what is told, by whom, in how many texts."""

__all__: list[str] = []
