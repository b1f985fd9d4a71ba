"""The tutorial of the convoy shows what really happens, page and notebook, and concludes what its numbers say."""

from __future__ import annotations

import importlib.util
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import waterspace
from source_tree import ROOT
from waterspace.domain import Confidence
from waterspace.planfile import Document, loads

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

PAGE = ROOT / "docs" / "tutorial" / "convoy.md"
NOTEBOOK = ROOT / "docs" / "tutorial" / "convoy.ipynb"
EXAMPLE = ROOT / "examples" / "convoy.exercise.yaml"

AMOUNT = r"(\d+\.\d) %"


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_tutorial", ROOT / "tools" / "refresh_tutorial.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.deep
def test_the_page_shows_what_its_commands_print(refresh: ModuleType, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert refresh.refreshed_page(text, tmp_path) == text, "run python tools/refresh_tutorial.py"


@pytest.mark.deep
def test_the_notebook_shows_what_its_cells_give(refresh: ModuleType) -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    fresh = refresh.refreshed_notebook(text, NOTEBOOK.parent)
    assert refresh.without_digests(fresh) == refresh.without_digests(text), "run python tools/refresh_tutorial.py"


def test_a_page_that_shows_something_else_is_mended(refresh: ModuleType, tmp_path: Path) -> None:
    first = "$ printf 'one\\n' \\\n    'two'\n"
    second = "$ printf 'digest %s\\n' 0123456789ab\n"
    page = f"Before.\n\n```console\n{first}three\n{second}digest 99\n```\n\nAfter.\n"
    mended = refresh.refreshed_page(page, tmp_path)
    assert mended == page.replace("three\n", "one\n").replace("digest 99", "digest ...")


def test_a_command_that_fails_is_an_error_and_no_page(refresh: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 2"):
        refresh.refreshed_page("```console\n$ waterspace check missing.exercise.yaml\n```\n", tmp_path)


def test_the_example_is_clean_and_everything_in_it_says_that_it_is_assumed() -> None:
    exercise = waterspace.load(EXAMPLE)
    result = waterspace.check(exercise)
    assert not result.findings
    assert not result.not_checked
    told = {entry.provenance.confidence for entry in exercise.units.values()}
    told |= {entry.provenance.confidence for entry in exercise.serials.values()}
    told |= {entry.provenance.confidence for entry in exercise.areas.values()}
    told |= {entry.provenance.confidence for entry in exercise.weather}
    assert told == {Confidence.ASSUMED}


def test_the_notebook_is_one_and_holds_no_error_and_no_place_of_this_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    notebook: dict[str, Any] = json.loads(text)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(set(names)) == len(names)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = [output["output_type"] for cell in code for output in cell["outputs"]]
    assert kinds
    assert set(kinds) <= {"stream", "execute_result"}
    assert str(ROOT) not in text
    assert "<script" not in text


def test_the_first_run_goes_as_the_page_tells() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("TANKER: breakdown") == 2
    assert re.search(r"emergency breakaway with (4[5-9]|5[0-5]) % of its transfer done", text)
    assert text.count("at the end of the route\n") == 4


def test_runs_fail_for_the_reason_the_page_gives() -> None:
    shown = _shown("--show S4.arrived_count")
    in_time = _percent(shown["S4.arrived_in_time_ratio"][0])
    arrived = float(shown["S4.arrived_count"][0].split()[2].rstrip(","))
    assert 75.0 < in_time < 95.0
    most_lost_ratio = (100.0 - in_time) / 100.0
    assert 4.0 - arrived > 0.5 * most_lost_ratio, "most runs that fail lack a ship"
    assert "min" in shown["S4.arrival_delay_ms"][0]
    assert " h " not in shown["S4.arrival_delay_ms"][0]


def test_the_sea_moves_the_arrival_and_the_frigates_move_the_screen() -> None:
    shown = _shown("--variants 48")
    assert "moved by weather.1.sea_state" in shown["S4.arrived_in_time_ratio"][1]
    assert "falls" in shown["S4.arrived_in_time_ratio"][1]
    assert shown["S4.arrived_in_time_ratio"][2].endswith("chance would: serials.S4.speed, serials.S4.units.screen")
    assert "moved by serials.S4.units.screen" in shown["S4.screen_kept_ratio"][1]
    assert "rises" in shown["S4.screen_kept_ratio"][1]


def test_the_early_plan_is_better_one_state_above_the_forecast_and_alike_below() -> None:
    lines = _shown("--against early.exercise.yaml")["S4.arrived_in_time_ratio"]
    assert lines[2].endswith("zero is outside)")
    by_state = {
        line.split()[0]: [float(one) for one in re.findall(r"(?<=  )(\d+\.\d) % \(", line)] for line in lines[4:8]
    }
    assert list(by_state) == ["3", "4", "5", "6"]
    for state in ("3", "4", "5"):
        first, second = by_state[state]
        assert abs(first - second) < 10.0
    assert by_state["6"][0] == 0.0
    assert by_state["6"][1] > 66.0


def test_the_screen_stays_with_a_convoy_that_the_sea_slows_as_the_page_says() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert "The screen stays with freighters that the sea slows down" in page
    texts = Document(EXAMPLE.read_bytes(), EXAMPLE.name)
    inside, delay_ms = [], []
    for sea_state in ("3", "6"):
        run = waterspace.run(loads(texts.replace_all({"weather.1.sea_state": sea_state}).content, EXAMPLE.name), seed=4)
        values = {one.name: one.value for one in run.measures if one.subject == "S4"}
        inside.append(values["convoy_inside_ratio"])
        delay_ms.append(values["arrival_delay_ms"])
    assert min(inside) > 0.95
    assert delay_ms[1] > delay_ms[0] + 3_600_000


def _shown(option: str) -> dict[str, list[str]]:
    """What the page shows of each measure after the campaign that has an option: the lines below its name."""
    text = PAGE.read_text(encoding="utf-8")
    (block,) = (one for one in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) if option in one)
    found: dict[str, list[str]] = {}
    for part in block.split("\n\n")[1:]:
        name, *lines = part.rstrip("\n").splitlines()
        found[name] = [line.removeprefix("  ") for line in lines]
    return found


def _percent(line: str) -> float:
    match = re.search(AMOUNT, line)
    assert match is not None, line
    return float(match[1])
