"""Times one rehearsal of the running example in memory, in a warm process, and says where the time goes.

Usage: python benchmarks/rehearsal.py [--runs N] [--example FILE] [--parts] [--merchants N]

Rows: the whole of `engine.rehearse` on an exercise that was never run before (its programme is built anew each time);
the same where the programme is at hand, as in a campaign; the programme alone; and the whole of `waterspace.run` with
its rules, measures and closest approaches. The budget is that of the design. `--parts` adds the time by file under a
profiler, which slows calls most of all: read it as shares. All digests must be the same.
`--merchants 2000` adds the same among merchant ships, a mean of so many under way at some time of the period: each run
with a seed of its own, so that the ships are drawn anew; again with one seed, so that they are at hand; and the most
memory that the process ever took. Lanes and compiled kernels come from the user's cache; the first run makes them.
The processor's own time says more than the clock where others use the machine.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import resource
import statistics
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace import planfile
from waterspace.domain import SeaTraffic
from waterspace.engine import rehearse
from waterspace.programme import build
from waterspace.review import rehearse as run

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import Exercise

__all__ = ["main"]

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "northern-interaction-2023.exercise.yaml"
BUDGET_S = 0.1
AMONG_BUDGET_S, AMONG_BUDGET_MB = 1.0, 500
_KIBIBYTE = 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time one rehearsal in a warm process.")
    parser.add_argument("--runs", type=int, default=31, help="counted runs of each row")
    parser.add_argument("--example", type=Path, default=EXAMPLE, help="exercise file")
    parser.add_argument("--merchants", type=int, default=0, help="run among so many merchant ships too")
    parser.add_argument("--parts", action="store_true", help="say where the time goes")
    options = parser.parse_args()
    exercise = planfile.load(options.example)
    programme = build(exercise)
    outcome = rehearse(exercise)
    legs = sum(len(track.legs) for track in outcome.tracks.values())
    print(f"{exercise.name}: {len(outcome.tracks)} units, {len(outcome.events)} events, {legs} legs")
    print(f"digest {outcome.digest}")
    rows: dict[str, Callable[[], str]] = {
        "rehearse, exercise new": lambda: rehearse(replace(exercise)).digest,
        "rehearse, programme at hand": lambda: rehearse(exercise, programme=programme).digest,
        "the programme alone": lambda: (build(replace(exercise)), outcome.digest)[1],
        "rehearsed and assessed": lambda: run(replace(exercise)).digest,
    }
    print(f"{'median of ' + str(options.runs):<30}{'clock':>10}{'processor':>10}{'least':>10}   budget")
    for name, work in rows.items():
        times_s, worked_s = _times_s(work, options.runs, outcome.digest)
        budget = f"{BUDGET_S:.1f} s" if name == "rehearse, exercise new" else ""
        print(
            f"{name:<30}{statistics.median(times_s):8.3f} s{statistics.median(worked_s):8.3f} s"
            f"{min(worked_s):8.3f} s   {budget}".rstrip()
        )
    if options.merchants:
        _print_among(exercise, options.merchants, options.runs)
    if options.parts:
        _print_parts(lambda: rehearse(_among(exercise, options.merchants)))


def _among(exercise: Exercise, merchants: int) -> Exercise:
    """The exercise as if it were new, among merchant ships where any are asked for."""
    return replace(exercise, traffic=SeaTraffic(merchants=merchants) if merchants else None)


def _print_among(exercise: Exercise, merchants: int, runs: int) -> None:
    """Time runs among merchant ships, and the most memory that the process took."""
    first = rehearse(_among(exercise, merchants), 0)
    met = sum(event.kind == "encounter.begun" for event in first.events)
    print(f"among {merchants:,} merchant ships: {len(first.events)} events, {met} of them encounters")
    seeds = iter(range(1, runs + 2))
    rows: dict[str, tuple[Callable[[], str], str]] = {
        "ships drawn anew": (lambda: str(bool(rehearse(_among(exercise, merchants), next(seeds)).digest)), "True"),
        "ships at hand": (lambda: rehearse(_among(exercise, merchants), 0).digest, first.digest),
    }
    for name, (work, digest) in rows.items():
        if name == "ships at hand":
            rehearse(_among(exercise, merchants), 0)
        times_s, worked_s = _times_s(work, runs, digest)
        print(
            f"{name:<30}{statistics.median(times_s):8.3f} s{statistics.median(worked_s):8.3f} s"
            f"{min(worked_s):8.3f} s   {AMONG_BUDGET_S:.1f} s"
        )
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE / 1e6
    print(f"{'most memory of the process':<30}{peak_mb:8.0f} MB{'':<24}{AMONG_BUDGET_MB} MB")


def _times_s(work: Callable[[], str], runs: int, digest: str) -> tuple[list[float], list[float]]:
    """Seconds by the clock and of the processor of each run, after a first one that is not counted."""
    times_s, worked_s = [], []
    for _ in range(runs + 1):
        gc.collect()
        began_s, begun_s = time.perf_counter(), time.process_time()
        found = work()
        times_s.append(time.perf_counter() - began_s)
        worked_s.append(time.process_time() - begun_s)
        if found != digest:
            sys.exit(f"the digest is {found}, not {digest}: two runs of one exercise differ")
    return times_s[1:], worked_s[1:]


def _print_parts(work: Callable[[], object]) -> None:
    """Time spent in each file itself, calls of others left out."""
    profile = cProfile.Profile()
    profile.runcall(work)
    spent_s: Counter[str] = Counter()
    for (file, _, _), entry in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent_s["/".join(Path(file).parts[-2:])] += entry[2]
    whole_s = sum(spent_s.values())
    for name, seconds in spent_s.most_common(15):
        print(f"{name:<40}{seconds / whole_s:7.1%}")


if __name__ == "__main__":
    main()
