"""Every module says what it is for, publishes its names and stays short."""

from __future__ import annotations

import ast

import pytest

from source_tree import ROOT, Module, modules, published

MOST_LINES = 600

every_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


@every_module
def test_the_docstring_begins_with_one_sentence_on_its_own(module: Module) -> None:
    docstring = ast.get_docstring(module.tree)
    assert docstring, f"{module.path.relative_to(ROOT)} has no docstring"
    first, _, rest = docstring.partition("\n")
    assert first.endswith((".", ":")), first
    assert not rest or rest.startswith("\n"), f"the first sentence of {module.name} runs on"


@every_module
def test_the_module_is_not_too_long(module: Module) -> None:
    assert len(module.text.splitlines()) <= MOST_LINES


@every_module
def test_all_lists_exactly_the_public_names(module: Module) -> None:
    names = published(module)
    assert names is not None, f"{module.name} has no __all__"
    defined = _defined(module.tree.body)
    assert not defined - names, "public but not in __all__"
    known = defined | _imported(module.tree.body) | _inside(module) | {"__version__"}
    if not _is_lazy(module):
        assert not names - known, "in __all__ but not defined"


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
