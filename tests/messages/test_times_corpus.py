"""Times of real warnings beside those that were counted out by hand, and beside their own cancellations."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpora import corpus


def benchmark() -> ModuleType:
    """The benchmark that measures the times of warnings."""
    path = Path(__file__).parents[2] / "benchmarks" / "warning_times.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_warning_times", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_times_and_cancellations_of_warnings_are_those_counted_out_by_hand() -> None:
    corpus("navwarn", "hand_truth.dev.json")
    assert {name: faults for name, faults in benchmark().hand_truth().items() if faults} == {}


@pytest.mark.deep
@pytest.mark.parametrize(
    ("name", "least"),
    [("nga_inforce_world_2018.dev", 0.94), ("russia_navarea13_20.dev", 0.95), ("nw_pacific.dev", 0.93)],
)
def test_warnings_end_as_long_before_their_cancellation_as_issuers_let_them(name: str, least: float) -> None:
    corpus("navwarn", f"{name}.jsonl")
    measure = benchmark()
    ends = [measure.usual(measure.read_warning(message)) for message in measure.messages(name)]
    dated = [is_usual for is_usual in ends if is_usual is not None]
    assert len(dated) > 100
    assert sum(dated) / len(dated) >= least
