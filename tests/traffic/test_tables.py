"""Tables of traffic: the packaged ones say that they are assumed, the user's own are refused line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from waterspace.domain import Confidence
from waterspace.environment.shores import coast
from waterspace.errors import DataFileError
from waterspace.quantity import knots
from waterspace.traffic.tables import read_ends, read_kinds, ship_kinds, voyage_ends

ENDS = "code,lat_deg,lon_deg,group,weight\nKRPUS,,,,3\nGATE WEST,33.0,127.0,south,2.5\n"
KINDS = (
    "kind,share,length_low_m,length_mode_m,length_high_m,speed_low_kn,speed_mode_kn,speed_high_kn\n"
    "coaster,1,60,80,100,8,10,12\n"
)


def test_every_row_of_the_packaged_tables_says_that_it_is_assumed() -> None:
    rows = [*(end.provenance for end in voyage_ends()), *(kind.provenance for kind in ship_kinds())]
    assert len(rows) > 30
    assert {row.confidence for row in rows} == {Confidence.ASSUMED}


def test_the_packaged_gates_lie_at_sea() -> None:
    gates = [end for end in voyage_ends() if end.is_gate]
    assert len(gates) >= 4
    assert not any(coast.load().is_land(gate.position) for gate in gates)


def test_a_table_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ends.csv"
    path.write_text(ENDS, encoding="utf-8")
    port, gate = read_ends(path)
    assert (port.is_gate, gate.is_gate) == (False, True)
    assert (gate.group, gate.weight_ratio, gate.position.lat_deg) == ("south", 2.5, 33.0)
    path.write_text(KINDS, encoding="utf-8")
    (kind,) = read_kinds(path)
    assert knots(kind.speeds_mps[1]) == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("weight", "wait", "line 1: the columns weight are missing"),
        ("KRPUS", "KRXXX", "line 2: .*KRXXX"),
        (",3\n", ",many\n", "line 2: found 'many' in column weight"),
        (",3\n", ",-1\n", "line 2: found '-1' in column weight"),
        (",3\n", ",nan\n", "line 2: found 'nan' in column weight"),
        ("33.0", "133.0", "line 3: found '133.0' in column lat_deg"),
        ("127.0", "", "line 3: found '' in column lon_deg"),
        ("GATE WEST,33.0,127.0", "KRPUS,,", "KRPUS stands in it twice"),
        ("GATE WEST,33.0,127.0,south,2.5\n", "", "it has 1 rows"),
    ],
)
def test_a_table_of_ends_that_is_wrong_is_refused_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "ends.csv"
    path.write_text(ENDS.replace(old, new), encoding="utf-8")
    with pytest.raises(DataFileError, match=words):
        read_ends(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("60,80", "80,60", "line 2: lengths 80, 60, 100 do not rise"), ("coaster,1", "coaster,0", "share above 0")],
)
def test_a_table_of_kinds_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text(KINDS.replace(old, new), encoding="utf-8")
    with pytest.raises(DataFileError, match=words):
        read_kinds(path)


def test_a_table_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"none\.csv"):
        read_ends(tmp_path / "none.csv")
