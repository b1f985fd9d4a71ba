"""Links: openings, queues over an outage, and how often a message gets through."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement import RUNS, agrees
from waterspace.domain import Window
from waterspace.errors import ModelError
from waterspace.phenomena.failures import Lifetime, availability_at_ratio, breakdowns
from waterspace.phenomena.links import Message, deliveries, open_windows, outages_until, sent_at_once

windows = st.lists(
    st.builds(lambda start, span: Window(start_ms=start, end_ms=start + span), st.integers(0, 500), st.integers(1, 80)),
    max_size=8,
)
messages = st.lists(
    st.builds(
        Message,
        key=st.just("M"),
        sent_ms=st.integers(0, 500),
        airtime_ms=st.integers(0, 30),
        patience_ms=st.none() | st.integers(0, 200),
    ),
    max_size=10,
)


@given(windows, windows)
def test_a_link_is_open_exactly_when_in_reach_and_in_order(reach: list[Window], outages: list[Window]) -> None:
    found = open_windows(reach, outages)
    assert all(one.end_ms < other.start_ms for one, other in itertools.pairwise(found))
    for time_ms in range(600):
        inside = any(one.start_ms <= time_ms < one.end_ms for one in reach)
        out = any(one.start_ms <= time_ms < one.end_ms for one in outages)
        assert any(one.start_ms <= time_ms < one.end_ms for one in found) == (inside and not out)


@given(messages, windows, st.integers(0, 50))
def test_messages_go_one_at_a_time_in_an_opening_and_none_overtakes(
    given_messages: list[Message], reach: list[Window], delay_ms: int
) -> None:
    opened = open_windows(reach, ())
    done = deliveries(given_messages, opened, delay_ms)
    assert len(done) == len(given_messages)
    free_ms = 0
    for delivery in done:
        message, began_ms = delivery.message, delivery.began_ms
        if began_ms is None:
            assert delivery.arrives_ms is None
            continue
        assert began_ms >= max(message.sent_ms, free_ms)
        assert message.patience_ms is None or began_ms - message.sent_ms <= message.patience_ms
        free_ms = began_ms + message.airtime_ms
        assert any(one.start_ms <= began_ms < one.end_ms and free_ms <= one.end_ms for one in opened)
        assert delivery.arrives_ms == free_ms + delay_ms


@given(messages, windows, windows)
def test_an_outage_never_brings_a_message_sooner(
    given_messages: list[Message], reach: list[Window], outages: list[Window]
) -> None:
    for message in given_messages:
        (best,) = deliveries((message,), open_windows(reach, ()))
        (real,) = deliveries((message,), open_windows(reach, outages))
        assert real.arrives_ms is None or (best.arrives_ms is not None and best.arrives_ms <= real.arrives_ms)


def test_two_messages_that_wait_out_an_outage_follow_each_other() -> None:
    opened = open_windows((Window(start_ms=0, end_ms=1000),), (Window(start_ms=100, end_ms=400),))
    waiting = (Message(key="A", sent_ms=95, airtime_ms=20), Message(key="B", sent_ms=150, airtime_ms=50))
    first, second = deliveries(waiting, opened, delay_ms=7)
    assert (first.began_ms, first.arrives_ms) == (400, 427)
    assert (second.began_ms, second.arrives_ms) == (420, 477)


def test_a_message_too_long_for_any_opening_keeps_nobody_waiting() -> None:
    opened = (Window(start_ms=0, end_ms=100), Window(start_ms=200, end_ms=300))
    long, short = deliveries((Message(key="L", sent_ms=0, airtime_ms=150), Message(key="S", sent_ms=10)), opened)
    assert long.arrives_ms is None
    assert short.arrives_ms == 10


def test_a_call_by_voice_goes_through_at_once_or_not_at_all() -> None:
    opened = (Window(start_ms=0, end_ms=100),)
    assert sent_at_once(Message(key="V", sent_ms=50, airtime_ms=50), opened, 3).arrives_ms == 103
    assert sent_at_once(Message(key="V", sent_ms=51, airtime_ms=50), opened, 3).arrives_ms is None
    assert sent_at_once(Message(key="V", sent_ms=100), opened).began_ms is None


def test_calls_get_through_as_often_as_the_link_is_up() -> None:
    stream, through, span = np.random.default_rng(31), 0, (Window(start_ms=0, end_ms=20_000_000),)
    call = Message(key="V", sent_ms=1_000_000)
    for _ in range(RUNS):
        outages = breakdowns(stream, 0, Lifetime(mean_s=900.0), Lifetime(mean_s=300.0))
        opened = open_windows(span, outages_until(outages, 2_000_000))
        through += sent_at_once(call, opened).arrives_ms is not None
    assert agrees(through, availability_at_ratio(900.0, 300.0, 1000.0))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ModelError, match="message M: airtime is -1 ms"):
        Message(key="M", sent_ms=0, airtime_ms=-1)
    with pytest.raises(ModelError, match="a delay of -1 ms"):
        deliveries((), (), delay_ms=-1)
