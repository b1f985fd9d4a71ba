"""Tells a dataset of S-124 from other texts, before anything of it is parsed."""

from __future__ import annotations

__all__ = ["is_s124"]

_HEAD, _ROOT = 200, 4000


def is_s124(text: str) -> bool:
    """Whether a text looks like a dataset of S-124."""
    return "<" in text[:_HEAD] and "iho.int/S124" in text[:_ROOT]
