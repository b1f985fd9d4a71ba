"""The digest of the log tells one history from another, and only that."""

from __future__ import annotations

from waterspace.domain import Event, Position
from waterspace.engine.log import EventLog

HERE = Position(lat_deg=39.8, lon_deg=133.21)


def test_the_same_events_give_the_same_digest_in_any_order_of_their_data() -> None:
    one, other = EventLog(), EventLog()
    one.write(5, "a.b", "text", data={"x_m": 1.0, "y_m": 2.0})
    other.write(5, "a.b", "text", data={"y_m": 2.0, "x_m": 1.0})
    assert one.digest == other.digest


def test_any_difference_changes_the_digest() -> None:
    digests = set()
    for time_ms, kind, text, position in (
        (5, "a", "t", None),
        (6, "a", "t", None),
        (5, "b", "t", None),
        (5, "a", "u", None),
        (5, "a", "t", HERE),
    ):
        log = EventLog()
        log.write(time_ms, kind, text, position=position)
        digests.add(log.digest)
    assert len(digests) == 5


def test_a_watcher_sees_every_event_and_changes_nothing() -> None:
    seen: list[Event] = []
    watched, alone = EventLog(seen.append), EventLog()
    for log in (watched, alone):
        log.write(1, "a", "one")
        log.write(2, "b", "two")
    assert seen == watched.events
    assert watched.digest == alone.digest
