"""What every test can rely on."""

from __future__ import annotations

import gc
import os

from hypothesis import settings

from source_tree import ROOT

# What is computed once is kept between runs of the tests, and is not what the user's own cache holds.
os.environ["WATERSPACE_CACHE"] = str(ROOT / ".pytest_cache" / "waterspace")

# Machines differ, and no test asserts a time. A law is tried on forty cases here; deep tests look much further. In CI
# the same cases are tried each time; elsewhere new ones.
settings.register_profile("waterspace", deadline=None, max_examples=40, derandomize=os.environ.get("CI") == "true")
settings.load_profile("waterspace")


def pytest_collection_finish() -> None:
    """Set aside what collecting has made: it stays to the end, and need not be looked through again and again."""
    gc.collect()
    gc.freeze()
