"""Words for what is fired and practised, the same in warnings to mariners and in NOTAM.

Source: broadcast warnings and NOTAM, 2018 to 2026; short names such as GUNEX, MISSILEX, SINKEX and TORPEX as the
publications of navies have them (not verified).
"""

from __future__ import annotations

from typing import Final

from waterspace.messages.cursor import words
from waterspace.messages.reading import Category

__all__ = ["PRACTICES", "SHOOTING", "SINKINGS", "TORPEDOES"]

TORPEDOES: Final = words("TORPEDO TORPEDOES TORPEX TORPEXES")
"""Words for the firing of torpedoes, which counts among that of missiles."""
SHOOTING: Final = words("FIRING FIRINGS SHOOTING")
"""Words for gunnery that say so where nothing else is named: missiles are fired too."""
SINKINGS: Final = words("SINKEX SINKEXES")
"""Words for the sinking of a hulk, with whatever is fired."""

PRACTICES: Final[dict[Category, frozenset[str]]] = {
    Category.MISSILE: words("MISSILE MISSILES MISSILEX MISSILEXES MISSEX") | TORPEDOES,
    Category.GUNNERY: words("GUNNERY ARTILLERY GUNFIRE GUNFIRING CANNON GUNEX GUNEXES FIREX FIREXES") | SHOOTING,
    Category.BOMBING: words("BOMBING BOMBS BOMBEX BOMBEXES"),
    Category.MILITARY_EXERCISE: words(
        "EXERCISE EXERCISES DRILL DRILLS MANOEUVRES MANEUVERS NAVEX SUBEX ASWEX MINEX LIVEX"
    )
    | SINKINGS,
}
"""By what a message with one of them is about, unless another tells more."""
