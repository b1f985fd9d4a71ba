"""Objectives, command and assessment (WS7): what a serial that ends late does to those after it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.light import needs_daylight
from waterspace.checks.words import lasting, listing
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_duration, format_time
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context

__all__ = ["no_slack"]

_DELAY = Limit(
    name="robustness_delay",
    kind=Kind.DURATION,
    default=HOUR_MS,
    meaning="How late a serial is taken to end when it is asked what that does to the others.",
)
_LEFT_SHARE = Limit(
    name="robustness_least_left",
    kind=Kind.RATIO,
    default=0.5,
    meaning="A serial between a fixed start and a fixed end is lost when less than this part of its time is left.",
)

_MOST_FOLLOWED = 200
"""How many serials after one late serial are named at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """Up to where a serial may be late, and what is lost beyond that."""

    tolerance_ms: int
    lost: str


@dataclass(slots=True, kw_only=True)
class _Network:
    """Who waits for whom.

    Attributes:
        after: serial to those that wait for it, each with the time that is to spare between the two.
        bound: serial to how late it may be.
        reach: serial to how late it may be before it or any serial after it is lost; absent for without limit.
    """

    after: Mapping[str, Mapping[str, int]]
    bound: dict[str, _Bound] = field(default_factory=dict)
    reach: dict[str, int] = field(default_factory=dict)


@rule(
    code="WS710",
    name="no-slack",
    severity=Severity.WARNING,
    summary="If a serial ends an hour late, one after it cannot be held any more.",
    why=(
        "Something is always late. A serial waits for those it follows and for its units, which come at their greatest "
        "speed; later serials then begin later, and that alone is let pass. A serial is lost where it would begin "
        "after its latest time, run beyond the end of the exercise or into darkness although it needs daylight, or "
        "where less than half of the time between its fixed start and its fixed end is left. Aircraft that fly home in "
        "between are not waited for."
    ),
    source=f"{JUDGEMENT}; the hour and the half are assumed",
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, earliest: 2026-06-08T02:30Z,
       latest: 2026-06-08T03:00Z, duration: 2 h, after: S1, objectives: O1}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, earliest: 2026-06-08T02:30Z,
       latest: 2026-06-08T04:30Z, duration: 2 h, after: S1, objectives: O1}
""",
    limits=(_DELAY, _LEFT_SHARE),
)
def no_slack(context: Context) -> Iterator[Remark]:
    """One remark for each serial whose delay another does not bear."""
    delay_ms = round(context.limit(_DELAY))
    network = _network(context, delay_ms)
    for id_ in sorted(network.after, key=lambda id_: (context.windows[id_], id_)):
        broken = [
            (late_ms - network.bound[other].tolerance_ms, other)
            for other, late_ms in _late(network, id_, delay_ms).items()
            if other in network.bound and late_ms > network.bound[other].tolerance_ms
        ]
        if broken:
            broken.sort(key=lambda entry: (context.windows[entry[1]], entry[1]))
            yield _breaks(context, network, (id_, delay_ms), broken)


def _network(context: Context, delay_ms: int) -> _Network:
    after: dict[str, dict[str, int]] = defaultdict(dict)
    windows = context.windows
    for before, later, spare_ms in _links(context):
        if 0 <= spare_ms < delay_ms:
            known_ms = after[before].get(later, spare_ms)
            after[before][later] = min(known_ms, spare_ms)
    network = _Network(after=after)
    reached = {later for ends in after.values() for later in ends}
    for id_ in reached:
        bound = _bound(context, id_, delay_ms)
        if bound is not None:
            network.bound[id_] = bound
    for id_ in sorted(reached | after.keys(), key=lambda id_: windows[id_].start_ms, reverse=True):
        bounds = [network.bound[id_].tolerance_ms] if id_ in network.bound else []
        bounds += [
            spare_ms + network.reach[later] for later, spare_ms in after.get(id_, {}).items() if later in network.reach
        ]
        if bounds:
            network.reach[id_] = min(bounds)
    return network


def _links(context: Context) -> Iterator[tuple[str, str, int]]:
    """Pairs of serials of which the second waits for the first, and the time to spare between them."""
    windows, top = context.windows, {unit: context.top_speed_mps(unit) for unit in context.exercise.units}
    for id_, window in windows.items():
        for before in context.exercise.serials[id_].after:
            if before in windows and windows[before].start_ms < window.start_ms:
                yield before, id_, window.start_ms - windows[before].end_ms
    for passage in context.programme.passages:
        origin, there = passage.origin, passage.destination
        if origin not in windows or there not in windows or windows[origin].start_ms >= windows[there].start_ms:
            continue
        way_ms = passage.distance_m / max(top[passage.unit], 1e-9) * SECOND_MS
        yield origin, there, round(passage.available.end_ms - passage.available.start_ms - way_ms)


def _bound(context: Context, serial: str, delay_ms: int) -> _Bound | None:
    """How late a serial may be, by the strictest of its bounds; None where a delay of that length is borne."""
    plan, window = context.exercise.serials[serial], context.windows[serial]
    bounds: list[_Bound] = []
    if plan.latest_ms is not None:
        lost = f"its latest start {format_time(plan.latest_ms)} passes"
        bounds.append(_Bound(tolerance_ms=plan.latest_ms - window.start_ms, lost=lost))
    if plan.start_ms is not None and plan.end_ms is not None:
        may_ms = round((window.end_ms - window.start_ms) * (1.0 - context.limit(_LEFT_SHARE)))
        bounds.append(_Bound(tolerance_ms=may_ms, lost="its units come too late for what is left of its fixed time"))
    else:
        end_ms = context.exercise.window.end_ms
        bounds.append(_Bound(tolerance_ms=end_ms - window.end_ms, lost="it runs beyond the end of the exercise"))
        bounds.extend(_until_dark(context, serial, delay_ms))
    borne = [bound for bound in bounds if 0 <= bound.tolerance_ms < delay_ms]
    return min(borne, key=lambda bound: bound.tolerance_ms, default=None)


def _until_dark(context: Context, serial: str, delay_ms: int) -> Iterator[_Bound]:
    """How long after its end it is still light where a serial needs that; nothing where it is dark already."""
    from waterspace.environment.sky.sun import first_dark_ms

    window = context.windows[serial]
    here = context.area_position(serial) if needs_daylight(context, serial) else None
    if here is None:
        return
    dark_ms = first_dark_ms(here, Window(start_ms=window.end_ms - MINUTE_MS, end_ms=window.end_ms + delay_ms))
    if dark_ms is not None and dark_ms >= window.end_ms:
        lost = f"the sun sets at {format_time(dark_ms)} and it needs daylight"
        yield _Bound(tolerance_ms=dark_ms - window.end_ms, lost=lost)


def _late(network: _Network, serial: str, delay_ms: int) -> Mapping[str, int]:
    """The serials after one that ends late, each with how late it begins; only those on the way to one that is lost."""
    late: dict[str, int] = {}
    waiting = [(-delay_ms, serial)]
    while waiting and len(late) <= _MOST_FOLLOWED:
        minus_ms, here = heapq.heappop(waiting)
        if here in late:
            continue
        late[here] = -minus_ms
        for later, spare_ms in network.after.get(here, {}).items():
            by_ms = -minus_ms - spare_ms
            if later not in late and by_ms > network.reach.get(later, by_ms):
                heapq.heappush(waiting, (-by_ms, later))
    del late[serial]
    return late


def _breaks(context: Context, network: _Network, delayed: tuple[str, int], broken: Sequence[tuple[int, str]]) -> Remark:
    """What is said of a serial and its delay: the serials that are lost, each with by how much."""
    (serial, delay_ms), ids = delayed, tuple(other for _, other in broken)
    lost = [
        f"{context.serial_title(other)} ({network.bound[other].lost}; {lasting(over_ms)} too late)"
        for over_ms, other in broken
    ]
    worst_ms = min(delay_ms - over_ms for over_ms, _ in broken)
    message = (
        f"If {context.serial_title(serial)} ends {format_duration(delay_ms)} late, {listing(lost)} "
        f"cannot be held as planned. Leave more time after it, or plan which of them is given up."
    )
    return Remark(
        message=message,
        subjects=(serial, *ids),
        path=("serials", serial),
        about=(serial,),
        window=context.windows[serial],
        amount=Amount(value=worst_ms / MINUTE_MS, limit=delay_ms / MINUTE_MS, unit="min"),
    )
