"""Who originates a notice, and so in whose style and in which series it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.audience import HYDRO, Kind, kind_of
from waterspace.messages.draft import Issuer
from waterspace.notation.countries import is_country
from waterspace.notices.waters.navareas import navareas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise, PlannedNotice

__all__ = ["NAVAREAS", "area_in", "elsewhere", "issuer_of", "series_of", "states_of"]

_NATIONS = {"JPN": Issuer.JAPAN, "RUS": Issuer.RUSSIA, "CHN": Issuer.CHINA, "USA": Issuer.USA}
_SERIES: Mapping[Kind | None, str] = {
    Kind.COASTAL: "COASTAL WARNING",
    Kind.LOCAL: "LOCAL WARNING",
    **{kind: kind.upper() for kind in HYDRO},
}
NAVAREAS = (Kind.NAVAREA, Kind.SAFETYNET, Kind.S124)
"""Warnings that the coordinator of a navigational area promulgates."""
_OWN_AREAS = ("IV", "XII")
"""Navigational areas of which the United States are the coordinator: the HYDRO series tell of all others.

Source: NGA warns in the series NAVAREA IV and XII for its own areas, and in HYDROLANT, HYDROPAC and HYDROARC elsewhere.
"""
_OCEANS = {
    **dict.fromkeys(("I", "II", "III", "V", "VI"), Kind.HYDROLANT),
    **dict.fromkeys(("VIII", "IX", "X", "XI", "XIII", "XIV", "XV", "XVI"), Kind.HYDROPAC),
    **dict.fromkeys(("XVII", "XVIII", "XX", "XXI"), Kind.HYDROARC),
}
"""Which HYDRO series tells of a navigational area; VII and XIX lie in two oceans.

Source: HYDROLANT for the Atlantic, the Mediterranean and the North Sea, HYDROPAC for the Pacific and the Indian Ocean,
as handbooks of navigation have it; HYDROARC for the Arctic. By navigational areas: assumed.
"""
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

    Raises:
        KeyError: no navigational area has that number.
    """
    if kind_of(notice.kind) in HYDRO:
        return Issuer.USA
    originator = notice.originator.upper()
    named = area_in(f"{originator} {notice.kind}")
    if named in navareas() and navareas()[named].state in _NATIONS:
        return _NATIONS[navareas()[named].state]
    for nation in re.findall(r"\b[A-Z]{3}\b", originator):
        if nation in _NATIONS:
            return _NATIONS[nation]
    if area and kind_of(notice.kind) in NAVAREAS:
        return _NATIONS.get(navareas()[area].state, Issuer.USA)
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
    number = area_in(f"{notice.originator} {notice.kind}") or area
    return f"NAVAREA {number}" if number else ""


def states_of(notice: PlannedNotice) -> tuple[str, ...]:
    """The states that a notice is of, by three letters: those that its originator names, else those that are told."""
    named = tuple(code for code in re.findall(r"\b[A-Z]{3}\b", notice.originator) if is_country(code))
    return named or notice.to


def elsewhere(notice: PlannedNotice, area: str) -> str:
    """Why a warning of a HYDRO series belongs to another series, as a sentence; empty for all others.

    Args:
        notice: of any kind.
        area: number of the navigational area in which most of its dangers lie; empty where it is not known.
    """
    kind = kind_of(notice.kind)
    if kind not in HYDRO:
        return ""
    if area in _OWN_AREAS:
        return (
            f"Its dangers lie in NAVAREA {area} (limits assumed), where NGA warns in the series NAVAREA {area}: "
            f"{kind.upper()} is for waters outside NAVAREA {' and '.join(_OWN_AREAS)}. Ask for NAVAREA {area}."
        )
    meant = _OCEANS.get(area, kind)
    if meant is kind:
        return ""
    return (
        f"Its dangers lie in NAVAREA {area} (limits assumed), of which {meant.upper()} tells, and not {kind.upper()}."
    )


def area_in(text: str) -> str:
    """The number of the navigational area that a text names: `XI` of `Coordinator of NAVAREA XI`; else empty."""
    named = _NAVAREA.search(text.upper())
    return named[1] if named else ""
