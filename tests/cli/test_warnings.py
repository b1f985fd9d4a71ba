"""`waterspace warnings`: reads the warnings of others, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line import here, process

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

GOOD = """HYDROPAC 9999/26(97).
SEA OF JAPAN.
1. GUNNERY EXERCISES 0000Z TO 0900Z DAILY
   20 THRU 21 JUL IN AREA BOUND BY
   40-20.00N 135-40.00E, 40-20.00N 136-20.00E,
   40-00.00N 136-20.00E, 40-00.00N 135-40.00E.
2. CANCEL THIS MSG 211000Z JUL 26.
"""
BAD = (
    "HYDROPAC 9998/26.\nROCKET LAUNCHING 200000Z TO 210000Z JUL 26 IN AREA BOUND BY 40-20.00N 135-40.00E, 40-20.00N.\n"
)


def warnings(*arguments: str, given: str = "") -> CompletedProcess[str]:
    return here("warnings", *arguments, given=given)


def test_what_is_understood_is_told_in_words_and_ends_with_0(tmp_path: Path) -> None:
    file = tmp_path / "good.txt"
    file.write_text(GOOD)
    done = warnings(str(file))
    said = done.stdout
    assert done.returncode == 0, done.stderr
    assert f"HYDROPAC 9999/26: understood ({file}:1)" in " ".join(said.split())
    assert "gunnery: within 40-20.0N 135-40.0E" in said
    assert "200000Z JUL 26 to 200900Z JUL 26; 210000Z JUL 26 to 210900Z JUL 26" in " ".join(said.split())
    assert said.endswith("1 message: 1 understood\n")


def test_what_was_not_understood_is_shown_with_marks_under_it_and_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "both.txt"
    file.write_text(GOOD + "\n" + BAD)
    done = warnings(str(file), "--only", "review")
    said = done.stdout
    assert done.returncode == 1
    assert "HYDROPAC 9998/26: review" in said
    assert "HYDROPAC 9999/26" not in said
    lines = said.splitlines()
    marks = next(number for number, line in enumerate(lines) if line.strip() and not line.strip("^ "))
    marked = lines[marks - 1][lines[marks].index("^") : lines[marks].rindex("^") + 1]
    assert "40-20.00N" in marked
    assert "2 messages: 1 review, 1 understood" in said


def test_programs_get_every_place_in_the_text(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"id": "one", "text": GOOD}) + "\n{broken\n")
    done = warnings(str(file), "--format", "json")
    first, second = json.loads(done.stdout)["messages"]
    assert done.returncode == 1
    assert (first["message"], first["verdict"]) == ("one", "understood")
    place = first["areas"][0]["positions"][0]
    assert GOOD[place["start"] : place["end"]] == "40-20.00N 135-40.00E"
    assert second["verdict"] == "review"
    assert "Line 2 is no JSON" in second["reason"]


def test_standard_input_becomes_features_with_the_fixed_names() -> None:
    done = warnings("-", "--format", "geojson", given=GOOD)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["type"] == "FeatureCollection"
    (feature,) = document["features"]
    assert {"message", "verdict", "reason", "category", "windows", "cancels"} <= set(feature["properties"])
    assert feature["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize("arguments", [("nowhere.txt",), ("",), ("--only", "perhaps", "x.txt")])
def test_what_cannot_be_read_at_all_ends_with_2(arguments: tuple[str, ...]) -> None:
    done = warnings(*arguments, "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["status"] == 2
    assert done.stderr


def test_no_line_for_people_is_wider_than_a_page(tmp_path: Path) -> None:
    file = tmp_path / "wide.txt"
    file.write_text(GOOD.replace("\n", " ") + "\n" + BAD.replace("\n", " ") * 3)
    said = warnings(str(file)).stdout
    assert max(len(line) for line in said.splitlines()) <= 100


CIRCLE = "WITHIN 10 MILES OF 40-20N 135-40E"
NOTAM = """A0999/26 NOTAMN
Q) RJJJ/QWMLW/IV/BO/W/000/330/3916N13420E006
A) RJJJ B) 2607230000 C) 2607230500
E) GUN FRNG EXER WILL TAKE PLACE WI 5NM RADIUS OF 391600N1342000E.
F) SFC G) FL330
"""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("F) SFC G) FL330", "F) SFC G) FL330"), "surface to 33000 ft (FL330)"),
        (("F) SFC G) FL330", "F) 1500FT AMSL G) UNL"), "1500 ft to unlimited"),
    ],
)
def test_heights_are_told_where_the_message_gives_them(given: tuple[str, str], said: str) -> None:
    done = warnings("-", given=NOTAM.replace(*given))
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["heights", *said.split()] in rows
    assert "heights" not in warnings("-", given=GOOD).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("WITHIN 18.78 MILES OF 40-20N 135-40E", "circle of 18.78 nm around"),
        (CIRCLE, "circle of 10 nm around"),
        ("WITHIN 300 METERS OF 40-20N 135-40E", "circle of 300 m around"),
        ("WITHIN 12 KM OF 40-20N 135-40E", "circle of 12 km around"),
        (
            f"{CIRCLE} BETWEEN BEARINGS 345.5 DEGREES TRUE AND 015 DEGREES TRUE FROM THAT POSITION",
            "345.5° to 015°, 10 nm",
        ),
    ],
)
def test_lengths_and_bearings_are_told_as_finely_as_the_text_has_them(words: str, said: str) -> None:
    text = f"HYDROPAC 999/26.\nGUNNERY 200000Z TO 200900Z JUL 26 IN AREA {words}.\nCANCEL THIS MSG 201000Z JUL 26.\n"
    assert said in warnings("-", given=text).stdout


def test_what_programs_get_has_no_more_decimals_than_mean_something() -> None:
    done = warnings("-", "--format", "json", given=GOOD)
    assert json.loads(done.stdout)["messages"][0]["areas"][0]["resolution_deg"] == 0.000083333


def test_the_reasons_of_one_place_stand_in_the_same_order_in_every_process() -> None:
    area = "IN AREA WITHIN 5 MILES OF {}-00N 134-00E"
    text = "\n".join(
        [
            "HYDROPAC 1/26.",
            f"GUNNERY 200000Z TO 200900Z JUL {area.format(38)}.",
            f"GUNNERY 210000Z JUL {area.format(39)}.",
            f"GUNNERY 220000Z JUL 26 {area.format(40)}.",
            "TANKER \ufffd\ufffd.",
        ]
    )
    told = [process("warnings", "-", "--format", "json", given=text, PYTHONHASHSEED=seed).stdout for seed in "1234"]
    assert "stands alone" in told[0]
    assert len(set(told)) == 1
