"""The folder that somebody chose for compiled code, before any was needed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["choose_folder", "chosen_folder"]

_chosen: list[Path] = []


def choose_folder(folder: Path) -> bool:
    """Keep compiled code in a folder; no longer possible once kernels are imported.

    Returns:
        Whether the choice came in time.
    """
    in_time = f"{__package__}.kernels.compiler" not in sys.modules
    if in_time:
        _chosen.append(folder)
    return in_time


def chosen_folder() -> Path | None:
    """The folder that was chosen last; None where none was."""
    return _chosen[-1] if _chosen else None
