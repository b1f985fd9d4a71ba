"""Arrangements of the file to those of the domain: who is told, asked and talked to, and what is done if it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import (
    Agreement,
    Inject,
    Link,
    Net,
    NotamCircle,
    Permission,
    PlannedNotice,
    QuietHours,
    Reliability,
    Window,
    WrittenPolicy,
)
from waterspace.planfile.facts import provenance_of, window_of
from waterspace.planfile.windows import windows_anywhere

if TYPE_CHECKING:
    from waterspace.planfile import arranging, contingencies, pieces, wire

__all__ = ["agreement", "breakdown", "inject", "link", "net", "notice", "permission", "policy", "quiet_hours"]


def notice(id_: str, entry: wire.NoticeWire) -> PlannedNotice:
    """A notice that is to be sent."""
    return PlannedNotice(
        id=id_,
        kind=entry.kind,
        covers=entry.covers,
        originator=entry.originator,
        planned_ms=entry.planned,
        cancel_ms=entry.cancel,
        circle=None if entry.circle is None else NotamCircle(centre=entry.circle.centre, radius_m=entry.circle.radius),
        firs=entry.firs,
        to=entry.to,
        provenance=provenance_of(entry),
    )


def permission(id_: str, entry: wire.PermissionWire) -> Permission:
    """What a state has given leave for."""
    return Permission(
        id=id_,
        state=entry.state,
        kind=entry.kind,
        covers=entry.covers,
        date_ms=entry.date,
        reference=entry.reference,
        valid=None if entry.valid is None else window_of(entry.valid),
        provenance=provenance_of(entry),
    )


def net(id_: str, entry: arranging.NetWire, period: pieces.WindowWire) -> Net:
    """A net; in use for the whole exercise where neither start nor end is given."""
    is_limited = entry.start is not None or entry.end is not None
    start_ms = period.start if entry.start is None else entry.start
    end_ms = period.end if entry.end is None else entry.end
    return Net(
        id=id_,
        name=entry.name or id_,
        purpose=entry.purpose,
        channel=entry.channel,
        units=entry.units,
        serials=entry.serials,
        language=entry.language,
        window=Window(start_ms=start_ms, end_ms=max(start_ms, end_ms)) if is_limited else None,
        provenance=provenance_of(entry),
    )


def agreement(id_: str, entry: arranging.AgreementWire) -> Agreement:
    """An agreement between states."""
    return Agreement(
        id=id_,
        name=entry.name,
        parties=entry.parties,
        kind=entry.kind,
        notice_ms=entry.notice,
        provenance=provenance_of(entry),
    )


def quiet_hours(id_: str, entry: arranging.QuietWire) -> QuietHours:
    """Times at which nothing is to be heard."""
    return QuietHours(
        id=id_, windows=windows_anywhere(entry.windows), covers=entry.covers, provenance=provenance_of(entry)
    )


def inject(id_: str, entry: wire.InjectWire) -> Inject:
    """What those who direct the exercise put in."""
    return Inject(
        id=id_,
        at_ms=entry.at,
        text=entry.text,
        to=entry.to,
        delays=entry.delays,
        delay_ms=entry.delay,
        provenance=provenance_of(entry),
    )


def policy(id_: str, entry: contingencies.PolicyWire) -> WrittenPolicy:
    """What is done when something does not go as planned."""
    return WrittenPolicy(id=id_, policy=entry.policy(), serials=entry.serials, provenance=provenance_of(entry))


def breakdown(id_: str, entry: contingencies.BreakdownWire) -> Reliability:
    """How often units fail, and for how long."""
    return Reliability(
        id=id_,
        works_mean_ms=entry.every,
        repair_mean_ms=entry.repair,
        units=entry.units,
        shape_ratio=entry.shape,
        provenance=provenance_of(entry),
    )


def link(id_: str, entry: contingencies.LinkWire) -> Link:
    """A link between units."""
    return Link(
        id=id_,
        name=entry.name or id_,
        units=entry.units,
        range_m=entry.range,
        delay_ms=entry.delay,
        works_mean_ms=entry.outage_every,
        repair_mean_ms=entry.outage,
        provenance=provenance_of(entry),
    )
