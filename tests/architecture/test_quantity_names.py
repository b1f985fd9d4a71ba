"""A number says its unit in its name, and factors of conversion stand in one module."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from source_tree import modules

pytestmark = pytest.mark.no_cover
"""Nothing of the package runs here that has no test of its own."""

PARTS = ("domain", "geometry", "engine", "environment", "phenomena", "serials")

SUFFIXES = ("_m", "_m2", "_mps", "_s", "_ms", "_deg", "_c", "_kg", "_count", "_ratio")

WITHOUT_UNIT = {
    "coverage",  # of a search, as search theory calls it
    "fraction",  # of a leg, 0 to 1
    "maximum",  # of a parameter, in the unit of its suffix
    "minimum",  # the same
    "limit",  # of a finding, with its unit beside it
    "value",  # of a measure or a finding, with its unit beside it
    "engine_seconds",  # as run.json calls it
}
"""Names of numbers that have no unit and cannot be taken for one."""

FACTORS = {
    1852.0: "nautical mile",
    185.2: "cable",
    0.3048: "foot",
    0.9144: "yard",
    30.48: "flight level",
    1609.344: "statute mile",
    0.514444: "knot",
    1.943844: "knot",
    1.94384: "knot",
    0.5144: "knot",
    0.277778: "kilometre an hour",
    3600.0: "hour",
    86400.0: "day",
    60_000.0: "minute",
    3_600_000.0: "hour",
    86_400_000.0: "day",
}


@pytest.mark.parametrize("part", PARTS)
def test_every_number_of_a_public_signature_or_field_names_its_unit(part: str) -> None:
    nameless = [
        f"{module.place(node)} {name}"
        for module in modules(f"waterspace.{part}")
        for node, name, annotation in _public_values(module.tree)
        if _is_number(annotation) and not name.endswith(SUFFIXES) and name not in WITHOUT_UNIT
    ]
    assert not nameless, f"end the name in one of {', '.join(SUFFIXES)}: {nameless}"


def test_factors_of_conversion_stand_in_quantity_alone() -> None:
    typed_by_hand = [
        f"{module.place(node)} {_factor(node)}"
        for module in modules()
        if module.name != "waterspace.quantity"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.expr) and _factor(node)
    ]
    assert not typed_by_hand, f"import it from waterspace.quantity: {typed_by_hand}"


def test_the_scan_finds_a_factor_however_it_is_written() -> None:
    for text in ("1852", "1_852.0", "3600", "60 * 60", "60 * 1000", "24 * 60", "0.51444", "-0.3048"):
        assert any(_factor(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr)), text
    for text in ("60", "1000", "180.0", "2 * 60.5"):
        assert not any(_factor(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr)), text


def _public_values(tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.arg, str, ast.expr]]:
    """Fields of public classes and parameters of public functions and methods, with their annotations."""
    holders: list[ast.Module | ast.ClassDef] = [tree]
    holders += [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for holder in holders:
        for node in holder.body:
            if (
                isinstance(holder, ast.ClassDef)
                and isinstance(node, ast.AnnAssign)
                and isinstance(node.target, ast.Name)
            ):
                yield node, node.target.id, node.annotation
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                yield from ((arg, arg.arg, arg.annotation) for arg in arguments if arg.annotation)


def _is_number(annotation: ast.expr) -> bool:
    """Whether an annotation is `float`, or may be."""
    if isinstance(annotation, ast.BinOp):
        return _is_number(annotation.left) or _is_number(annotation.right)
    return isinstance(annotation, ast.Name) and annotation.id == "float"


def _factor(node: ast.expr) -> str:
    """What a number or a product of numbers converts, empty where it is no factor."""
    value = _value(node)
    if value is None:
        return ""
    if isinstance(node, ast.BinOp) and value == 1440.0:
        return "day in minutes"
    return next((name for factor, name in FACTORS.items() if abs(value - factor) < 1e-5 * factor), "")


def _value(node: ast.expr) -> float | None:
    """The value of a number or of a product of numbers."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        left, right = _value(node.left), _value(node.right)
        return None if left is None or right is None else left * right
    return None
