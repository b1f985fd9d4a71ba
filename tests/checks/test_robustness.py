"""What an hour's delay does to a programme (WS710)."""

from __future__ import annotations

from builders import findings_of, messages_of

CHAIN = """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 1 h}
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, earliest: 2026-06-08T01:10Z, duration: 1 h, after: S1}
  S3: {type: assembly, area: WEST, units: {units: ALFA}, earliest: 2026-06-08T02:20Z, latest: 2026-06-08T02:40Z,
       duration: 1 h, after: S2}
"""


def test_ws710_follows_the_delay_through_the_programme() -> None:
    assert messages_of("WS710", CHAIN) == [
        (
            "warning: If S1 (assembly) ends 1 h late, S3 (assembly) (its latest start 080240Z JUN 26 passes; 20 min "
            "too late) cannot be held as planned. Leave more time after it, or plan which of them is given up."
        ),
        (
            "warning: If S2 (assembly) ends 1 h late, S3 (assembly) (its latest start 080240Z JUN 26 passes; 30 min "
            "too late) cannot be held as planned. Leave more time after it, or plan which of them is given up."
        ),
    ]


def test_ws710_takes_as_long_a_delay_as_the_staff_says() -> None:
    assert not findings_of("WS710", CHAIN + "check: {limits: {robustness_delay: 30 min}}\n")
    assert len(findings_of("WS710", CHAIN + "check: {limits: {robustness_delay: 35 min}}\n")) == 1


def test_ws710_waits_for_ships_on_their_way() -> None:
    text = """
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}}
  EAST: {circle: {centre: 38-30.0N 135-00.0E, radius: 5 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, area: EAST, units: {units: ALFA}, earliest: 2026-06-08T04:30Z, latest: 2026-06-08T04:45Z,
       duration: 2 h}
"""
    (found,) = findings_of("WS710", text)
    assert found.subjects == ("S1", "S2")
    assert not findings_of("WS710", text.replace("04:30Z", "05:00Z").replace("04:45Z", "05:20Z"))


def test_ws710_lets_a_serial_that_may_simply_begin_later_be() -> None:
    assert not findings_of("WS710", CHAIN.replace(", latest: 2026-06-08T02:40Z", ""))
