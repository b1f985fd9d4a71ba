"""What moves a measure: shares of variance against models whose shares are known."""

from __future__ import annotations

import numpy as np
import pytest

from waterspace.campaigns.designs import latin_hypercube
from waterspace.campaigns.sensitivity import influences


def _columns(count: int, names: str) -> dict[str, list[object]]:
    points = latin_hypercube(count, len(names), np.random.default_rng(1))
    return {name: list(map(float, column)) for name, column in zip(names, points.T, strict=True)}


def test_a_linear_model_is_taken_apart_into_its_shares() -> None:
    columns = _columns(4000, "abc")
    a, b = (np.array(columns[name], dtype=float) for name in "ab")
    found = {one.factor: one for one in influences(columns, (3.0 * a - 1.0 * b).tolist())}
    assert list(found) == ["a", "b", "c"]
    assert found["a"].share == pytest.approx(0.9, abs=0.03)
    assert found["b"].share == pytest.approx(0.1, abs=0.03)
    assert found["c"].share < 0.01
    assert (found["a"].direction or 0.0) > 0.8
    assert (found["b"].direction or 0.0) < -0.2


def test_an_influence_that_rises_and_falls_again_is_found_though_it_has_no_direction() -> None:
    columns = _columns(2000, "ab")
    a = np.array(columns["a"], dtype=float)
    found = influences(columns, ((a - 0.5) ** 2).tolist())
    assert found[0].factor == "a"
    assert found[0].share > 0.9
    assert abs(found[0].direction or 0.0) < 0.1


def test_ishigamis_function_has_the_shares_of_its_closed_form() -> None:
    # Source: T. Ishigami and T. Homma, "An importance quantification technique in uncertainty analysis", ISUMA 1990,
    # with a = 7 and b = 0.1: first-order shares 0.3139, 0.4424 and 0.
    columns = _columns(20_000, "abc")
    x, y, z = ((np.array(columns[name], dtype=float) - 0.5) * 2.0 * np.pi for name in "abc")
    values = np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    found = {one.factor: one.share for one in influences(columns, values.tolist())}
    assert found["a"] == pytest.approx(0.3139, abs=0.04)
    assert found["b"] == pytest.approx(0.4424, abs=0.06)
    assert found["c"] < 0.01


def test_words_have_shares_but_no_direction() -> None:
    column: list[object] = ["near", "far"] * 50
    values = [1.0 if word == "far" else 0.0 for word in column]
    (found,) = influences({"range": column}, values)
    assert found.share == pytest.approx(1.0)
    assert found.direction is None


def test_noise_alone_is_not_taken_for_influence() -> None:
    luck = np.random.default_rng(7)
    found = influences(_columns(1000, "abcd"), luck.normal(size=1000).tolist())
    assert all(one.share < 0.03 for one in found)


def test_chance_is_as_often_as_it_says() -> None:
    luck = np.random.default_rng(11)
    chances = [influences(_columns(60, "a"), luck.normal(size=60).tolist())[0].chance for _ in range(1000)]
    for level in (0.1, 0.5, 0.9):
        assert abs(np.mean(np.array(chances) < level) - level) < 4.0 * (level * (1.0 - level) / 1000) ** 0.5


def test_many_runs_of_few_variants_do_not_make_an_influence_of_chance() -> None:
    columns = {name: column * 40 for name, column in _columns(10, "ab").items()}
    a = np.array(columns["a"], dtype=float)
    found = {one.factor: one for one in influences(columns, a.tolist(), list(range(10)) * 40)}
    assert found["a"].share > 0.7
    assert found["a"].chance < 0.01
    assert found["b"].chance > 0.01


def test_luck_that_all_variants_share_takes_its_part_of_the_variance() -> None:
    columns = {name: column * 50 for name, column in _columns(50, "a").items()}
    luck = np.repeat(np.random.default_rng(3).normal(size=50), 50)
    a = np.array(columns["a"], dtype=float)
    values = a / a.std() + luck / luck.std()
    (found,) = influences(columns, values.tolist(), list(range(50)) * 50)
    assert found.share == pytest.approx(0.5, abs=0.05)


def test_what_is_always_the_same_is_moved_by_nothing() -> None:
    assert influences(_columns(50, "a"), [2.0] * 50) == ()
