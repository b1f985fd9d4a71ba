"""Laws that hold for every plan, however bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import bad_exercises, reordered
from waterspace.checks import check

if TYPE_CHECKING:
    from random import Random

    from waterspace.domain import Exercise, Finding

slow = settings(deadline=None, suppress_health_check=list(HealthCheck))


def assert_said_well(exercise: Exercise) -> None:
    """The rules say what they say in order and in sentences."""
    result = check(exercise)
    for finding in result.findings:
        assert finding.message
        assert finding.message == finding.message.strip()
    codes = [one.code for one in result.not_checked]
    assert codes == sorted(codes)
    assert all(one.reason for one in result.not_checked)


def without_place(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """Findings without their places."""
    return [(one.code, one.severity, one.message, one.subjects, one.position, one.window) for one in findings]


@given(bad_exercises())
@settings(slow, max_examples=60)
def test_a_check_never_raises(exercise: Exercise) -> None:
    assert_said_well(exercise)


@pytest.mark.deep
@given(bad_exercises())
@settings(slow, max_examples=1500)
def test_a_check_never_raises_at_length(exercise: Exercise) -> None:
    assert_said_well(exercise)


@given(bad_exercises(), st.randoms(use_true_random=False))
@settings(slow, max_examples=30)
def test_the_order_of_the_serials_does_not_matter(exercise: Exercise, luck: Random) -> None:
    order = list(exercise.serials)
    luck.shuffle(order)
    assert without_place(check(exercise).findings) == without_place(check(reordered(exercise, order)).findings)
