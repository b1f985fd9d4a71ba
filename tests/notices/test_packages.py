"""The packages of notices give their names themselves, and stay light."""

from __future__ import annotations

import importlib
import subprocess
import sys
from types import ModuleType

import pytest

PACKAGES = ("drafting", "ledger", "promulgation", "waters")
HEAVY = {"duckdb", "jinja2", "numba", "pydantic", "pyproj", "shapely", "yaml"}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_gives_things_and_not_modules_that_are_called_like_them(package: str) -> None:
    one = importlib.import_module(f"waterspace.notices.{package}")
    assert one.__all__
    for name in one.__all__:
        thing = getattr(one, name)
        assert not isinstance(thing, ModuleType)
        assert thing.__module__.startswith(f"waterspace.notices.{package}.")


def test_what_a_planner_needs_is_one_package_away() -> None:
    from waterspace.notices import draft_all, drafting, ledger, promulgation, waters

    assert draft_all is drafting.draft_all
    assert callable(promulgation.promulgation_plan)
    assert {"amendments", "load", "record", "save"} <= {*ledger.__all__}
    assert {"general_area", "locality", "navarea", "split"} <= {*waters.__all__}


def test_the_packages_load_no_heavy_library_but_numpy() -> None:
    names = ", ".join(f"waterspace.notices.{package}" for package in PACKAGES)
    code = f"import sys, {names}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY.intersection(done.stdout.split())
