"""Why a serial is not at its old time although nobody gave it another: what it follows, or what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.reports.changes.sameness import same
from waterspace.reports.changes.words import longer, shift_words

if TYPE_CHECKING:
    from waterspace.domain import Serial
    from waterspace.reports.changes.plans import Pair

__all__ = ["why_longer", "why_moved"]


def why_moved(pair: Pair, id_: str) -> str:
    """What a serial's new start follows from, as half a sentence; empty where its own entry says it."""
    was, now = pair.old.exercise.serials[id_], pair.new.exercise.serials[id_]
    if _own_times(was) != _own_times(now) or set(was.after) != set(now.after):
        return ""
    if now.start_ms is not None:
        return ""
    if now.end_ms is not None:
        return _why_counted_back(pair, id_)
    for plan in (pair.new, pair.old):
        own = plan.window(id_)
        for other in sorted(now.after):
            window = plan.window(other)
            if (
                own is not None
                and window is not None
                and window.end_ms == own.start_ms
                and _ends_otherwise(pair, other)
            ):
                return _follows(pair, id_, other)
    if now.earliest_ms is None and pair.old.exercise.window.start_ms != pair.new.exercise.window.start_ms:
        by_ms = pair.new.exercise.window.start_ms - pair.old.exercise.window.start_ms
        return f"the exercise period begins {shift_words(by_ms)}"
    return ""


def why_longer(pair: Pair, id_: str) -> str:
    """What a serial's new duration follows from, as half a sentence; empty where its own entry says it."""
    was, now = pair.old.exercise.serials[id_], pair.new.exercise.serials[id_]
    if _own_times(was) != _own_times(now) or now.duration_ms is not None:
        return ""
    parts = []
    if not same(was.parameters, now.parameters):
        parts.append("parameters")
    if pair.old.exercise.units_in(was) != pair.new.exercise.units_in(now):
        parts.append("units")
    changed = " and ".join(parts) or "area or the figures of its units"
    return f"its type works it out from its {changed}, which changed"


def _own_times(serial: Serial) -> tuple[int | None, ...]:
    return serial.start_ms, serial.end_ms, serial.earliest_ms, serial.duration_ms


def _why_counted_back(pair: Pair, id_: str) -> str:
    cause = why_longer(pair, id_)
    return f"its end stays and {cause}" if cause else ""


def _ends_otherwise(pair: Pair, id_: str) -> bool:
    was, now = pair.old.window(id_), pair.new.window(id_)
    return was is None or now is None or was.end_ms != now.end_ms


def _follows(pair: Pair, id_: str, other: str) -> str:
    """`it follows S103, which ends 1 h later, in the end because S101 does`."""
    was, now = pair.old.window(other), pair.new.window(other)
    if was is None or now is None:
        return f"it follows {other}, which {'has a planned time now' if was is None else 'has no planned time now'}"
    by_ms = now.end_ms - was.end_ms
    text = f"it follows {other}, which ends {shift_words(by_ms)}"
    root = _root(pair, other, {id_})
    if root == other:
        return text
    return f"{text}, in the end because of {root}{_root_shift(pair, root)}"


def _root(pair: Pair, id_: str, seen: set[str]) -> str:
    """The serial at the beginning of a row of serials that push one another."""
    serial = pair.new.exercise.serials.get(id_)
    was, now = pair.old.window(id_), pair.new.window(id_)
    if serial is None or id_ in seen or was is None or now is None or id_ not in pair.old.exercise.serials:
        return id_
    if was.start_ms == now.start_ms or serial.start_ms is not None or serial.end_ms is not None:
        return id_
    for other in sorted(serial.after):
        window = pair.new.window(other)
        if window is not None and window.end_ms == now.start_ms and _ends_otherwise(pair, other):
            return _root(pair, other, seen | {id_})
    return id_


def _root_shift(pair: Pair, id_: str) -> str:
    was, now = pair.old.window(id_), pair.new.window(id_)
    if was is None or now is None:
        return ""
    if was.start_ms != now.start_ms:
        return f", which begins {shift_words(now.start_ms - was.start_ms)}"
    by_ms = (now.end_ms - now.start_ms) - (was.end_ms - was.start_ms)
    return f", which is {longer(by_ms)}" if by_ms else ""
