"""Times the commands as a user meets them: each in a cold process, beside a bare Python in the same run.

Usage: python benchmarks/cold.py [--runs N] [--example FILE]

The first call of each command is not counted: it compiles byte code and warms the disk's cache. After it the median of
N calls is printed, the cost over the start of Python itself, and the ratio to it. The budgets are those of the design.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Timing", "main"]

FIRST_LAND = """
import time
from waterspace.domain import Position
from waterspace.environment.shores import coast
here = Position(lat_deg=43.0, lon_deg=132.0)
began_s = time.perf_counter()
coast.load().is_land(here)
print(time.perf_counter() - began_s)
"""
"""Says how long the first question to the regional coast takes, its reading included."""

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "northern-interaction-2023.exercise.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One command and the median time of a cold process.

    Attributes:
        budget_s: what the design allows; None where it says nothing.
        over_start: whether the budget counts from Python's own start.
    """

    name: str
    median_s: float
    budget_s: float | None = None
    over_start: bool = False

    def line(self, python_s: float) -> str:
        """One row of the table."""
        judged_s = self.median_s - python_s if self.over_start else self.median_s
        budget = "" if self.budget_s is None else f"{self.budget_s:.2f} s{' over start' if self.over_start else ''}"
        kept = "" if self.budget_s is None else "yes" if judged_s <= self.budget_s else "NO"
        cells = (f"{self.median_s:8.3f} s", f"{self.median_s - python_s:+8.3f} s", f"{self.median_s / python_s:7.1f} x")
        return f"{self.name:<22}{''.join(cells)}   {budget:<18}{kept}".rstrip()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time the commands in cold processes.")
    parser.add_argument("--runs", type=int, default=9, help="counted calls of each command")
    parser.add_argument("--example", type=Path, default=EXAMPLE, help="exercise file to check and to run")
    options = parser.parse_args()
    command = Path(sysconfig.get_path("scripts")) / "waterspace"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        python_s = _median_s([sys.executable, "-c", "pass"], options.runs)
        timings = [
            Timing(name="python -c pass", median_s=python_s),
            Timing(
                name="python, numpy alone", median_s=_median_s([sys.executable, "-c", "import numpy"], options.runs)
            ),
            Timing(
                name="waterspace --help",
                median_s=_median_s([command, "--help"], options.runs),
                budget_s=0.15,
                over_start=True,
            ),
            Timing(
                name="geometry, environment",
                median_s=_median_s([sys.executable, "-c", _imports()], options.runs),
                budget_s=0.20,
                over_start=True,
            ),
            Timing(name="first use of the coast", median_s=_median_said_s(FIRST_LAND, options.runs), budget_s=0.08),
            Timing(name="waterspace where", median_s=_median_s([command, "where", "39-48N 133-12E"], options.runs)),
            Timing(
                name="waterspace route",
                median_s=_median_s([command, "route", "Vladivostok", "39-48N 133-12E"], options.runs),
            ),
            Timing(
                name="waterspace check",
                median_s=_median_s([command, "check", options.example], options.runs),
                budget_s=0.6,
            ),
            Timing(
                name="waterspace run",
                median_s=_median_s([command, "run", options.example, "--seed", "1", "--out", out], options.runs, out),
                budget_s=5.0,
            ),
        ]
    print(f"{'median of ' + str(options.runs):<22}{'whole':>10}{'over start':>11}{'ratio':>8}   {'budget':<18}kept")
    for timing in timings:
        print(timing.line(python_s))


def _imports() -> str:
    """A script that imports every module of geometry and environment, rooms included, and reads none of their data.

    The modules are listed here and named there, so that looking for them is not counted.
    """
    packages = [importlib.import_module(f"waterspace.{name}") for name in ("geometry", "environment")]
    found = [
        module.name
        for each in packages
        for module in pkgutil.walk_packages(each.__path__, f"{each.__name__}.")
        if ".compiled.kernels" not in module.name  # Numba, which the engine alone asks for
    ]
    return "".join(f"import {name}\n" for name in found)


def _median_said_s(script: str, runs: int) -> float:
    """Median of the seconds that a script prints, each time in a new process, a first call left out."""
    said = [
        float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)
        for _ in range(runs + 1)
    ]
    return statistics.median(said[1:])


def _median_s(command: list[str | Path], runs: int, out: Path | None = None) -> float:
    """Median wall time of a command, in seconds, a first call left out.

    Args:
        command: what to start.
        runs: how many calls to count.
        out: folder that the command writes, removed before each call.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times_s = []
    for _ in range(runs + 1):
        if out is not None:
            shutil.rmtree(out, ignore_errors=True)
        begin_s = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        times_s.append(time.perf_counter() - begin_s)
        if done.returncode > 1:  # 1 says that the plan has findings of severity error
            sys.exit(f"{' '.join(map(str, command))} failed with {done.returncode}:\n{done.stderr}")
    return statistics.median(times_s[1:])


if __name__ == "__main__":
    main()
