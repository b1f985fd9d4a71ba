"""Times loading of large exercise files in one process, beside PyYAML's own loader on the same text.

Usage: python benchmarks/load.py [--serials N] [--runs N]

PyYAML with libyaml gives bare lists and dictionaries: no places, no units, no checks. The ratio says what those cost.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import yaml

from waterspace import planfile

__all__ = ["main", "text"]

HEAD = """\
waterspace: 1
exercise: {name: Large, period: {start: 2023-07-20T00:00Z, end: 2023-07-23T00:00Z}}
"""
UNIT = "  U{index}: {{name: Unit {index}, nation: CHN, class: type052d, home: CNTAO, start: 39-48.0N 133-12.6E}}\n"
SERIAL = """\
  S{index}:
    type: transit
    name: Serial number {index}
    area: FOXTROT
    units: {{units: [U1, U2, U3]}}
    start: 2023-07-20T12:00Z
    duration: 2 h
    objectives: [O1, O2]
    safety_officer: Somebody
    speed: 12 kn
    after: [S1]
    route: [39-48.0N 133-12.6E, 39-58.0N 133-12.6E]
"""


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="Time loading of a large exercise file.")
    parser.add_argument("--serials", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    content = text(options.serials)
    planfile.loads(text(1))  # what every first load pays once
    ours_s = _median_s(lambda: planfile.loads(content), options.runs)
    peer_s = _median_s(lambda: yaml.load(content, Loader=yaml.CSafeLoader), options.runs)
    print(f"{options.serials:,} serials, {len(content.encode()):,} bytes, median of {options.runs}")
    print(f"  waterspace.load          {ours_s:6.2f} s   (budget 2 s for 10,000)")
    print(f"  PyYAML, CSafeLoader      {peer_s:6.2f} s   ratio {ours_s / peer_s:.2f}")


def text(serials: int) -> str:
    """An exercise file of sixty units and many serials."""
    units = "".join(UNIT.format(index=index) for index in range(60))
    return f"{HEAD}units:\n{units}serials:\n" + "".join(SERIAL.format(index=index) for index in range(serials))


def _median_s(work: Callable[[], object], runs: int) -> float:
    spans_s = []
    for _ in range(runs):
        began_s = time.perf_counter()
        work()
        spans_s.append(time.perf_counter() - began_s)
    return statistics.median(spans_s)


if __name__ == "__main__":
    main()
