"""To whom a notice is handed in, by its kind: the addressees that a staff officer asks for on the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.audience import HYDRO, Kind
from waterspace.messages.phrasing.numbers import listed
from waterspace.notices.drafting.originating import NAVAREAS, area_in
from waterspace.notices.waters.navareas import coordinator, navareas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import PlannedNotice
    from waterspace.messages.draft import Draft

__all__ = ["addressee", "coordinator_of", "sender"]

_OFFICES: Mapping[Kind, str] = {
    Kind.NAVAREA: "NAVAREA coordinator",
    Kind.SAFETYNET: "NAVAREA coordinator, for SafetyNET",
    Kind.S124: "NAVAREA coordinator, for the S-124 service",
    Kind.COASTAL: "national coordinator for coastal warnings",
    Kind.LOCAL: "coastguard or harbour authority, for local warnings",
    Kind.MARINERS: "national coordinator for navigational warnings",
    Kind.NAVTEX: "NAVTEX coordinator",
    Kind.AIS: "authority that runs the AIS base stations",
    **dict.fromkeys(HYDRO, "National Geospatial-Intelligence Agency, USA"),
}
"""Who promulgates each kind.

Source: IMO resolution A.706(17) and the joint manual S-53 (coordinators of NAVAREA, coastal and local warnings and of
NAVTEX); for AIS assumed. Which NAVTEX station sends is the coordinator's to say.
"""


def addressee(notice: PlannedNotice, kind: Kind, draft: Draft | None) -> str:
    """Who promulgates a notice, with the states that the plan wants to be told."""
    if kind is Kind.LETTER:
        return listed(notice.to, "and") or "addressees not named"
    office = _notam_office(notice, draft) if kind is Kind.NOTAM else _office(notice, kind, draft)
    return f"{office}; {listed(notice.to, 'and')}" if notice.to else office


def coordinator_of(notice: PlannedNotice, kind: Kind, draft: Draft | None) -> str:
    """Who coordinates the navigational area of a warning, not verified; empty for others, and where it is not known."""
    number = _area(notice, kind, draft)
    return coordinator(number) if number in navareas() else ""


def sender(notice: PlannedNotice) -> str:
    """Who originates it, or that nobody is named."""
    return notice.originator.strip() or "not named"


def _office(notice: PlannedNotice, kind: Kind, draft: Draft | None) -> str:
    number = _area(notice, kind, draft)
    return _OFFICES[kind].replace(
        "NAVAREA coordinator", f"coordinator of NAVAREA {number}" if number else "NAVAREA coordinator"
    )


def _area(notice: PlannedNotice, kind: Kind, draft: Draft | None) -> str:
    """The number of the navigational area that a warning is for; empty for others, and where it is not known."""
    series = "" if draft is None else draft.series
    return area_in(f"{notice.originator} {notice.kind} {series}") if kind in NAVAREAS else ""


def _notam_office(notice: PlannedNotice, draft: Draft | None) -> str:
    """The international NOTAM office of each region; one office may serve several."""
    firs = notice.firs if draft is None else draft.firs
    if not firs:
        return "NOTAM office of the flight information region (not named)"
    return f"NOTAM office of FIR {firs[0]}" if len(firs) == 1 else f"NOTAM offices of FIRs {listed(firs, 'and')}"
