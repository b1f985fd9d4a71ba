"""What a NOTAM warns of: by the subject of its Q code, told apart by the words of item E.

Source: ICAO Doc 8126, Appendix B, the NOTAM code: `WM` missile, gun or rocket firing, `WE` exercises, `WD` demolition
of explosives, `WU` unmanned aircraft, `RD` danger area, `RM` military operating area, `RP` prohibited area, `RR`
restricted area, `RT` temporary restricted area, `RA` airspace reservation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.practices import PRACTICES
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["category_of"]

_WORDS = (
    (
        Category.ROCKET_LAUNCHING,
        frozenset(
            {
                "AEROSPACE",
                "SPACE",
                "SPACEX",
                "DEBRIS",
                "ROCKET",
                "ROCKETS",
                "RE-ENTRY",
                "REENTRY",
                "SATELLITE",
                "SPLASHDOWN",
                "SPACECRAFT",
                "STARSHIP",
            }
        ),
    ),
    (Category.MISSILE, PRACTICES[Category.MISSILE]),
    (Category.BOMBING, PRACTICES[Category.BOMBING] | {"BOMB", "BOMBARDMENT", "AIR-TO-GROUND"}),
    (Category.GUNNERY, PRACTICES[Category.GUNNERY] | {"FRNG", "GUN", "GUNS", "SHELLING"}),
    (Category.MILITARY_EXERCISE, PRACTICES[Category.MILITARY_EXERCISE] | {"MIL", "MILITARY", "EXER", "NAVAL", "NAVY"}),
)
_SUBJECTS = {
    "WM": Category.GUNNERY,
    "WE": Category.MILITARY_EXERCISE,
    "RM": Category.MILITARY_EXERCISE,
    "WD": Category.HAZARDOUS_OPERATIONS,
    "WU": Category.HAZARDOUS_OPERATIONS,
    "WL": Category.HAZARDOUS_OPERATIONS,
    "WP": Category.HAZARDOUS_OPERATIONS,
    "WO": Category.HAZARDOUS_OPERATIONS,
    "WW": Category.HAZARDOUS_OPERATIONS,
    "RD": Category.HAZARDOUS_OPERATIONS,
    "RA": Category.HAZARDOUS_OPERATIONS,
    "RR": Category.NAVIGATION_PROHIBITED,
    "RT": Category.NAVIGATION_PROHIBITED,
    "RP": Category.NAVIGATION_PROHIBITED,
}
_DECIDED = {"WE", "WU", "WD"}
"""Subjects that the words do not change."""


def category_of(code: str, words: AbstractSet[str]) -> Category:
    """The category of a NOTAM.

    Args:
        code: of line Q, with its Q; empty where there is none.
        words: those of item E, in capitals.
    """
    subject = code[1:3]
    fallback = _SUBJECTS.get(subject, Category.OTHER)
    if subject in _DECIDED or (subject and fallback is Category.OTHER):
        return fallback
    return next((category for category, names in _WORDS if not names.isdisjoint(words)), fallback)
