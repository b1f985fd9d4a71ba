"""The event queue keeps its order, whatever it is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waterspace.engine.kernel import Kernel, Priority


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(Priority)), max_size=60))
def test_calls_are_made_in_order_of_time_then_priority_then_asking(wanted: list[tuple[int, Priority]]) -> None:
    kernel = Kernel(0)
    made: list[tuple[int, Priority, int]] = []
    for number, (time_ms, priority) in enumerate(wanted):
        kernel.at(time_ms, priority, lambda key=(time_ms, priority, number): made.append(key))  # type: ignore[misc]
    kernel.run(100)
    assert made == sorted(made)
    assert len(made) == len(wanted)
    assert kernel.now_ms == 100


def test_a_cancelled_call_is_never_made() -> None:
    kernel = Kernel(0)
    made: list[str] = []
    kernel.at(10, Priority.SCRIPT, lambda: made.append("kept"))
    kernel.at(5, Priority.SCRIPT, lambda: made.append("cancelled")).cancel()
    kernel.run(20)
    assert made == ["kept"]


def test_a_call_asked_for_in_the_past_is_made_now() -> None:
    kernel = Kernel(0)
    times_ms: list[int] = []

    def ask_for_the_past() -> None:
        kernel.at(3, Priority.SCRIPT, lambda: times_ms.append(kernel.now_ms))

    kernel.at(10, Priority.SCRIPT, ask_for_the_past)
    kernel.run(20)
    assert times_ms == [10]


def test_calls_after_the_end_wait_for_another_run() -> None:
    kernel = Kernel(0)
    made: list[int] = []
    kernel.at(30, Priority.SCRIPT, lambda: made.append(30))
    kernel.run(20)
    assert made == []
    kernel.run(30)
    assert made == [30]
