"""Imports point inwards, without cycles, and never to the root."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from source_tree import ROOT, SOURCE, modules

pytestmark = pytest.mark.no_cover
"""Nothing of the package runs here that has no test of its own."""

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def test_imports_keep_the_contracts_of_the_project_file() -> None:
    done = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_imports_the_root_package() -> None:
    offenders = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                offenders += [module.place(node) for alias in node.names if alias.name == "waterspace"]
            elif isinstance(node, ast.ImportFrom) and node.module == "waterspace":
                offenders += [module.place(node) for alias in node.names if not _is_module(alias.name)]
    assert not offenders, f"the root is for users of the package: {offenders}"


def test_imports_are_absolute() -> None:
    relative = [
        module.place(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


def _is_module(name: str) -> bool:
    return (SOURCE / f"{name}.py").is_file() or (SOURCE / name / "__init__.py").is_file()
