"""Planned times follow from what the file fixes, and nothing is invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Exercise, Serial, SourceText, Window
from waterspace.programme.timing import plan_times
from waterspace.quantity import HOUR_MS
from waterspace.serials.communications_check import CommunicationsCheckParameters

PERIOD = Window(start_ms=0, end_ms=240 * HOUR_MS)


def serial(id_: str, **times: object) -> Serial:
    return Serial(id=id_, type="communications_check", parameters=CommunicationsCheckParameters(), **times)  # type: ignore[arg-type]


def exercise(*serials: Serial) -> Exercise:
    return Exercise(
        name="timing",
        window=PERIOD,
        source=SourceText(file="timing.exercise.yaml", content=b""),
        serials={entry.id: entry for entry in serials},
    )


def test_a_fixed_start_and_a_duration_give_the_window() -> None:
    timing = plan_times(exercise(serial("A", start_ms=5 * HOUR_MS, duration_ms=2 * HOUR_MS)))
    assert timing.windows["A"] == Window(start_ms=5 * HOUR_MS, end_ms=7 * HOUR_MS)


def test_a_fixed_end_and_a_duration_give_the_window() -> None:
    timing = plan_times(exercise(serial("A", end_ms=5 * HOUR_MS, duration_ms=2 * HOUR_MS)))
    assert timing.windows["A"] == Window(start_ms=3 * HOUR_MS, end_ms=5 * HOUR_MS)


def test_a_floating_serial_waits_for_those_it_follows() -> None:
    timing = plan_times(
        exercise(
            serial("B", earliest_ms=HOUR_MS, duration_ms=HOUR_MS, after=("A",)),
            serial("A", start_ms=5 * HOUR_MS, duration_ms=2 * HOUR_MS),
        )
    )
    assert timing.windows["B"].start_ms == 7 * HOUR_MS


def test_a_floating_serial_starts_with_the_period_where_nothing_else_is_said() -> None:
    timing = plan_times(exercise(serial("A", duration_ms=HOUR_MS)))
    assert timing.windows["A"].start_ms == PERIOD.start_ms


def test_serials_that_wait_for_each_other_have_no_time_and_the_circle_is_named() -> None:
    timing = plan_times(
        exercise(
            serial("A", duration_ms=HOUR_MS, after=("C",)),
            serial("B", duration_ms=HOUR_MS, after=("A",)),
            serial("C", duration_ms=HOUR_MS, after=("B",)),
            serial("D", duration_ms=HOUR_MS, after=("C",)),
        )
    )
    assert [set(circle) for circle in timing.circles] == [{"A", "B", "C"}]
    assert set(timing.untimed) == {"A", "B", "C", "D"}
    assert "waits for itself" in timing.untimed["A"]
    assert timing.untimed["D"] == "it follows C, which has no planned time"


def test_an_end_before_its_start_gives_no_time_but_a_reason() -> None:
    timing = plan_times(exercise(serial("A", start_ms=5 * HOUR_MS, end_ms=4 * HOUR_MS)))
    assert timing.untimed == {"A": "its duration is not above zero"}


def test_names_of_serials_that_do_not_exist_are_passed_over() -> None:
    timing = plan_times(exercise(serial("A", duration_ms=HOUR_MS, after=("NOBODY",))))
    assert timing.windows["A"].start_ms == PERIOD.start_ms


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=3), st.booleans()),
        min_size=1,
        max_size=10,
    )
)
def test_every_serial_has_a_time_or_a_reason_and_floating_ones_keep_their_order(
    plan: list[tuple[int, set[int], bool]],
) -> None:
    serials = [
        serial(
            f"S{number}",
            duration_ms=HOUR_MS,
            after=tuple(f"S{other}" for other in sorted(after)),
            **({"start_ms": start * HOUR_MS} if fixed else {"earliest_ms": start * HOUR_MS}),
        )
        for number, (start, after, fixed) in enumerate(plan)
    ]
    timing = plan_times(exercise(*serials))
    names = {entry.id for entry in serials}
    assert set(timing.windows) | set(timing.untimed) == names
    assert not set(timing.windows) & set(timing.untimed)
    for entry in serials:
        if entry.id in timing.windows and entry.start_ms is None:
            for before in entry.after:
                if before in timing.windows:
                    assert timing.windows[entry.id].start_ms >= timing.windows[before].end_ms
    assert plan_times(exercise(*reversed(serials))).windows == timing.windows
