"""What a NOTAM warns of: by the subject of its Q code, told apart by the words of item E.

Source: ICAO Doc 8126, Appendix B, the NOTAM code: `WM` missile, gun or rocket firing, `WE` exercises, `WD` demolition
of explosives, `WU` unmanned aircraft, `RD` danger area, `RM` military operating area, `RP` prohibited area, `RR`
restricted area, `RT` temporary restricted area, `RA` airspace reservation.
"""

from __future__ import annotations

import re

from waterspace.messages.reading import Category

__all__ = ["category_of"]

_WORDS = (
    (
        Category.ROCKET_LAUNCHING,
        re.compile(r"\bAEROSPACE|\bSPACE\b|\bSPACEX|DEBRIS|\bROCKETS?\b|RE-?ENTRY|\bSATELLITE|\bLAUNCH VEHICLE|SPLASH"),
    ),
    (Category.MISSILE, re.compile(r"\bMISSILES?\b|\bTORPEDO")),
    (Category.BOMBING, re.compile(r"\bBOMB(?:S|ING|ARDMENT)?\b|\bAIR.TO.GROUND")),
    (
        Category.GUNNERY,
        re.compile(r"\bFRNG\b|\bFIRING|\bGUN(?:S|NERY|FIRE)?\b|\bSHOOTING|\bARTILLERY|LIVE FIRE|\bCANNON"),
    ),
    (Category.MILITARY_EXERCISE, re.compile(r"\bMIL(?:ITARY)?\b|\bEXER(?:CISE|CISES)?\b|\bNAVAL\b|\bNAVY\b")),
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


def category_of(code: str, words: str) -> Category:
    """The category of a NOTAM.

    Args:
        code: of line Q, with its Q; empty where there is none.
        words: of item E, in capitals.
    """
    subject = code[1:3]
    fallback = _SUBJECTS.get(subject, Category.OTHER)
    if subject in _DECIDED or (subject and fallback is Category.OTHER):
        return fallback
    return next((category for category, pattern in _WORDS if pattern.search(words)), fallback)
