"""The journal: what is done stays done, and damage is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from waterspace.campaigns.job import Row
from waterspace.campaigns.journal import Journal, read_journal
from waterspace.errors import CampaignError

IDENTITY: dict[str, Any] = {"campaign": 1, "seed": 7, "vary": ["a=1..2"]}
ROWS = [
    Row(run_id=number, digest=f"{number:064x}", measures={"S1.x_m": 0.1 * number, "S1.y_m": None})
    for number in (2, 1, 3)
]


def _begun(path: Path) -> Path:
    with Journal(path, IDENTITY) as journal:
        for row in ROWS:
            journal.add(row)
    return path


def test_what_was_written_is_read_bit_for_bit(tmp_path: Path) -> None:
    path = _begun(tmp_path / "runs.ndjson")
    with Journal(path, IDENTITY) as journal:
        assert journal.rows == {row.run_id: row for row in ROWS}


def test_a_line_that_was_cut_short_is_dropped_and_the_journal_goes_on(tmp_path: Path) -> None:
    path = _begun(tmp_path / "runs.ndjson")
    whole = path.read_bytes()
    for cut in range(1, len(whole.splitlines()[-1]) + 1):
        path.write_bytes(whole[:-cut])
        with Journal(path, IDENTITY) as journal:
            assert set(journal.rows) == {1, 2}
            journal.add(ROWS[2])
        assert path.read_bytes() == whole


def test_every_damaged_byte_of_a_whole_line_is_noticed(tmp_path: Path) -> None:
    path = _begun(tmp_path / "runs.ndjson")
    whole = path.read_bytes()
    second = len(whole.splitlines(keepends=True)[0])
    for offset in range(second, second + len(whole.splitlines()[1])):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
        with pytest.raises(CampaignError, match=r"line [23]: it is damaged"):
            read_journal(path)


def test_the_runs_of_two_campaigns_are_not_mixed(tmp_path: Path) -> None:
    path = _begun(tmp_path / "runs.ndjson")
    before = path.read_bytes()
    with pytest.raises(CampaignError, match="belongs to another campaign: its seed is 7, not 8"):
        Journal(path, {**IDENTITY, "seed": 8})
    assert path.read_bytes() == before


def test_a_campaign_that_ended_before_its_first_line_was_whole_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "runs.ndjson"
    path.write_bytes(b"0123abcd {")
    with Journal(path, IDENTITY) as journal:
        assert journal.rows == {}
        journal.add(ROWS[0])
    assert read_journal(path)[1] == {2: ROWS[0]}
