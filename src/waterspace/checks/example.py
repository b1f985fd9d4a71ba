"""Example: makes a whole exercise file of the fragment that a rule shows."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["whole"]

_BASE = """\
waterspace: 1
exercise:
  name: Example
  host: JPN
  period: {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z}
participants:
  JPN: {service: coast guard}
  KOR: {service: coast guard}
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 4000 nm
    endurance: 20 d
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
objectives:
  O1: {text: Both ships have worked together in each other's language., owner: JPN}
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
notices:
  N1: {kind: navarea, covers: WEST, originator: JPN, planned: 2026-06-02T00:00Z}
  N2: {kind: notam, covers: WEST, originator: JPN, planned: 2026-06-02T00:00Z}
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
"""

_KEY = re.compile(r"^[a-z]", re.MULTILINE)


def whole(fragment: str) -> str:
    """A whole exercise file: the fragment's top keys as they are, all others from a small plan with nothing wrong."""
    own = _by_key(fragment)
    return "".join((_by_key(_BASE) | own).values())


def _by_key(text: str) -> dict[str, str]:
    """Top key to its lines."""
    starts = [match.start() for match in _KEY.finditer(text)]
    parts = (text[start:end] for start, end in pairwise([*starts, len(text)]))
    return {part.partition(":")[0]: part if part.endswith("\n") else part + "\n" for part in parts}
