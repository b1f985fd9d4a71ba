"""No rule fails on a plan that is hardly begun, has no upper limit, or names units that are nowhere."""

from __future__ import annotations

import pytest

from builders import plan
from waterspace.checks import check

FIRING = """
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to unlimited}
serials:
  S1: {type: gunnery, area: WEST, units: {firing: ALFA, safety: BRAVO}, start: 2026-06-08T00:00Z, duration: 2 h}
"""


@pytest.mark.parametrize(
    "fragment",
    [
        "units: {}\nserials: {}\nnotices: {}\n",
        "units: {}\n",
        "areas: {}\n",
        "serials: {}\n",
        "participants: {}\nobjectives: {}\nweather: []\n",
        "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter}\n  BRAVO: {name: B, nation: KOR, class: nothing}\n",
        FIRING,
        FIRING.replace("radius: 15 nm", "radius: 1 m"),
        FIRING.replace("38-30.0N 134-00.0E", "89-59.9N 000-00.0E"),
        FIRING.replace("38-30.0N 134-00.0E", "00-00.0N 180-00.0E"),
        FIRING.replace("duration: 2 h", "duration: 0 min"),
        FIRING.replace("area: WEST, ", ""),
    ],
)
def test_no_rule_fails(fragment: str) -> None:
    failed = [finding.message for finding in check(plan(fragment)).findings if finding.is_internal]
    assert not failed
