"""Kernels give the same as Python as compiled, keep their cache where they are told, and stay out of `check`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from source_tree import ROOT, SOURCE
from waterspace.geometry.compiled import warm_up
from waterspace.geometry.compiled.folder import choose_folder, chosen_folder

EXAMPLE = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"

QUESTIONS = """
import json
from waterspace.domain import Circle, Corridor, Leg, MovingBox, Polygon, Position, Sector
from waterspace.geometry.compiled.fleet import Fleet
from waterspace.geometry.compiled.pairs import closest_approach, windows_within
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import hold, legs_at_speed
from waterspace.domain import Window

centre = Position(lat_deg=10.0, lon_deg=180.0)
tracks = []
for number in range(8):
    start = destination(centre, 45.0 * number, 9000.0)
    turn = destination(centre, 45.0 * number + 100.0, 4000.0)
    legs = legs_at_speed((start, turn, destination(turn, 80.0 * number, 150_000.0)), 1000 * number, 8.0 + number)
    tracks.append(legs)
wait = hold(centre, Window(start_ms=0, end_ms=9_000_000))
tracks += [(wait,), (), tracks[0], legs_at_speed((start, centre), 10_000_000, 5.0)]
fleet = Fleet.of(tracks)
corners = tuple(destination(centre, bearing, 8000.0) for bearing in (0.0, 100.0, 200.0, 290.0))
areas = [
    Circle(centre=centre, radius_m=5000.0),
    Polygon(vertices=corners),
    Sector(centre=centre, bearing_deg=20.0, half_angle_deg=50.0, radius_m=9000.0, inner_radius_m=2000.0),
    Corridor(waypoints=corners[:3], half_width_m=900.0),
    MovingBox(legs=tracks[3], ahead_m=3000.0, astern_m=2000.0, abeam_m=1500.0),
    MovingBox(legs=(wait,), ahead_m=3000.0, astern_m=2000.0, abeam_m=1500.0),
]
answers = {"positions": [column.tolist()[:9] for column in fleet.positions(1_234_567)]}
answers["meetings"] = [column.tolist() for column in fleet.meetings(4000.0, 0, 20_000_000)]
answers["long"] = [column.tolist() for column in fleet.meetings(0.0, 0, 20_000_000)]
answers["visits"] = [[column.tolist() for column in fleet.visits(area, 0, 20_000_000)] for area in areas]
answers["closest"] = [closest_approach(tracks[0], track) for track in tracks]
answers["first"] = [str(windows_within(tracks[0], track, 3000.0)) for track in tracks]
print(json.dumps(answers))
"""


def run(code: str, *options: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *options, "-c", code] if not options else [sys.executable, *options],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def nearly(one: object, other: object) -> bool:
    """Whether two answers are the same to rounding."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(nearly(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-12, abs=2.0 if isinstance(one, int) else 1e-3)
    return one == other


def test_kernels_say_the_same_as_python_and_nearly_every_line_of_them_is_run(tmp_path: Path) -> None:
    script, data, report = tmp_path / "questions.py", tmp_path / "data", tmp_path / "report.json"
    script.write_text(QUESTIONS, encoding="utf-8")
    kernels = SOURCE / "geometry" / "compiled" / "kernels"
    (tmp_path / "coveragerc").write_text("[report]\nexclude_also = if TYPE_CHECKING:\n", encoding="utf-8")
    rc = f"--rcfile={tmp_path / 'coveragerc'}"
    measured = ["-m", "coverage", "run", rc, f"--data-file={data}", f"--include={kernels}/*", str(script)]
    as_python = json.loads(run("", *measured, NUMBA_DISABLE_JIT="1"))
    as_compiled = json.loads(run(QUESTIONS))
    assert len(as_compiled["meetings"][0]) > 10
    assert all(visits[0] for visits in as_compiled["visits"])
    for question, answer in as_compiled.items():
        assert nearly(answer, as_python[question]), question
    run("", "-m", "coverage", "json", rc, f"--data-file={data}", "-o", str(report))
    totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    assert totals["percent_covered"] >= 95.0


def test_a_check_never_imports_numba() -> None:
    code = f"""
import sys
from waterspace.cli import main
sys.argv = ["waterspace", "check", {str(EXAMPLE)!r}]
try:
    main()
except SystemExit:
    pass
found = sorted(name for name in sys.modules if name.split(".")[0] in ("numba", "llvmlite"))
print("LOADED", len(sys.modules) > 100, found)
"""
    assert run(code).splitlines()[-1] == "LOADED True []"


def test_asking_for_a_fleet_imports_no_numba_before_the_first_question() -> None:
    code = "import sys; from waterspace.geometry.compiled import fleet, pairs; print('numba' in sys.modules)"
    assert run(code).strip() == "False"


def test_once_warm_nothing_is_said_and_the_folder_is_settled(tmp_path: Path) -> None:
    said: list[str] = []
    warm_up(said.append)
    assert len(said) in {0, 2}
    warm_up(said.append, tmp_path)
    assert len(said) in {0, 2}
    assert not choose_folder(tmp_path)  # kernels are imported: too late
    assert chosen_folder() is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.deep
def test_the_first_start_says_that_it_compiles_and_the_second_is_silent(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from waterspace.geometry.compiled import warm_up
said = []
warm_up(said.append, Path({str(tmp_path)!r}))
print(len(said))
"""
    assert run(code).strip() == "2"
    (folder,) = tmp_path.iterdir()
    assert folder.name.startswith("kernels-")
    compiled = set(folder.rglob("*.nbc"))
    assert len(compiled) > 5
    assert run(code).strip() == "0"
    assert set(folder.rglob("*.nbc")) == compiled
