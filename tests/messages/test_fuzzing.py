"""No input makes a reader fail or hang, and every reading is well formed: seeds here, and what is made of them in deep.

What fuzzing has found stands in `FOUND`, cut down to what matters.
"""
# ruff: noqa: RUF001  # the commas of Chinese are its own

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import fuzz_messages
from fuzz_messages import TARGETS, tried
from fuzz_seeds import seeds
from waterspace.messages.finding import messages_in
from waterspace.messages.reader import read
from waterspace.messages.reading import Message
from waterspace.messages.s124 import read_s124
from well_formed import assert_well_formed

SCRIPT = Path(fuzz_messages.__file__)
SECONDS = 10
NOTAM = "P9999/26 NOTAMN Q) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E019 A) RJJJ B) 2608030900 C) 2607260900"
JAPANESE = "射撃訓練。期間 7月20日 0900から1000 区域 31-47.0N 131-56.0E を中心とする半径5海里の円内"
PLACE = "30-00N 130-00E を中心とする半径5海里の円内"
FOUND = {
    "item C lies before item B": ("notam", f"{NOTAM} D) 03-06 0900-0300 E) WI 5NM OF 4010N13600E"),
    "a year of many digits": (
        "chinese",
        "粤航警101/26，99999999999年9月1日0800时至1000时，在21-10.00N 112-20.00E附近射击。",
    ),
    "a day before the issue ends a spell": (
        "japanese",
        f"射撃。昭和64年1月5日から1月4日0800まで、現在から平成30年1月5日まで 区域 {PLACE}",
    ),
    "a date-time group with a point": ("warning", "WRECK IN 30-00N 130-00E. CANCEL THIS MSG 1.2345 JUL 26."),
    "a year with a point": ("warning", "WRECK IN 30-00N 130-00E. CANCEL THIS MSG 201000Z JUL 26.2."),
    "a decimal comma between numbers with points": ("warning", "GUNNERY WITHIN 179.99,39.99 MILES OF 42-40N 132-10E."),
    "a separator of files within minutes": ("warning", "GUNNERY WITHIN 5 MILES OF 42-40N 179-54.\x1c00E."),
    "a reason that is no sentence": (
        "warning",
        "GUNNERY 20 JUL 26 ALTERNATE, ALTERNATE 0100Z TO 0200Z IN 30-00N 130-00E.",
    ),
}


@pytest.mark.parametrize("target", TARGETS)
def test_every_seed_is_read_into_well_formed_readings(target: str) -> None:
    found = seeds(target)
    assert found
    for seed in found:
        tried(target)(seed)


@pytest.mark.parametrize(("target", "text"), FOUND.values(), ids=FOUND.keys())
def test_what_fuzzing_has_found_is_read(target: str, text: str) -> None:
    tried(target)(text.encode())


def test_days_of_a_dataset_that_run_backwards_are_doubted() -> None:
    whole = seeds("s124")[0].decode()
    assert "<S100:date>2026-07-21<" in whole
    (reading,) = read_s124(whole.replace("<S100:date>2026-07-21<", "<S100:date>2026-07-19<").encode())
    assert "The last day of a range lies before its first." in reading.reason
    assert_well_formed(reading)


def test_areas_cut_at_180_degrees_whose_sides_cross_are_doubted() -> None:
    whole = seeds("s124")[1].decode()
    assert " 179.936341 " in whole
    (reading,) = read_s124(whole.replace(" 179.936341 ", " 171.936341 ").encode())
    assert "Areas cut at 180 degrees cannot be joined" in reading.reason
    assert_well_formed(reading)


@pytest.mark.parametrize(
    "text",
    [
        "WRECK WITHIN 999999999 MILES OF 12-00N 110-00E.",
        "WRECK WITHIN 999999999 MILES OF LINE JOINING 12-00N 110-00E, 13-00N 110-00E.",
        f"{NOTAM.replace('2607260900', '2608260900')} E) WI 9999NM OF 4010N13600E",
        f"射撃訓練。期間 令和8年7月20日 0900〜1000 区域 31-47.0N 131-56.0E を中心とする半径{'9' * 5000}海里の円内",
    ],
)
def test_a_distance_that_no_warning_can_mean_is_doubted_and_makes_no_area(text: str) -> None:
    reading = read(Message(id="1", text=text))
    assert "wider than a warning can mean" in reading.reason
    assert all(area.label == "Q" for area in reading.areas)
    assert_well_formed(reading)


@pytest.mark.parametrize("issued", ["NaN", "1e999", "-1e999", "1e300", "1e15", "253402300800000", "-99999999999999"])
def test_an_issue_that_is_no_instant_is_passed_over(issued: str) -> None:
    for text in ("GUNNERY 20 JUL 0000Z TO 0100Z IN 30-00N 130-00E.", JAPANESE):
        (message,) = messages_in(f'{{"id": "1", "issued": {issued}, "text": "{text}"}}')
        assert message.issued_ms is None
        assert_well_formed(read(message))


def test_a_date_of_issue_with_thousands_of_digits_is_read() -> None:
    text = f"NAVAREA XI NO.26-0430 Date:2026/09/26 {'9' * 5000} UTC\nWRECK IN 30-00N 130-00E."
    assert_well_formed(read(Message(id="1", text=text)))


@pytest.mark.deep
@pytest.mark.parametrize("target", TARGETS)
def test_fuzzing_led_by_branches_finds_nothing(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="there is a wheel of atheris for Linux on x86-64 alone")
    command = [sys.executable, str(SCRIPT), target, "--seconds", str(SECONDS), "--folder", str(tmp_path)]
    paths = os.pathsep.join([str(SCRIPT.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    found = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths}, timeout=300
    )
    told = [line for line in found.stderr.splitlines() if not line.startswith(("INFO", "#", '"'))]
    failing = {path.name: path.read_bytes() for path in tmp_path.glob(f"{target}-*")}
    assert found.returncode == 0, "\n".join([*told[-30:], str(failing)])
    runs = next(line for line in told if line.startswith("stat::number_of_executed_units"))
    assert int(runs.rpartition(" ")[2]) > len(seeds(target)), "it went beyond its seeds"
