"""Truth that others wrote, kept outside the project and named by `$WATERSPACE_CORPORA`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def corpus(*parts: str) -> Path:
    """A file or folder of the corpora; the test that asks is skipped where it is absent."""
    path = Path(os.environ.get("WATERSPACE_CORPORA", ""), *parts)
    if "WATERSPACE_CORPORA" not in os.environ or not path.exists():
        pytest.skip(f"WATERSPACE_CORPORA does not name a folder with {'/'.join(parts)}")
    return path
