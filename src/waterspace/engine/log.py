"""The event log of a run, with a running digest."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from typing import TYPE_CHECKING

from waterspace.domain import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from waterspace.domain import Position

__all__ = ["EventLog", "first_difference"]

_POSITION_DIGITS = 7
"""Decimals of a degree in the digest: about a centimetre."""
_DATA_DIGITS = 6
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class EventLog:
    """Events in the order in which they happened.

    The digest is SHA-256 over one line of JSON for each event, so that it is the same for the same events whatever
    process, hash seed or number of workers made them. It runs: after each event it is kept, so that two histories can
    be compared at the first event that differs.

    Attributes:
        events: in order.
        trail: the digest after each event, 32 bytes each.
    """

    def __init__(self, watch: Callable[[Event], None] | None = None) -> None:
        self.events: list[Event] = []
        self.trail: list[bytes] = []
        self._hash = hashlib.sha256()
        self._watch = watch

    def write(  # noqa: PLR0913  # an event has this many sides
        self,
        time_ms: int,
        kind: str,
        text: str,
        *,
        serial: str = "",
        unit: str = "",
        position: Position | None = None,
        data: Mapping[str, float | int | str] | None = None,
    ) -> Event:
        """Add an event, and tell whoever watches. Watching cannot change a run."""
        event = Event(
            sequence=len(self.events),
            time_ms=time_ms,
            kind=kind,
            text=text,
            serial=serial,
            unit=unit,
            position=position,
            data=dict(data or {}),
        )
        self.events.append(event)
        self._hash.update(_line(event))
        self.trail.append(self._hash.copy().digest())
        if self._watch is not None:
            self._watch(event)
        return event

    @property
    def digest(self) -> str:
        """Of every event so far, in hexadecimal."""
        return self._hash.hexdigest()


def first_difference(one: Sequence[bytes], other: Sequence[bytes]) -> int | None:
    """The number of the first event in which two histories differ; None where they are the same.

    Args:
        one: the digest after each event of a run.
        other: of another. Where one is the beginning of the other, the first event that only one of them has differs.
    """
    common = min(len(one), len(other))
    place = bisect_left(range(common), 1, key=lambda index: int(one[index] != other[index]))
    return None if place == len(one) == len(other) else place


def _line(event: Event) -> bytes:
    """The event as a list in JSON, put together from its parts: a run makes thousands of them."""
    place, text = event.position, _JSON.encode
    data = {key: round(value, _DATA_DIGITS) if isinstance(value, float) else value for key, value in event.data.items()}
    parts = (
        text(event.kind),
        text(event.serial),
        text(event.unit),
        text(event.text),
        "null" if place is None else f"[{_rounded(place.lat_deg)},{_rounded(place.lon_deg)}]",
        text(data) if data else "{}",
    )
    return f"[{event.sequence:d},{event.time_ms:d},{','.join(parts)}]\n".encode()


def _rounded(angle_deg: float) -> str:
    return float.__repr__(round(angle_deg, _POSITION_DIGITS))
