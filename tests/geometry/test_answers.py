"""Answers are those that would be worked out anew, asked once while they are held, and never more than agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from waterspace.geometry.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Squares:
    """Squares of numbers, and which were worked out."""

    def __init__(self) -> None:
        self.worked: list[int] = []

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        assert len(set(numbers)) == len(numbers)
        assert numbers
        self.worked.extend(numbers)
        return [number * number for number in numbers]


@given(st.lists(st.lists(st.integers(0, 40), max_size=30), max_size=30), st.integers(2, 50))
def test_whatever_was_asked_before_the_answers_are_right_and_no_more_are_held_than_agreed(
    rounds: list[list[int]], most: int
) -> None:
    answers = Answers(_Squares(), most)
    for numbers in rounds:
        assert answers.answers(numbers) == [number * number for number in numbers]
        assert len(answers) <= most


@given(st.lists(st.integers(), min_size=1, max_size=20))
def test_what_was_just_asked_is_not_worked_out_again(numbers: list[int]) -> None:
    squares = _Squares()
    answers = Answers(squares, 40)
    answers.answers(numbers)
    answers.answers(numbers)
    assert [answers.answer(number) for number in numbers] == [number * number for number in numbers]
    assert squares.worked == list(dict.fromkeys(numbers))


def test_what_is_asked_again_and_again_is_held_while_others_come_and_go() -> None:
    squares = _Squares()
    answers = Answers(squares, 20)
    for round_ in range(100):
        answers.answers((7, 1000 + round_))
    assert squares.worked.count(7) == 1
    assert len(answers) <= 20
    answers.answer(1000)
    assert squares.worked.count(1000) == 2


def test_none_is_held_of_more_than_there_is_room_for_and_none_after_forgetting() -> None:
    squares = _Squares()
    answers = Answers(squares, 10)
    answers.answer(3)
    assert answers.answers(range(100)) == [number * number for number in range(100)]
    assert len(answers) == 1
    answers.answers(range(100, 106))
    assert len(answers) == 1, "of more than half none is held"
    answers.answers(range(100, 105))
    assert len(answers) == 6
    answers.forget()
    assert len(answers) == 0
    answers.answer(3)
    assert squares.worked.count(3) == 2
