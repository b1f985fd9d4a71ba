"""How much of the coordinates in real warnings an area uses, whether each miss has a reason, and whether twins agree.

Usage: WATERSPACE_CORPORA=folder python benchmarks/messages_used.py [--misses N]

A coordinate is used if it stands in the characters that gave an area a corner, or closes a ring on one that does. A
miss has a reason if a doubt covers it. Twins are the English and the Chinese text of one warning.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind, Token, plain, tokens
from waterspace.messages.reader import read, read_all
from waterspace.messages.reading import Message, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["main", "used"]

CORPORA = (
    "nw_pacific.dev.jsonl",
    "russia_navarea13_20.dev.jsonl",
    "navarea11_china_misc.jsonl",
    "japan_jcg_regional_ja.jsonl",
)
TWINS = (("琼航警190/26", "HN182/26"), ("琼航警174/26", "HN166/26"), ("沪航警722/26", "SH15/26"))
COORDINATES = (Kind.LATITUDE, Kind.LONGITUDE)


class Used(NamedTuple):
    """Of one reading: its coordinates, those that no area uses, and of these those that no doubt covers."""

    every: list[Token]
    missed: list[Token]
    silent: list[Token]


def main() -> None:
    """Print one line for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="print so many coordinates that no area uses")
    shown = parser.parse_args().misses
    folder = Path(os.environ["WATERSPACE_CORPORA"], "navwarn")
    print(f"{'corpus':32}{'messages':>9}{'coords':>8}{'used':>9}{'silent':>8}{'review':>9}{'per s':>8}")
    for name in CORPORA:
        start_s = time.process_time()
        readings = list(read_all([str(folder / name)]))
        took_s = time.process_time() - start_s
        shown = _line(name, readings, took_s, shown)
    rows = [json.loads(line) for line in (folder / CORPORA[2]).read_text(encoding="utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in rows}
    for pair in TWINS:
        print(f"twins {pair[0]} {pair[1]}: {_compared(*(read(Message(id=name, text=texts[name])) for name in pair))}")


def used(reading: Reading) -> Used:
    """Which coordinates of a message its areas use."""
    every = [token for token in tokens(plain(reading.message.text)) if token.kind in COORDINATES]
    spans = [span for area in reading.areas for span in area.spans]
    taken = {token for token in every if any(span.start <= token.start < span.end for span in spans)}
    values = {(token.kind, token.degrees) for token in taken}
    missed = [token for token in every if token not in taken and (token.kind, token.degrees) not in values]
    covered = [doubt.span for doubt in reading.doubts]
    silent = [token for token in missed if not any(span.start <= token.start < span.end for span in covered)]
    return Used(every, missed, silent)


def _line(name: str, readings: Iterable[Reading], took_s: float, shown: int) -> int:
    counts: collections.Counter[str] = collections.Counter()
    for reading in readings:
        found = used(reading)
        counts["messages"] += 1
        counts["coordinates"] += len(found.every)
        counts["missed"] += len(found.missed)
        counts["silent"] += len(found.silent)
        counts["review"] += bool(reading.doubts)
        for token in found.missed[: max(0, shown)]:
            shown -= 1
            print(f"    {reading.message.id}: {token.text}{' (silent)' if token in found.silent else ''}")
    share = 1 - counts["missed"] / counts["coordinates"]
    print(
        f"{name:32}{counts['messages']:>9}{counts['coordinates']:>8}{share:>9.2%}{counts['silent']:>8}"
        f"{counts['review'] / counts['messages']:>9.1%}{counts['messages'] / took_s:>8,.0f}"
    )
    return shown


def _compared(first: Reading, second: Reading) -> str:
    """Whether two readings give the same places and times."""
    places = [[area.footprint for area in reading.areas] for reading in (first, second)]
    times = [[area.spells for area in reading.areas] for reading in (first, second)]
    if places[0] != places[1]:
        return "the places differ"
    return "agree" if times[0] == times[1] else f"the places agree, the times differ: {times[0][0]} and {times[1][0]}"


if __name__ == "__main__":
    main()
