"""Policies: what they decide, that they come to an end, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain.policy import Action, Condition, GoOn, Policy, Postpone, Rule, Scrub, SwapArea, Trouble, Verb
from waterspace.errors import ModelError
from waterspace.phenomena.decisions import Decision, Situation, decide
from waterspace.quantity import HOUR_MS, MINUTE_MS

HALF_HOUR = 30 * MINUTE_MS
USUAL = Policy(
    rules=(
        Rule(when=Condition(troubles=frozenset({Trouble.LATE}), ready_min_count=3), then=GoOn()),
        Rule(when=Condition(clears_within_ms=4 * HOUR_MS), then=Postpone(step_ms=HALF_HOUR, at_most_ms=4 * HOUR_MS)),
        Rule(when=Condition(troubles=frozenset({Trouble.AREA_OCCUPIED})), then=SwapArea(areas=("FOXTROT", "GOLF"))),
    )
)
WEATHER = Situation(serial="S104", trouble=Trouble.WEATHER, now_ms=0)

actions: st.SearchStrategy[Action] = st.one_of(
    st.builds(
        lambda step, more: Postpone(step_ms=step, at_most_ms=step + more),
        st.integers(MINUTE_MS, HOUR_MS),
        st.integers(0, 6 * HOUR_MS),
    ),
    st.just(SwapArea(areas=("FOXTROT", "GOLF"))),
    st.just(GoOn()),
    st.just(Scrub()),
)
rules = st.builds(
    Rule,
    when=st.builds(
        Condition,
        troubles=st.frozensets(st.sampled_from(Trouble), min_size=1),
        ready_min_count=st.integers(0, 4),
        clears_within_ms=st.none() | st.integers(0, 6 * HOUR_MS),
    ),
    then=actions,
)
policies = st.builds(Policy, rules=st.lists(rules, max_size=6).map(tuple))
situations = st.builds(
    Situation,
    serial=st.just("S104"),
    trouble=st.sampled_from(Trouble),
    now_ms=st.integers(0, 10**9),
    clears_ms=st.none() | st.integers(0, 10**9 + 10 * HOUR_MS),
    latest_ms=st.none() | st.integers(0, 10**9 + 10 * HOUR_MS),
    free_areas=st.sampled_from(((), ("GOLF",), ("HOTEL",), ("GOLF", "FOXTROT"))),
    ready_count=st.integers(0, 5),
)


def test_weather_that_clears_in_an_hour_postpones_until_then() -> None:
    decision = decide(USUAL, replace(WEATHER, clears_ms=HOUR_MS))
    assert (decision.verb, decision.until_ms, decision.rule) == (Verb.POSTPONE, HOUR_MS, 2)
    assert decision.reason == "S104: weather beyond limits; by rule 2 it is postponed by 60 min."


def test_trouble_that_clears_at_once_still_costs_a_step() -> None:
    assert decide(USUAL, replace(WEATHER, clears_ms=1)).until_ms == HALF_HOUR


def test_what_nobody_can_foresee_scrubs_where_no_rule_helps() -> None:
    decision = decide(USUAL, WEATHER)
    assert decision == Decision(
        verb=Verb.SCRUB, reason="S104: weather beyond limits, and no rule of the policy helps; it is scrubbed."
    )


def test_three_that_are_there_go_on_without_the_late() -> None:
    late = Situation(serial="S104", trouble=Trouble.LATE, now_ms=0, ready_count=3)
    assert decide(USUAL, late).verb is Verb.GO_ON
    assert decide(USUAL, replace(late, ready_count=2)).verb is Verb.SCRUB


def test_an_occupied_area_is_swapped_for_the_first_that_is_free() -> None:
    occupied = Situation(serial="S104", trouble=Trouble.AREA_OCCUPIED, now_ms=0, free_areas=("GOLF", "HOTEL"))
    assert decide(USUAL, occupied).area == "GOLF"
    assert decide(USUAL, replace(occupied, free_areas=("HOTEL",))).verb is Verb.SCRUB


def test_a_rule_that_cannot_be_carried_out_gives_way_to_the_next() -> None:
    spent = replace(WEATHER, clears_ms=HOUR_MS, postponed_ms=4 * HOUR_MS)
    assert decide(USUAL, spent).verb is Verb.SCRUB
    swap = replace(spent, trouble=Trouble.AREA_OCCUPIED, free_areas=("FOXTROT",))
    assert decide(USUAL, swap).verb is Verb.SWAP_AREA


@given(policies, situations)
def test_the_same_situation_has_the_same_answer_and_the_answer_can_be_carried_out(
    policy: Policy, situation: Situation
) -> None:
    decision = decide(policy, situation)
    assert decide(policy, situation) == decision
    assert decision.reason.startswith("S104: ")
    assert (decision.until_ms is not None) == (decision.verb is Verb.POSTPONE)
    assert bool(decision.area) == (decision.verb is Verb.SWAP_AREA)
    assert not decision.area or decision.area in situation.free_areas
    if decision.until_ms is not None:
        assert decision.until_ms > situation.now_ms
        assert situation.latest_ms is None or decision.until_ms <= situation.latest_ms


@given(policies, situations)
def test_a_serial_is_not_put_off_for_ever(policy: Policy, situation: Situation) -> None:
    most_ms = max((rule.then.at_most_ms for rule in policy.rules if isinstance(rule.then, Postpone)), default=0)
    now, steps = situation, 0
    while (decision := decide(policy, now)).until_ms is not None:
        waited_ms = decision.until_ms - now.now_ms
        now = replace(now, now_ms=decision.until_ms, postponed_ms=now.postponed_ms + waited_ms)
        steps += 1
        assert now.postponed_ms <= most_ms
        assert steps <= most_ms // MINUTE_MS


def test_impossible_policies_are_refused() -> None:
    with pytest.raises(ModelError, match="expected a step above 0"):
        Postpone(step_ms=0, at_most_ms=HOUR_MS)
    with pytest.raises(ModelError, match="can never be made"):
        Postpone(step_ms=HOUR_MS, at_most_ms=HALF_HOUR)
    with pytest.raises(ModelError, match="names no area"):
        SwapArea(areas=())
    always = Rule(when=Condition(), then=Scrub())
    with pytest.raises(ModelError, match="rule 1 of 2 decides every situation"):
        Policy(rules=(always, always))
    assert Policy(rules=(always,)).rules == (always,)
