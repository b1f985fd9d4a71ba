"""Warnings in Chinese and Japanese: their words, days and places, which the two languages put together alike."""

__all__: list[str] = []
