"""The file that a newcomer begins with is one to learn from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waterspace import planfile
from waterspace.checks import check


def test_a_new_file_loads_without_a_fault_and_says_things_in_comments() -> None:
    text = planfile.new_file("Harbour drill")
    exercise = planfile.loads(text)
    assert exercise.name == "Harbour drill"
    assert len(exercise.units) == 2
    assert len(exercise.serials) == 2
    assert text.count("#") > 10
    assert all(len(line) <= 120 for line in text.splitlines())


def test_every_name_in_a_new_file_is_known() -> None:
    exercise = planfile.loads(planfile.new_file("x"))
    for unit in exercise.units.values():
        assert unit.platform in exercise.platforms
        assert unit.home is not None
    for serial in exercise.serials.values():
        assert serial.area in exercise.areas
        assert set(serial.objectives) <= set(exercise.objectives)
        assert exercise.units_in(serial)


def test_a_new_file_is_a_good_plan() -> None:
    result = check(planfile.loads(planfile.new_file("x")))
    assert result.findings == ()
    assert result.not_checked == ()


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")))
def test_any_name_can_be_given(name: str) -> None:
    exercise = planfile.loads(planfile.new_file(name))
    assert exercise.name == (" ".join(name.split()) or "New exercise")
