"""Views: what rules of several families ask of a plan."""

__all__: list[str] = []
