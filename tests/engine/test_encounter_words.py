"""What the log says of a meeting at sea names both sides, and gives an instant as a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from waterspace.engine import rehearse
from waterspace.notation import parse_time
from waterspace.planfile import loads

if TYPE_CHECKING:
    from waterspace.domain import Event

FOLLOWED = """\
waterspace: 1
exercise:
  name: Passage
  period: {start: 2026-06-08T00:00Z, end: 2026-06-08T18:00Z}
classes:
  frigate: {name: Frigate, kind: frigate, medium: surface, length: 130 m, max_speed: 28 kn, economical_speed: 16 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: frigate, start: 39-00.0N 133-00.0E}
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [39-00.0N 133-00.0E, 39-20.0N 133-40.0E]
    start: 2026-06-08T01:00Z
    speed: 14 kn
context:
  observers:
    WATCHER:
      {name: Watcher, nation: NZL, class: type815a, start: 2026-06-08T02:00Z, end: 2026-06-08T14:00Z,
       shadows: ALFA, distance: 3 nm}
"""


@pytest.fixture(scope="module")
def log() -> dict[str, Event]:
    """The first event of each kind."""
    events = rehearse(loads(FOLLOWED, "followed.exercise.yaml"), 1).events
    return {event.kind: event for event in reversed(events)}


def test_one_stranger_is_one(log: dict[str, Event]) -> None:
    assert log["traffic.begun"].text.startswith("1 stranger at sea")


def test_an_observer_says_whom_it_follows(log: dict[str, Event]) -> None:
    assert log["observer.appeared"].text == "Watcher appears 20.0 nm off Alfa and follows"
    assert log["observer.closed"].text == "Watcher keeps 3.0 nm off Alfa"
    assert log["observer.left"].text == "Watcher leaves, 3.0 nm off Alfa"


def test_an_encounter_says_whose_it_is_and_when_they_are_closest(log: dict[str, Event]) -> None:
    begun = log["encounter.begun"]
    assert begun.text.startswith("Watcher (intelligence ship) within 5.0 nm of Alfa, bearing ")
    assert parse_time(str(begun.data["closest_at"])) > begun.time_ms


def test_signals_say_who_exchanges_them(log: dict[str, Event]) -> None:
    assert log["encounter.signalled"].text.startswith("Alfa exchanges signals with Watcher (intelligence ship): ")
