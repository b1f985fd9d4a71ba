"""Every planted defect: for each rule a strategy of pairs of exercise fragments, bad and good."""

from __future__ import annotations

from functools import cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis import strategies as st

__all__ = ["FOLDER", "UNPLANTED", "planted"]

FOLDER = Path(__file__).parent / "checks" / "planted"

UNPLANTED = {"WS000": "the reader reports it; tests/planfile plants its defects"}


@cache
def planted() -> Mapping[str, st.SearchStrategy[tuple[str, str]]]:
    """Code of a rule to the strategy of its defects."""
    found: dict[str, st.SearchStrategy[tuple[str, str]]] = {}
    for path in sorted(FOLDER.glob("*.py")):
        for code, strategy in _defects(path).items():
            assert code not in found, f"{code} is planted twice"
            found[code] = strategy
    return found


def _defects(path: Path) -> Mapping[str, st.SearchStrategy[tuple[str, str]]]:
    spec = util.spec_from_file_location(f"planted_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    defects: Mapping[str, st.SearchStrategy[tuple[str, str]]] = module.DEFECTS
    return defects
