"""Families of rules: one package for each, one module for rules that belong together."""

__all__: list[str] = []
