"""Campaigns: the same table whoever does the runs, nothing lost, nothing done twice."""

from __future__ import annotations

import itertools
import os
import signal
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import waterspace
from campaign_cases import passex
from waterspace.campaigns import processes
from waterspace.campaigns.backlog import Backlog
from waterspace.campaigns.job import Row, Task, run_seed
from waterspace.campaigns.journal import read_journal
from waterspace.campaigns.plan import Wishes, make_plan
from waterspace.campaigns.processes import Processes
from waterspace.errors import CampaignError

VARIED = ("serials.S2.reaction=5 s..120 s", "serials.S1.duration=20 min,30 min,40 min")


def test_a_campaign_has_a_row_for_each_run_and_the_fixed_columns() -> None:
    done = waterspace.campaign(passex(), runs=12, seed=3)
    assert list(done.table)[:6] == ["run_id", "plan", "variant", "replication", "seed", "digest"]
    assert done.table["run_id"] == list(range(1, 13))
    assert len(set(done.table["seed"])) == len(set(done.table["digest"])) == 12
    assert all(len(values) == 12 for values in done.table.values())
    assert done.table["S1.completed_ratio"] == [1.0] * 12


def test_a_row_is_the_run_of_its_seed() -> None:
    done = waterspace.campaign(passex(), runs=4, seed=3)
    for index in (0, 3):
        seed = done.table["seed"][index]
        assert isinstance(seed, int)
        run = waterspace.run(passex(), seed=seed)
        assert done.table["digest"][index] == run.digest
        for measure in run.measures:
            assert done.table[f"{measure.subject}.{measure.name}"][index] == float(measure.value)


def test_the_table_does_not_depend_on_who_does_the_runs() -> None:
    alone = waterspace.campaign(passex(), runs=24, vary=VARIED)
    for workers in (1, 2, 3):
        shared = waterspace.campaign(passex(), runs=24, executor="processes", workers=workers, vary=VARIED)
        assert shared.table == alone.table
        assert shared.digest == alone.digest


@pytest.mark.deep
def test_the_table_does_not_depend_on_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray", reason="Ray is an extra")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    alone = waterspace.campaign(passex(), runs=24, vary=VARIED)
    try:
        shared = waterspace.campaign(passex(), runs=24, executor="ray", workers=2, vary=VARIED)
        assert shared.table == alone.table
        assert not ray.is_initialized(), "what was started for the campaign ends with it"
    finally:
        ray.shutdown()


@pytest.mark.deep
def test_a_ray_worker_that_is_killed_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray", reason="Ray is an extra")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    alone = waterspace.campaign(passex(), runs=200)
    try:
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")

        killed: list[int] = []

        def kill_one(done: int, _total: int, _now: int) -> None:
            if done >= 20 and not killed:  # between two tasks a worker goes by another name for a moment
                working = (
                    int(path.name)
                    for path in Path("/proc").iterdir()
                    if path.name.isdecimal() and b"_perform" in _command_line(path) and _is_ours(int(path.name))
                )
                killed.extend(itertools.islice(working, 1))
                for victim in killed:
                    os.kill(victim, signal.SIGKILL)

        shared = waterspace.campaign(passex(), runs=200, executor="ray", workers=2, watch=kill_one)
        assert killed, "no worker was seen at work"
        assert shared.table == alone.table
        assert ray.is_initialized(), "what was there before the campaign stays"
    finally:
        ray.shutdown()


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def _is_ours(process: int) -> bool:
    """Whether a process descends from this one."""
    while process > 1:
        if process == os.getpid():
            return True
        try:
            process = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


def test_variants_and_plans_share_their_luck() -> None:
    done = waterspace.campaign(
        passex(), runs=24, vary=VARIED, variants=6, against=passex(serials__S2__start="2026-06-09T05:30Z")
    )
    by_replication: dict[object, set[object]] = {}
    for replication, seed in zip(done.table["replication"], done.table["seed"], strict=True):
        by_replication.setdefault(replication, set()).add(seed)
    assert {replication: seeds for replication, seeds in by_replication.items() if len(seeds) != 1} == {}
    assert by_replication == {1: {run_seed(1, 0)}, 2: {run_seed(1, 1)}}


def test_neighbouring_seeds_share_no_run() -> None:
    seeds = [run_seed(seed, replication) for seed in range(20) for replication in range(100)]
    assert len(set(seeds)) == len(seeds)


def test_what_is_varied_moves_what_it_should() -> None:
    done = waterspace.campaign(passex(), runs=120, vary=("serials.S2.reaction=5 s..240 s",), variants=12)
    first = done.sensitivity("S2.time_to_station_ms")[0]
    assert first.factor == "serials.S2.reaction"
    assert first.share > 0.5
    assert (first.direction or 0.0) > 0.5


def test_two_plans_are_told_apart_by_pairs() -> None:
    slow = passex(serials__S2__reaction="90 s")
    done = waterspace.campaign(passex(), runs=60, against=slow)
    found = {one.measure: one for one in done.differences()}
    time_to_station = found["S2.time_to_station_ms"]
    assert time_to_station.estimate.count == 30
    assert time_to_station.estimate.low is not None
    assert time_to_station.estimate.low > 0.0
    assert found["S1.calls_count"].estimate.value == 0.0
    assert time_to_station.second - time_to_station.first == pytest.approx(time_to_station.estimate.value)


def test_a_plan_compared_with_itself_does_not_differ() -> None:
    done = waterspace.campaign(passex(), runs=20, against=passex())
    assert {one.measure for one in done.differences() if one.estimate.value or one.estimate.half_width} == set()


@pytest.mark.parametrize("executor", ["local", "processes"])
def test_a_campaign_stops_once_the_interval_is_narrow_enough(executor: str) -> None:
    target = ("S2.time_to_station_ms", 10_000.0)
    done = waterspace.campaign(passex(), runs=2000, executor=executor, workers=2, target_half_width=target)
    assert done.reached
    assert 20 <= len(done.rows) < 2000
    assert done.by_variant(target[0])[1].half_width <= 10_000.0
    less = waterspace.campaign(passex(), runs=len(done.rows) - 1, target_half_width=target)
    assert not less.reached or len(less.rows) < len(done.rows)


def test_a_wish_that_cannot_be_met_ends_with_the_last_run() -> None:
    done = waterspace.campaign(passex(), runs=30, target_half_width=("S2.time_to_station_ms", 1e-9))
    assert done.reached is False
    assert len(done.rows) == 30


def test_an_unknown_measure_is_said_with_its_neighbours() -> None:
    with pytest.raises(CampaignError, match=r"did you mean S2\.time_to_station_ms"):
        waterspace.campaign(passex(), runs=30, target_half_width=("S2.time_to_station", 1.0))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"runs": 0}, "at least one run"),
        ({"executor": "cloud"}, "there is no executor 'cloud'"),
        ({"design": "random"}, "there is no design 'random'; there are lhs, grid, sobol"),
        ({"vary": VARIED, "design": "grid", "runs": 14}, "there are 15 variants of 1 plan, and each needs a run"),
        ({"vary": (VARIED[0], VARIED[0])}, "is varied by serials.S2.reaction already"),
        ({"target_half_width": ("S1.calls_count", 0.0)}, "it must be more than 0"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_runs(options: dict[str, object], said: str) -> None:
    with pytest.raises(CampaignError) as refused:
        waterspace.campaign(passex(), **{"runs": 20, **options})  # type: ignore[arg-type]
    assert said in str(refused.value)


def test_a_worker_that_is_killed_loses_nothing() -> None:
    plan = make_plan([passex()], Wishes(runs=60))
    tasks = plan.tasks(0, 60)
    with Processes(plan.job, 2) as pool:
        rows: list[Row] = []
        for row in pool.perform(tasks):
            rows.append(row)
            if len(rows) in {3, 20, 21}:
                os.kill(pool._workers[0]._process.pid, signal.SIGKILL)
    alone = waterspace.campaign(passex(), runs=60)
    assert tuple(sorted(rows, key=lambda row: row.run_id)) == alone.rows


def test_a_run_that_kills_its_worker_every_time_is_named() -> None:
    task = Task(run_id=7, plan=0, variant=2, replication=0, seed=11)
    backlog = Backlog([task])
    watched = replace(task, is_watched=True)
    for expected in (task, watched):
        assert backlog.take(None) == expected
        backlog.died(task)
    assert backlog.take(None) == watched
    with pytest.raises(CampaignError, match=r"run 7 \(seed 11, variant 3\) has killed its worker 3 times"):
        backlog.died(task)


def test_it_is_named_with_the_serial_and_the_time_that_it_had_come_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker ends itself at the beginning of a serial, as one that is out of memory there would."""
    ends_itself = """
import os, signal
from waterspace.engine.conductor import Conductor
Conductor._tell_start = Conductor._start
def start(self, present):
    if self.id == "S2":
        os.kill(os.getpid(), signal.SIGKILL)
    self._tell_start(present)
Conductor._start = start
"""
    begins, main = processes._START.split("from waterspace")
    monkeypatch.setattr(processes, "_START", f"{begins}\n{ends_itself}\nfrom waterspace{main}")
    plan = make_plan([passex()], Wishes(runs=1))
    with Processes(plan.job, 1) as pool, pytest.raises(CampaignError) as refused:
        list(pool.perform(plan.tasks(0, 1)))
    assert "run 1 " in str(refused.value)
    assert "the last time after serial S1 at 2026-06-09T" in str(refused.value)


def test_a_campaign_that_is_resumed_is_the_campaign_that_was_not_interrupted(tmp_path: Path) -> None:
    whole = waterspace.campaign(passex(), runs=24, vary=VARIED, out=tmp_path / "whole")
    interrupted = 0

    def stop(_done: int, _total: int, now: int) -> None:
        if now == 10:
            raise KeyboardInterrupt

    for _ in range(3):
        try:
            waterspace.campaign(passex(), runs=24, vary=VARIED, out=tmp_path / "parts", resume=True, watch=stop)
        except KeyboardInterrupt:
            interrupted += 1
    assert interrupted == 2
    assert read_journal(tmp_path / "parts" / "runs.ndjson")[1] == {row.run_id: row for row in whole.rows}
    assert (tmp_path / "parts" / "campaign.parquet").read_bytes() == (
        tmp_path / "whole" / "campaign.parquet"
    ).read_bytes()


def test_more_runs_may_be_asked_for_later(tmp_path: Path) -> None:
    waterspace.campaign(passex(), runs=16, vary=VARIED, out=tmp_path / "grown")
    fresh: list[int] = []
    grown = waterspace.campaign(
        passex(), runs=40, vary=VARIED, out=tmp_path / "grown", resume=True, watch=lambda _d, _t, now: fresh.append(now)
    )
    assert max(fresh) == 24
    assert grown.table == waterspace.campaign(passex(), runs=40, vary=VARIED, variants=4).table


def test_an_unfinished_campaign_is_not_thrown_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    waterspace.campaign(passex(), runs=8, out=out)
    waterspace.campaign(passex(), runs=6, out=out)
    assert read_journal(out / "runs.ndjson")[1].keys() == set(range(1, 7))
    (out / "campaign.parquet").unlink()
    with pytest.raises(CampaignError, match="an unfinished campaign with 6 runs: go on with --resume"):
        waterspace.campaign(passex(), runs=8, out=out)
    assert len(waterspace.campaign(passex(), runs=8, out=out, resume=True).rows) == 8


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CampaignError, match=r"something other than a campaign \(notes\.txt\)"):
        waterspace.campaign(passex(), runs=2, out=tmp_path)


def test_the_table_on_disk_is_the_table_in_memory(tmp_path: Path) -> None:
    done = waterspace.campaign(passex(), runs=12, vary=VARIED, variants=3, out=tmp_path / "out")
    with duckdb.connect(":memory:") as connection:
        found = connection.read_parquet(str(tmp_path / "out" / "campaign.parquet"))
        names = found.columns
        columns = [list(column) for column in zip(*found.fetchall(), strict=True)]
    assert dict(zip(names, columns, strict=True)) == done.table


def test_a_share_counts_every_run_and_those_without_the_measure_as_no() -> None:
    done = waterspace.campaign(passex(), runs=30)
    name = "S2.time_to_station_ms"
    values = sorted(done.values(name))
    assert len(values) == 30
    below = done.share(name, at_most=values[9])
    assert (below.count, below.method) == (30, "Wilson")
    assert below.value == pytest.approx(1 / 3)
    assert done.share(name).value == 1.0
    done.table[name][4] = None
    assert done.share(name).value == pytest.approx(29 / 30)
    assert len(done.values(name)) == 29
    for ask in (done.share, done.values):
        with pytest.raises(CampaignError, match=r"did you mean S2\.time_to_station_ms"):
            ask("S2.time_to_station")


def test_a_single_wish_to_vary_may_be_a_text() -> None:
    alone = waterspace.campaign(passex(), runs=6, vary=VARIED[1], design="grid")
    assert alone.table == waterspace.campaign(passex(), runs=6, vary=[VARIED[1]], design="grid").table
