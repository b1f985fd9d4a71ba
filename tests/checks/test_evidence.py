"""Findings of rules that measure something say how much; those of rules that know a place say where."""

from __future__ import annotations

import math

import pytest

from builders import findings_of
from waterspace import checks

BAD = {rule.code: rule.bad for rule in checks.rules()}


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("WS101", "min"),
        ("WS102", "min"),
        ("WS103", "%"),
        ("WS106", "kn"),
        ("WS301", "nm"),
        ("WS401", "min"),
        ("WS403", "Douglas sea state"),
    ],
)
def test_what_was_measured_is_told_beside_its_limit(code: str, unit: str) -> None:
    found = findings_of(code, BAD[code])
    assert found
    for finding in found:
        assert finding.amount is not None
        assert finding.unit == unit
        assert math.isfinite(finding.amount.value)
        assert finding.amount.value != finding.amount.limit


@pytest.mark.parametrize("code", ["WS101", "WS102", "WS106", "WS108", "WS301", "WS401", "WS403", "WS501", "WS503"])
def test_a_place_that_is_known_is_told(code: str) -> None:
    found = findings_of(code, BAD[code])
    assert found
    for finding in found:
        assert finding.position is not None
        assert finding.where is not None
