"""Random streams depend on seed and name and on nothing else."""

from __future__ import annotations

import hashlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waterspace.engine.streams import Streams


@given(st.integers(0, 2**63), st.text(max_size=20), st.lists(st.text(max_size=8), max_size=5))
def test_what_others_draw_never_changes_a_stream(seed: int, name: str, others: list[str]) -> None:
    alone = Streams(seed).get(name).random(4).tolist()
    crowded = Streams(seed)
    for other in others:
        if other != name:
            crowded.get(other).random(7)
    assert crowded.get(name).random(4).tolist() == alone


def test_streams_of_different_names_and_seeds_differ() -> None:
    draws = {Streams(seed).get(name).random() for seed in (1, 2) for name in ("S1/runs", "S2/runs", "S1/delay")}
    assert len(draws) == 6


def test_a_stream_goes_on_where_it_stopped() -> None:
    streams = Streams(7)
    first = streams.get("a").random(3).tolist()
    second = streams.get("a").random(3).tolist()
    assert Streams(7).get("a").random(6).tolist() == first + second


@given(st.integers(0, 2**63), st.text(max_size=20))
def test_a_stream_is_the_generator_whose_key_is_the_hash_of_seed_and_name(seed: int, name: str) -> None:
    key = int.from_bytes(hashlib.sha256(f"{seed}\x1f{name}".encode()).digest()[:16], "big")
    expected = np.random.Generator(np.random.Philox(key=key))
    assert Streams(seed).get(name).random(4).tolist() == expected.random(4).tolist()
