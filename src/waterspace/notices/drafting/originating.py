"""Who originates a notice, and so in whose style and in which series it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.draft import Issuer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise, PlannedNotice

__all__ = ["NAVAREAS", "issuer_of", "series_of"]

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
_HYDRO = (Kind.HYDROPAC, Kind.HYDROLANT, Kind.HYDROARC)
_SERIES: Mapping[Kind | None, str] = {
    Kind.COASTAL: "COASTAL WARNING",
    Kind.LOCAL: "LOCAL WARNING",
    **{kind: kind.upper() for kind in _HYDRO},
}
NAVAREAS = (Kind.NAVAREA, Kind.SAFETYNET, Kind.S124)
"""Warnings that the coordinator of a navigational area promulgates."""
_NAVAREA = re.compile(r"\bNAVAREA ([IVX]{1,5})\b")


def issuer_of(exercise: Exercise, notice: PlannedNotice, area: str = "") -> Issuer:
    """Whose habits a text follows.

    Of a NAVAREA warning those of the coordinator that its originator names, else of the nation that it names, else of
    the coordinator of the area in which its dangers lie; of others likewise without the area. At last those of a nation
    that is told, or of the host.

    Args:
        exercise: whose host counts last.
        notice: of it.
        area: number of the navigational area in which its dangers lie; empty where it is not known.
    """
    if kind_of(notice.kind) in _HYDRO:
        return Issuer.USA
    originator = notice.originator.upper()
    named = _NAVAREA.search(f"{originator} {notice.kind.upper()}")
    if named and named[1] in _COORDINATORS:
        return _COORDINATORS[named[1]]
    for nation in re.findall(r"\b[A-Z]{3}\b", originator):
        if nation in _NATIONS:
            return _NATIONS[nation]
    if area and kind_of(notice.kind) in NAVAREAS:
        return _COORDINATORS.get(area, Issuer.USA)
    for nation in (*notice.to, exercise.host):
        if nation in _NATIONS:
            return _NATIONS[nation]
    return Issuer.USA


def series_of(notice: PlannedNotice, area: str = "") -> str:
    """The series that the originator, the kind or else the place names; empty for the issuer's own."""
    kind = kind_of(notice.kind)
    if kind in _SERIES:
        return _SERIES[kind]
    if kind not in NAVAREAS:
        return ""
    named = _NAVAREA.search(f"{notice.originator} {notice.kind}".upper())
    number = named[1] if named else area
    return f"NAVAREA {number}" if number else ""
