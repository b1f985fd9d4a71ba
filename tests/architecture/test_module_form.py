"""Every module says what it is for, publishes its names and stays short."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from source_tree import Module, modules, published

pytestmark = pytest.mark.no_cover
"""Nothing of the package runs here that has no test of its own."""

MOST_LINES = 600


def test_the_docstring_begins_with_one_sentence_on_its_own() -> None:
    odd = list(_odd_docstrings())
    assert not odd, "\n".join(odd)


def _odd_docstrings() -> Iterator[str]:
    """What is wrong with a docstring, each with its module."""
    for module in modules():
        docstring = ast.get_docstring(module.tree)
        if not docstring:
            yield f"{module.name} has no docstring"
            continue
        first, _, rest = docstring.partition("\n")
        if not first.endswith((".", ":")):
            yield f"{module.name} begins with no sentence: {first}"
        if rest and not rest.startswith("\n"):
            yield f"the first sentence of {module.name} runs on"


def test_no_module_is_too_long() -> None:
    lengths = {module.name: len(module.text.splitlines()) for module in modules()}
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_all_lists_exactly_the_public_names() -> None:
    odd = list(_odd_names())
    assert not odd, "\n".join(odd)


def _odd_names() -> Iterator[str]:
    """Where `__all__` and what a module defines differ."""
    for module in modules():
        names = published(module)
        if names is None:
            yield f"{module.name} has no __all__"
            continue
        defined = _defined(module.tree.body)
        if unlisted := defined - names:
            yield f"public in {module.name}, but not in its __all__: {sorted(unlisted)}"
        known = defined | _imported(module.tree.body) | _inside(module) | {"__version__"}
        if (undefined := names - known) and not _is_lazy(module):
            yield f"in __all__ of {module.name}, but not defined: {sorted(undefined)}"


def _defined(body: list[ast.stmt]) -> set[str]:
    """Public classes, functions and values of a module, type variables left out."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign) and not _is_type_variable(node.value):
            names.update(name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if not name.startswith("_")}


def _is_type_variable(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"TypeVar", "ParamSpec"}
    )


def _imported(body: list[ast.stmt]) -> set[str]:
    return {
        alias.asname or alias.name
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _inside(module: Module) -> set[str]:
    """Names of the modules inside a package."""
    return {path.stem for path in module.path.parent.iterdir()} if module.is_package else set()


def _is_lazy(module: Module) -> bool:
    """Whether a package finds its names when they are asked for."""
    return any(isinstance(node, ast.FunctionDef) and node.name == "__getattr__" for node in module.tree.body)
