"""Countries by three letters."""

from __future__ import annotations

import pytest

from waterspace.environment.shores.shoreline import Shoreline
from waterspace.notation.countries import COUNTRIES, is_country


def test_there_are_as_many_as_the_standard_assigns() -> None:
    assert len(COUNTRIES) == 249


def test_every_holder_of_a_shore_is_one() -> None:
    holders = {str(state) for state in Shoreline.packaged("coast_world.npz").states if state}
    assert len(holders) > 100
    assert not {state for state in holders if not is_country(state)} - {"XKX"}


@pytest.mark.parametrize("code", ["AAA", "QMA", "QZZ", "XAA", "XKX", "ZZZ"])
def test_letters_left_to_users_are_let_pass(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["JAP", "KRO", "QLA", "ZYA", "ABA", "", "jpn", "JPNX"])
def test_letters_that_stand_for_none_are_not(code: str) -> None:
    assert not is_country(code)
