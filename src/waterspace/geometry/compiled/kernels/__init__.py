"""Compiled loops over arrays: each module here imports Numba, and nothing outside imports one at its top."""

from __future__ import annotations

__all__: list[str] = []
