"""Runs the tutorial of the convoy as it is written, page and notebook, and writes what they show into them again.

Usage: python tools/refresh_tutorial.py [--check]

With `--check` nothing is written; the exit status is 1 if something shows what no longer happens. In the page, what
stands in a block of `console` after a command is what the command prints. Digests differ from version to version and
are left out of the page, and out of the comparison of the notebook.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["NOTEBOOK", "PAGE", "main", "refreshed_notebook", "refreshed_page", "without_digests"]

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "tutorial" / "convoy.md"
NOTEBOOK = ROOT / "docs" / "tutorial" / "convoy.ipynb"

_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ .*(?:(?<=\\)\n.*)*", re.MULTILINE)
_DIGEST = re.compile(r"\bdigest [0-9a-f]{8,}")


def main() -> None:
    """Write page and notebook, or compare them."""
    parser = argparse.ArgumentParser(description="Run the tutorial of the convoy and write what it shows.")
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    stale = []
    for path, old, new in (_page(), _notebook()):
        if without_digests(old) == without_digests(new):
            continue
        stale.append(path.relative_to(ROOT))
        if not options.check:
            path.write_text(new, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name} shows what no longer happens" if options.check else f"wrote {name}")
    sys.exit(1 if stale and options.check else 0)


def _page() -> tuple[Path, str, str]:
    old = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        return PAGE, old, refreshed_page(old, Path(folder))


def _notebook() -> tuple[Path, str, str]:
    old = NOTEBOOK.read_text(encoding="utf-8")
    return NOTEBOOK, old, refreshed_notebook(old, NOTEBOOK.parent)


def without_digests(text: str) -> str:
    """The text with `...` for every digest."""
    return _DIGEST.sub("digest ...", text)


# ----------------------------------------------------------------------------------------------------------- the page


def refreshed_page(text: str, folder: Path) -> str:
    """The page with what its commands print now.

    Args:
        text: of the page.
        folder: an empty one, in which the commands are run; the examples are copied into it.

    Raises:
        RuntimeError: a command fails.
    """
    shutil.copytree(ROOT / "examples", folder / "examples", dirs_exist_ok=True)
    return _BLOCK.sub(
        lambda block: "".join(_shown(command[0], folder) for command in _COMMAND.finditer(block[0])), text
    )


def _shown(command: str, folder: Path) -> str:
    """A command as it stands on the page, and below it what it prints."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
    done = subprocess.run(  # noqa: S603  # what our own page tells a reader to type
        ["bash", "-c", command.removeprefix("$ ")],  # noqa: S607  # found as a reader finds it
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1} or done.stderr:
        raise RuntimeError(f"{command}\nended with {done.returncode}: {done.stderr}")
    return f"{command}\n{without_digests(done.stdout)}"


# ------------------------------------------------------------------------------------------------------- the notebook


def refreshed_notebook(text: str, folder: Path) -> str:
    """The notebook with what its cells show now, run in order in one fresh namespace.

    Args:
        text: of the notebook, nbformat 4.
        folder: in which it is run.
    """
    notebook: dict[str, Any] = json.loads(text)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    count = 0
    with contextlib.chdir(folder):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                cell["execution_count"] = count
                cell["outputs"] = _outputs("".join(cell["source"]), namespace, count)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _outputs(source: str, namespace: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """What a cell prints, and what its last expression shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), namespace)  # noqa: S102  # our own notebook
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)  # noqa: S307  # the same
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        data = {"text/plain": _lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": _lines(value._repr_html_()), **data}
        outputs.append({"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"})
    return outputs


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    main()
