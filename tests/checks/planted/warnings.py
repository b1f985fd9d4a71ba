"""Planted defects in the warnings of others (WS319)."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from planting_scene import scenes
from waterspace.notation import format_time

if TYPE_CHECKING:
    from planting_scene import Scene

__all__ = ["DEFECTS", "written"]


def written(text: str) -> str:
    """The path of a file of messages; the same for the same text."""
    folder = Path(tempfile.gettempdir()) / "waterspace-planted"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}.txt"
    if not path.exists():
        path.write_text(text, encoding="utf-8")
    return str(path)


def _text(scene: Scene, miles: float, number: int, day: str = "") -> str:
    """A message about a circle, while the scene lasts; the day of its end may be another."""
    start, end = format_time(scene.start_ms), format_time(scene.end_ms)
    return (
        f"HYDROPAC {number}/{end[-2:]}.\n1. GUNNERY {start} TO {day or end[:2]}{end[2:]} IN AREA WITHIN 10 MILES OF\n"
        f"   {scene.at(45, miles)}.\n"
    )


@st.composite
def _doubtful(draw: st.DrawFn) -> tuple[str, str]:
    """A message near the scene that cannot be understood whole; its twin is understood, or lies far away."""
    scene, number = draw(scenes()), draw(st.integers(1, 2400))
    near, far = draw(st.integers(30, 50)), draw(st.integers(300, 600))
    bad = _text(scene, near, number, "32")

    def plan(text: str) -> str:
        return f"{scene.head()}serials:\n{scene.serial()}context:\n  warnings: {written(text)}\n"

    clean = draw(st.sampled_from((_text(scene, near, number), _text(scene, far, number, "32"))))
    return plan(bad), plan(clean)


@st.composite
def _placeless(draw: st.DrawFn) -> tuple[str, str]:
    """A file of which nothing is understood, beside a message that cancels, of which nobody need hear."""
    scene, number = draw(scenes()), draw(st.integers(1, 2400))
    year = format_time(scene.start_ms)[-2:]
    lost = draw(st.sampled_from(("GUNNERY IN AREA BOUND BY 38-20.0N", "GUNNERY WITHIN 5 MILES OF 99-20.0N 134-10.0E")))

    def plan(text: str) -> str:
        return f"{scene.head()}serials:\n{scene.serial()}context:\n  warnings: [{written(text)}]\n"

    return plan(f"HYDROPAC {number}/{year}.\n{lost}.\n"), plan(
        f"HYDROPAC {number}/{year}.\nCANCEL HYDROPAC 1/{year}.\n"
    )


DEFECTS = {"WS319": st.one_of(_doubtful(), _placeless())}
