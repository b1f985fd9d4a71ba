"""Starting is cheap, and what a start finds does not depend on chance."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from source_tree import modules

HEAVY = ("astral", "duckdb", "jinja2", "numpy", "pydantic", "pyproj", "shapely", "yaml")

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


def test_modules_import_in_any_order_and_find_the_same_serial_types() -> None:
    names = [module.name for module in modules() if not module.name.endswith("__main__")]
    found = []
    for seed, order in (("0", names), ("4711", names[::-1])):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-W", "error", "-c", IMPORTS, json.dumps(order)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found.append(json.loads(done.stdout))
    assert found[0] == found[1] == sorted(found[0])
