"""Times campaigns of the running example: one run warm, many in this process, many on worker processes.

Usage: python benchmarks/campaign.py [--runs N] [--workers N] [--warm N] [--example FILE] [--ray]

The budget is that of the design: 1,000 runs on two processors in 60 s, with a parallel efficiency of 90 % or more. The
efficiency is the time of one worker over that of N, divided by N, from the call to the last row, the start of the
workers included. What the machine itself allows is printed beside it: N processes that know nothing of each other, each
with its share of the runs, started at once; on a shared machine or on two threads of one core that is less than all.
So is the share of the machine that others used meanwhile (Linux). The tables of all of them are compared.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import waterspace
from waterspace import engine
from waterspace.campaigns.job import Job, Task, run_seed
from waterspace.campaigns.workshop import Workshop
from waterspace.programme import build

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["Timing", "main"]

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "northern-interaction-2023.exercise.yaml"
BUDGET_S, BUDGET_RUNS, BUDGET_EFFICIENCY = 60.0, 1000, 0.9
ALONE = "import sys, waterspace; waterspace.campaign(waterspace.load(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A campaign and what it took."""

    wall_s: float
    processor_s: float
    others_ratio: float
    digest: str


def main() -> None:
    """Print the times and whether they keep the budget."""
    parser = argparse.ArgumentParser(description="Time campaigns.")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--warm", type=int, default=20)
    parser.add_argument("--example", type=Path, default=EXAMPLE)
    parser.add_argument("--ray", action="store_true")
    options = parser.parse_args()
    exercise = waterspace.load(options.example)
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, processors {len(os.sched_getaffinity(0))}")
    _warm(exercise, options.warm)
    one = _timed(exercise, options.runs, "processes", 1)
    _print("one worker process", one, options.runs)
    many = _timed(exercise, options.runs, "processes", options.workers)
    _print(f"{options.workers} worker processes", many, options.runs)
    assert many.digest == one.digest, "the tables must be the same"
    efficiency = one.wall_s / many.wall_s / options.workers
    scaled_s = many.wall_s * BUDGET_RUNS / options.runs
    enough = _kept(efficiency >= BUDGET_EFFICIENCY)
    print(f"parallel efficiency {efficiency:.1%}, budget {BUDGET_EFFICIENCY:.0%}: {enough}")
    print(f"{BUDGET_RUNS} runs in {scaled_s:.1f} s, budget {BUDGET_S:.0f} s: {_kept(scaled_s <= BUDGET_S)}")
    apart_s = _apart(options.example, options.runs // options.workers, options.workers)
    print(f"{options.workers} processes that know nothing of each other, as many runs: {apart_s:.2f} s")
    print(f"  what the machine allows: efficiency {one.wall_s / apart_s / options.workers:.1%}")
    if options.ray:
        on_ray = _timed(exercise, options.runs, "ray", options.workers)
        _print(f"Ray with {options.workers} workers, started for it", on_ray, options.runs)
        assert on_ray.digest == one.digest, "the tables must be the same"
    print(f"load of the machine after: {os.getloadavg()[0]:.2f}")


def _warm(exercise: Exercise, count: int) -> None:
    """One run in a warm process, and its parts."""
    workshop = Workshop(Job(version=waterspace.__version__, plans=(exercise,), edits=({},)))
    tasks = [Task(run_id=n + 1, plan=0, variant=0, replication=n, seed=run_seed(1, n)) for n in range(count + 1)]
    workshop.perform(tasks[0])
    whole_s, engine_s = [], []
    programme = build(exercise)
    for task in tasks[1:]:
        began_s = time.process_time()
        workshop.perform(task)
        between_s = time.process_time()
        engine.rehearse(exercise, task.seed, programme=programme)
        engine_s.append(time.process_time() - between_s)
        whole_s.append(between_s - began_s)
    began_s = time.process_time()
    build(replace(exercise))
    build_s = time.process_time() - began_s
    whole, part = statistics.median(whole_s), statistics.median(engine_s)
    print(f"one run, warm: {whole * 1000:.1f} ms of processor time, the least {min(whole_s) * 1000:.1f}")
    print(f"  rehearsal {part * 1000:.1f}, measures and columns {(whole - part) * 1000:.1f}")
    print(f"  not done again for each run: building the programme, {build_s * 1000:.1f}")


def _timed(exercise: Exercise, runs: int, executor: str, workers: int) -> Timing:
    began_s, busy_s, machine_s = time.perf_counter(), _processor_s(), _machine_s()
    done = waterspace.campaign(exercise, runs, 1, executor, workers=workers)
    wall_s, own_s = time.perf_counter() - began_s, _processor_s() - busy_s
    others_s = max(0.0, _machine_s() - machine_s - own_s)
    processors = len(os.sched_getaffinity(0))
    return Timing(wall_s=wall_s, processor_s=own_s, others_ratio=others_s / wall_s / processors, digest=done.digest)


def _processor_s() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _machine_s() -> float:
    """Processor time that the whole machine has used, 0 where nobody says."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system, _idle, _wait, irq, softirq, *_ = map(int, stat.read_text(encoding="ascii").split()[1:11])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _apart(example: Path, runs: int, count: int) -> float:
    began_s = time.perf_counter()
    started = [
        subprocess.Popen([sys.executable, "-c", ALONE, str(example), str(runs), str(seed)]) for seed in range(count)
    ]
    assert not any(process.wait() for process in started)
    return time.perf_counter() - began_s


def _print(name: str, timing: Timing, runs: int) -> None:
    print(
        f"{runs} runs, {name}: {timing.wall_s:.2f} s ({runs / timing.wall_s:.1f} a second), "
        f"{timing.processor_s:.2f} s of processor time; others used {timing.others_ratio:.0%} of the machine"
    )


def _kept(kept: bool) -> str:  # noqa: FBT001  # what it says
    return "kept" if kept else "NOT kept"


if __name__ == "__main__":
    main()
