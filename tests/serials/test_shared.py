"""What scripts work out alike is worked out once for each stage, and kept no longer than it."""

from __future__ import annotations

import gc
import weakref

from waterspace.serials.seamanship.shared import once_for_all


class SomeStage:
    """Stands for the stage of one serial."""


def test_the_first_script_that_asks_answers_for_all_of_its_stage_and_for_no_other() -> None:
    asked: list[object] = []

    @once_for_all
    def number(stage: SomeStage, step: int) -> int:
        asked.append(stage)
        return len(asked) * step

    one, other = SomeStage(), SomeStage()
    assert [number(one, 10), number(one, 10), number(other, 10), number(one, 10)] == [10, 10, 20, 10]
    assert asked == [one, other]


def test_the_answer_is_forgotten_with_the_stage() -> None:
    class Answer:
        pass

    @once_for_all
    def answer(stage: SomeStage) -> Answer:
        return Answer()

    stage = SomeStage()
    kept = weakref.ref(answer(stage))
    assert kept() is not None
    del stage
    gc.collect()
    assert kept() is None
