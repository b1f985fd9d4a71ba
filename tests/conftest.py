"""What every test can rely on."""

from __future__ import annotations

import atexit
import gc
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import settings

from source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

# What is computed once is kept between runs of the tests, and is not what the user's own cache holds.
os.environ["WATERSPACE_CACHE"] = str(ROOT / ".pytest_cache" / "waterspace")

# Machines differ, and no test asserts a time. A law is tried on forty cases or as many as it says; deep tests look much
# further. In CI the same cases are tried each time; elsewhere new ones.
settings.register_profile("quick", deadline=None, max_examples=40, derandomize=os.environ.get("CI") == "true")
settings.register_profile("deep", settings.get_profile("quick"))
settings.load_profile("quick")

FEW = 15
"""On so many cases at the most a law is tried by `make test`; `make test-deep` tries it again on all that it says."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Try a law on few cases, marked to be tried on all in a deep run.

    Coverage is that of the examples which somebody thought of: tracing every case of a law would take as long as all
    other tests together, and would call a line tested that no example was ever written for.
    """
    test: Any = getattr(item, "obj", None)
    test = getattr(test, "__func__", test)
    if not getattr(test, "is_hypothesis_test", False):
        return
    item.add_marker("no_cover")
    if _cases(test) > FEW and item.get_closest_marker("deep") is None:
        item.add_marker("law")
        if item.config.getoption("--hypothesis-profile") != "deep":
            test._hypothesis_internal_use_settings = settings(_settings(test), max_examples=FEW)


@cache
def _cases(law: Callable[..., object]) -> int:
    """On how many cases a law is tried by what stands above it."""
    return _settings(law).max_examples


def _settings(law: Callable[..., object]) -> settings:
    found: settings = vars(law)["_hypothesis_internal_use_settings"]
    return found


def pytest_collection_finish() -> None:
    """Set aside what collecting has made: it stays to the end, and need not be looked through again and again."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
