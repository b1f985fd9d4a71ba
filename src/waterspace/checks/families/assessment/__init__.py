"""Objectives, command and assessment (WS7): what the exercise is for, who leads it, and how it is measured."""

__all__: list[str] = []
