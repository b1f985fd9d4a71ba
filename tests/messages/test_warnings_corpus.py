"""Readings of real warnings beside the areas that their issuer drew."""

from __future__ import annotations

import collections
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpora import corpus


def benchmark() -> ModuleType:
    """The benchmark that compares readings with drawings."""
    path = Path(__file__).parents[2] / "benchmarks" / "messages.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_messages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.deep
def test_readings_agree_with_what_the_issuer_drew() -> None:
    corpus("navwarn", "nga_inforce_world_2018.dev.jsonl")
    measure = benchmark()
    results = measure.compared()
    everything = collections.Counter(result for _, result in results)
    exercises = collections.Counter(result for is_exercise, result in results if is_exercise)
    for counts, agree, wrong in ((exercises, 0.97, 0.003), (everything, 0.94, 0.01)):
        judged = sum(counts.values()) - counts["drawing"]
        assert (counts["agree"] + counts["agree?"]) / judged >= agree
        assert counts["wrong"] / judged <= wrong


@pytest.mark.deep
def test_a_drawing_that_is_said_to_contradict_its_text_does() -> None:
    corpus("navwarn", "nga_inforce_world_2018.dev.jsonl")
    measure = benchmark()
    assert sum(result == "drawing" for _, result in measure.compared()) == len(measure.CONTRADICTED)
