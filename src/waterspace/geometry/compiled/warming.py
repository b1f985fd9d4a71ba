"""Compiling every kernel ahead of use, with a word to whoever waits."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Leg, MovingBox, Position, Window
from waterspace.geometry.compiled.company import Company
from waterspace.geometry.compiled.fleet import Fleet
from waterspace.geometry.compiled.folder import choose_folder
from waterspace.geometry.compiled.pairs import closest_approach
from waterspace.geometry.compiled.pieces import pieces_of
from waterspace.quantity import DAY_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["warm_up"]

_KEPT_S = 30 * DAY_MS / SECOND_MS


def warm_up(report: Callable[[str], None], folder: Path | None = None) -> None:
    """Compile every kernel, or load what an earlier process compiled; says a word only where it has to compile.

    The first start after an install, or after a change of kernels, compiles for about half a minute; later ones load
    compiled code in a second. `waterspace.geometry.compiled.kernels.compiler` says where it is kept.

    Args:
        report: told one line before and one after, where there is something to compile.
        folder: of the user's cache, under which compiled code is kept. It counts where no kernel is imported yet, so
            warm up before the first question is asked of a fleet.
    """
    if folder is not None:
        choose_folder(folder)
    from waterspace.geometry.compiled.kernels.compiler import kernel_folder

    known = kernel_folder() / "complete"
    compiled_before = known.exists()
    if not compiled_before:
        report("Compiling the kernels of the engine; this is done once and takes about half a minute ...")
    began_s = time.perf_counter()
    _ask_everything()
    with suppress(OSError):  # a folder that only others may write is as good
        known.parent.mkdir(parents=True, exist_ok=True)
        known.touch()
        _sweep(kernel_folder())
    if not compiled_before:
        report(f"Compiled in {time.perf_counter() - began_s:.0f} s; kept in {kernel_folder()}")


def _sweep(folder: Path) -> None:
    """Remove what older kernels left, where nobody has warmed them up for a month."""
    long_ago_s = time.time() - _KEPT_S
    for old in folder.parent.glob("kernels-*"):
        used = old / "complete"
        if old != folder and used.exists() and used.stat().st_mtime < long_ago_s:
            shutil.rmtree(old, ignore_errors=True)


def _ask_everything() -> None:
    """Ask every question once of two ships that pass each other."""
    here, there = Position(lat_deg=0.0, lon_deg=0.0), Position(lat_deg=0.0, lon_deg=0.1)
    out = (Leg(start_ms=0, end_ms=MINUTE_MS, start=here, end=there),)
    back = (Leg(start_ms=0, end_ms=MINUTE_MS, start=there, end=here),)
    fleet = Fleet.of((out, back))
    fleet.positions(0)
    fleet.meetings(1.0, 0, MINUTE_MS)
    fleet.visits(Circle(centre=here, radius_m=1.0), 0, MINUTE_MS)
    fleet.visits(MovingBox(legs=out, ahead_m=1.0, astern_m=1.0, abeam_m=1.0), 0, MINUTE_MS)
    closest_approach(out, back)
    company = Company(pieces_of((out,)), changing=1)
    company.put(1, out, Window(start_ms=0, end_ms=MINUTE_MS))
    company.meetings(back, Window(start_ms=0, end_ms=MINUTE_MS), 1.0)
