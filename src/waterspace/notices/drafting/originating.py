"""Who originates a notice, and so in whose style and in which series it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.audience import HYDRO, Kind, kind_of
from waterspace.messages.draft import Issuer
from waterspace.notation.countries import is_country
from waterspace.notices.waters.navareas import navareas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
_NAVAREA = re.compile(r"\bNAVAREA ([IVXLCDM]+)\b")


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
        KeyError: no navigational area has the number `area`.
    """
    if kind_of(notice.kind) in HYDRO:
        return Issuer.USA
    originator = notice.originator.upper()
    named = area_in(_naming(notice))
    if named and navareas()[named].state in _NATIONS:
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
    number = area_in(_naming(notice)) or area
    return f"NAVAREA {number}" if number else ""


def states_of(notice: PlannedNotice) -> tuple[str, ...]:
    """The states that a notice is of, by three letters: those that its originator names, else those that are told."""
    named = tuple(code for code in re.findall(r"\b[A-Z]{3}\b", notice.originator) if is_country(code))
    return named or notice.to


def elsewhere(notice: PlannedNotice, areas: Sequence[str]) -> str:
    """Why a warning belongs to another series than that which its kind or originator names, as a sentence.

    Args:
        notice: of any kind; the sentence is empty for kinds of no navigational area.
        areas: numbers of the navigational areas in which its dangers may lie, that with most of them first; none where
            they are not known.
    """
    kind = kind_of(notice.kind)
    if kind in HYDRO:
        return _other_hydro(kind, next(iter(areas), ""))
    return _other_area(notice, areas) if kind in NAVAREAS else ""


def _other_hydro(kind: Kind, area: str) -> str:
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


def _other_area(notice: PlannedNotice, areas: Sequence[str]) -> str:
    """Why the navigational area that a warning names is not that of its dangers; empty where it names none or that."""
    meant = " or ".join(areas)
    text = _naming(notice)
    if named := area_in(text):
        return (
            f"Its dangers lie in NAVAREA {meant} (limits assumed), and not in NAVAREA {named}: ask the coordinator of "
            f"NAVAREA {meant}."
            if areas and named not in areas
            else ""
        )
    unknown = _NAVAREA.search(text)
    if unknown is None:
        return ""
    drafted = (
        f"; its dangers lie in NAVAREA {meant} (limits assumed), and it is drafted for {areas[0]}" if areas else ""
    )
    return f"There is no NAVAREA {unknown[1]}{drafted}."


def _naming(notice: PlannedNotice) -> str:
    """What may name the navigational area of a notice."""
    return f"{notice.originator} {notice.kind}".upper()


def area_in(text: str) -> str:
    """The number of the navigational area that a text names: `XI` of `Coordinator of NAVAREA XI`; empty for none such.

    A number that no area has counts for nothing.
    """
    return next((number for number in _NAVAREA.findall(text.upper()) if number in navareas()), "")
