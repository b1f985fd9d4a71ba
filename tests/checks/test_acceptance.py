"""Acceptances: until when they hold, and what is said of those that accept nothing (WS010)."""

from __future__ import annotations

import pytest

from builders import messages_of, result_of

PLAN = """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T09:00Z, duration: 2 h, objectives: O1,
       conditions: {daylight: yes}}
check:
  suppress:
    - {rule: WS401, about: S1, reason: Lit by flares., by: Staff officer, until: %s}
"""


@pytest.mark.parametrize("until", ["2026-06-08T12:00Z", "2026-06-09"])
def test_an_acceptance_holds_for_what_begins_before_its_end(until: str) -> None:
    result = result_of(PLAN % (until if "T" in until else f"{until}T00:00Z"), "WS401", "WS010")
    assert not result.findings
    assert len(result.suppressed) == 1


def test_an_acceptance_that_has_ended_is_called_that() -> None:
    assert messages_of("WS010", PLAN % "2026-06-01T00:00Z") == []
    (said,) = (
        finding.message
        for finding in result_of(PLAN % "2026-06-01T00:00Z", "WS401", "WS010").findings
        if finding.code == "WS010"
    )
    assert said == (
        "What Staff officer accepted of WS401 about S1 ended 010000Z JUN 26; the finding of it that it names begins "
        "later. Have it accepted anew with a later `until`, or remove the entry."
    )
