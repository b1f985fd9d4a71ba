"""Starting is cheap, and what a start finds does not depend on chance."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from source_tree import modules
from waterspace.serials import registry

HEAVY = ("astral", "duckdb", "jinja2", "numba", "numpy", "pydantic", "pyproj", "shapely", "yaml")

KERNELS = "waterspace.geometry.compiled.kernels"
"""What imports Numba, and is itself imported by the first question to a fleet."""

SLOW = ("csv", "difflib", "hashlib", "pathlib", "tempfile", "zipfile")
"""Of the standard library: what costs more than a few of our own modules."""

PACKAGES = ("waterspace.domain", "waterspace.environment", "waterspace.geometry")

IMPORTS = """
import importlib, json, sys
names = json.loads(sys.argv[1])
for name in names:
    importlib.import_module(name)
from waterspace.serials import registry
print(json.dumps(list(registry.keys())))
"""


def _loaded(code: str, *args: str) -> set[str]:
    """Top-level names in `sys.modules` after some code has run in a fresh interpreter."""
    report = "import sys; print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    wrapped = f"try:\n    {code}\nexcept SystemExit:\n    pass\n{report}"
    done = subprocess.run([sys.executable, "-c", wrapped, *args], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED")[2].split())


def test_importing_the_package_loads_no_library() -> None:
    loaded = _loaded("import waterspace")
    assert "waterspace" in loaded
    assert not loaded.intersection({*HEAVY, "typer", "rich", "click"})


def test_the_help_of_the_command_loads_no_heavy_library() -> None:
    loaded = _loaded("sys_argv = __import__('sys').argv; from waterspace.cli import main; main()", "--help")
    assert "typer" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("package", ["waterspace", "waterspace.domain", "waterspace.geometry"])
def test_every_name_that_is_imported_late_is_found(package: str) -> None:
    module = importlib.import_module(package)
    assert dir(module) == sorted(module.__all__)
    missing = {name for name in module.__all__ if not hasattr(module, name)}
    assert not {name for name in missing if find_spec(f"{package}.{name}") is None}


def test_geometry_and_environment_load_no_library_but_numpy() -> None:
    every = [module.name for module in modules()]
    names = [name for name in every if name.startswith(PACKAGES) and not name.startswith(KERNELS)]
    assert KERNELS in every
    loaded = _loaded(f"import {', '.join(names)}")
    assert "numpy" in loaded
    assert not loaded.intersection({*HEAVY, *SLOW} - {"numpy"})


@pytest.mark.parametrize("seed", ["0", pytest.param("4711", marks=pytest.mark.deep)])
def test_modules_import_in_any_order_and_find_the_same_serial_types(seed: str) -> None:
    names = [module.name for module in modules() if not module.name.endswith("__main__")]
    order = names[::-1] if seed == "0" else names
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-W", "error", "-c", IMPORTS, json.dumps(order)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == sorted(registry.keys())
