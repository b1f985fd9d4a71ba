"""Who originates a notice, and so in whose style and in which series it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.draft import Issuer

if TYPE_CHECKING:
    from waterspace.domain import Exercise, PlannedNotice

__all__ = ["issuer_of", "series_of"]

_NATIONS = {"JPN": Issuer.JAPAN, "RUS": Issuer.RUSSIA, "CHN": Issuer.CHINA, "USA": Issuer.USA}
_COORDINATORS = {
    "XI": Issuer.JAPAN,
    "XIII": Issuer.RUSSIA,
    "XX": Issuer.RUSSIA,
    "XXI": Issuer.RUSSIA,
    "IV": Issuer.USA,
    "XII": Issuer.USA,
}
"""Coordinators of navigational areas. Source: IMO resolution A.706(17) as amended, list of coordinators."""
_NAVAREA = re.compile(r"\bNAVAREA ([IVX]{1,5})\b")


def issuer_of(exercise: Exercise, notice: PlannedNotice) -> Issuer:
    """Whose habits the text follows: the coordinator that its originator names, else its nation, else the host's."""
    if notice.kind == "hydropac":
        return Issuer.USA
    originator = notice.originator.upper()
    named = _NAVAREA.search(originator)
    if named and named[1] in _COORDINATORS:
        return _COORDINATORS[named[1]]
    for nation in (*re.findall(r"\b[A-Z]{3}\b", originator), *notice.to, exercise.host):
        if nation in _NATIONS:
            return _NATIONS[nation]
    return Issuer.USA


def series_of(notice: PlannedNotice) -> str:
    """The series that the originator or the kind names; empty for the issuer's own."""
    if notice.kind == "coastal":
        return "COASTAL WARNING"
    named = _NAVAREA.search(notice.originator.upper())
    return f"NAVAREA {named[1]}" if named and notice.kind == "navarea" else ""
