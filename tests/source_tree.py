"""What the architecture tests look at: modules as syntax trees, and every text file of the repository."""

from __future__ import annotations

import ast
import gc
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["ROOT", "SOURCE", "Module", "modules", "published", "text_files"]

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "waterspace"

_FOLDERS = (
    ".ci",
    "benchmarks",
    "changelog.d",
    "docs",
    "examples",
    "plugins",
    "requirements",
    "schema",
    "src",
    "tests",
    "tools",
    "web",
)
_MADE = {"__pycache__", "node_modules", ".venv", "build", "dist"}
_BINARY = {".npz", ".png", ".parquet", ".pyc", ".gz", ".woff2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module of the package."""

    name: str
    path: Path

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return _trees()[self.path]

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__` of a package."""
        return self.path.name == "__init__.py"

    def place(self, node: ast.stmt | ast.expr | ast.arg) -> str:
        """`path:line` of a node, for messages."""
        return f"{self.path.relative_to(ROOT)}:{node.lineno}"


@cache
def modules(package: str = "waterspace") -> tuple[Module, ...]:
    """Every module of the package or of one part of it, in order of name."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name == package or name.startswith(package + "."):
            found.append(Module(name=name, path=path))
    return tuple(found)


@cache
def _trees() -> dict[Path, ast.Module]:
    """The syntax of every module, read when the first is asked for.

    It is a million objects that stay. Python is kept from looking through them for rubbish while they grow and later:
    that takes four times as long as reading them.
    """
    gc.disable()
    try:
        return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    finally:
        gc.freeze()
        gc.enable()


def published(module: Module) -> set[str] | None:
    """The names in `__all__`, or None where there is none."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name) and target.id == "__all__":
            return set(ast.literal_eval(value))
    return None


@cache
def text_files() -> tuple[Path, ...]:
    """Every file that people wrote or that a tool wrote for them, built bundles left out."""
    files = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".coverage")]
    for folder in _FOLDERS:
        files.extend(path for path in (ROOT / folder).rglob("*") if path.is_file())
    kept = (path for path in files if path.suffix not in _BINARY and not _MADE.intersection(path.parts))
    return tuple(sorted(path for path in kept if not _is_bundle(path)))


def _is_bundle(path: Path) -> bool:
    """Whether a file was built from `web/`."""
    return path.is_relative_to(SOURCE) and path.suffix in {".js", ".css"}
