"""How well the times of warnings are read: beside ten that were counted out by hand, and beside their cancellations.

Usage: WATERSPACE_CORPORA=folder python benchmarks/warning_times.py [--others N]

Issuers let a warning cancel itself one hour after its last time ends, or on the next day where it has days without
hours. `as usual` is the share of the warnings with an end and a cancellation of their own that do so when read; those
that do not are the issuer's choice or slip, or a fault of the reader, so each is worth a look (`--others`).
"""

from __future__ import annotations

import argparse
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from waterspace.messages.heading import issue_ms
from waterspace.messages.reading import Message, Reading, Verdict
from waterspace.messages.warnings import read_warning
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["hand_truth", "main", "usual"]

CORPORA = ("nga_inforce_world_2018.dev", "russia_navarea13_20.dev", "nw_pacific.dev")
LONGEST_TEXT = 2000
"""Longer texts are whole bulletins, which `finding` cuts into messages."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure the times of warnings.")
    parser.add_argument("--others", type=int, default=0, help="print so many messages that do not end as usual")
    options = parser.parse_args()
    truths = hand_truth()
    print(f"hand truth: {sum(not faults for faults in truths.values())} of {len(truths)} warnings right")
    for name, faults in truths.items():
        if faults:
            print(f"  {name}: {'; '.join(faults)}")
    print(f"{'corpus':30}{'records':>9}{'no doubt':>10}{'with end':>10}{'as usual':>10}")
    for name in CORPORA:
        readings = [read_warning(message) for message in messages(name)]
        ends = [(reading, usual(reading)) for reading in readings]
        dated = [is_usual for _, is_usual in ends if is_usual is not None]
        sure = sum(reading.verdict is not Verdict.REVIEW for reading in readings) / len(readings)
        print(f"{name:30}{len(readings):>9}{sure:>10.1%}{len(dated):>10}{sum(dated) / len(dated):>10.1%}")
        for reading in [reading for reading, is_usual in ends if is_usual is False][: options.others]:
            print("-" * 100, f"\n{reading.message.text}\n{reading.reason}")


def messages(name: str) -> list[Message]:
    """The messages of a corpus, without whole bulletins."""
    rows = _rows(f"{name}.jsonl")
    return [
        Message(id=str(row["id"]), text=row["text"], issued_ms=issue_ms(row.get("issued") or ""))
        for row in rows
        if row.get("text") and len(row["text"]) <= LONGEST_TEXT
    ]


def usual(reading: Reading) -> bool | None:
    """Whether a message cancels itself as long after its last end as issuers do; None where it has none of both."""
    spells = [spell for area in reading.areas for spell in (*area.spells, *area.reserves)]
    ends = [spell.end_ms for spell in spells if spell.end_ms is not None]
    if reading.cancel_ms is None or not spells or len(ends) < len(spells):
        return None
    after_ms = reading.cancel_ms - max(ends)
    is_day = max(ends) % DAY_MS == DAY_MS - MINUTE_MS
    return after_ms == HOUR_MS or (is_day and 0 < after_ms <= DAY_MS + HOUR_MS)


def hand_truth() -> dict[str, list[str]]:
    """What is wrong with each warning whose times, alternates and cancellations were counted out by hand."""
    return {
        f"{row['navArea']} {row['msgNumber']}/{row['msgYear']}": _faults(row) for row in _rows("hand_truth.dev.json")
    }


def _faults(row: dict[str, Any]) -> list[str]:
    truth = row["truth"]
    reading = read_warning(Message(id=str(row["msgNumber"]), text=row["text"], issued_ms=issue_ms(row["issueDate"])))
    found = [] if reading.areas else ["no area"]
    for area in reading.areas:
        for name, spells in (("windows", area.spells), ("alternate_windows", area.reserves)):
            said = [[_said(spell.start_ms), _said(spell.end_ms)] for spell in spells]
            if sorted(said, key=str) != sorted(truth[name], key=str):
                found.append(f"{name} {said}")
    if _said(reading.cancel_ms) != truth["cancel_utc"]:
        found.append(f"cancels itself at {_said(reading.cancel_ms)}")
    if list(reading.cancels) != truth["cancels"]:
        found.append(f"cancels {reading.cancels}")
    if reading.verdict is Verdict.REVIEW:
        found.append(reading.reason)
    return found


def _said(time_ms: int | None) -> str | None:
    return None if time_ms is None else datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%MZ")


def _rows(name: str) -> list[dict[str, Any]]:
    text = Path(os.environ["WATERSPACE_CORPORA"], "navwarn", name).read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text) if name.endswith(".json") else [*map(json.loads, text.splitlines())]
    return rows


if __name__ == "__main__":
    main()
