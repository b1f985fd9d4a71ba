"""Words for what is fired and practised, the same in warnings to mariners and in NOTAM.

Source: broadcast warnings and NOTAM, 2018 to 2026; short names such as GUNEX, MISSILEX, SINKEX and TORPEX as the
publications of navies have them (not verified).
"""

from __future__ import annotations

from typing import Final

from waterspace.messages.cursor import words
from waterspace.messages.reading import Category

__all__ = ["PRACTICES"]

PRACTICES: Final[dict[Category, frozenset[str]]] = {
    Category.MISSILE: words("MISSILE MISSILES MISSILEX MISSILEXES MISSEX TORPEDO TORPEDOES TORPEX TORPEXES"),
    Category.GUNNERY: words(
        "GUNNERY FIRING FIRINGS SHOOTING ARTILLERY GUNFIRE GUNFIRING CANNON GUNEX GUNEXES FIREX FIREXES"
    ),
    Category.BOMBING: words("BOMBING BOMBS BOMBEX BOMBEXES"),
    Category.MILITARY_EXERCISE: words(
        "EXERCISE EXERCISES DRILL DRILLS MANOEUVRES MANEUVERS SINKEX SINKEXES NAVEX SUBEX ASWEX MINEX LIVEX"
    ),
}
"""By what a message with one of them is about, unless another tells more."""
