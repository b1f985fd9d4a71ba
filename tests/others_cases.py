"""A small exercise with others around it: two ships on passage, fishing vessels, observers, an exercise of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from waterspace import planfile

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["ALONE", "FISHING", "FOLLOWED", "NEIGHBOURS", "load"]

ALONE = """\
waterspace: 1
exercise:
  name: Passage
  period: {start: 2026-06-08T00:00Z, end: 2026-06-08T18:00Z}
classes:
  frigate: {name: Frigate, kind: frigate, medium: surface, length: 130 m, max_speed: 28 kn, economical_speed: 16 kn}
  slow: {name: Slow, kind: intelligence ship, medium: surface, length: 90 m, max_speed: 12 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: frigate, start: 39-00.0N 133-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: frigate, start: 39-02.0N 133-00.0E}
serials:
  S1:
    type: transit
    units: {units: [ALFA, BRAVO]}
    route: [39-00.0N 133-00.0E, 39-20.0N 133-40.0E, 39-00.0N 134-20.0E, 39-30.0N 134-40.0E]
    start: 2026-06-08T01:00Z
    speed: 14 kn
"""

FISHING = """\
traffic:
  fishing:
    BANK: {circle: {centre: 39-15.0N 133-50.0E, radius: 25 nm}, spacing: 6 nm}
"""

FOLLOWED = """\
context:
  observers:
    WATCHER:
      {name: Watcher, nation: NZL, class: type815a, start: 2026-06-08T02:00Z, end: 2026-06-08T14:00Z,
       shadows: ALFA, distance: 3 nm}
    LAME:
      {name: Lame, nation: NZL, class: slow, start: 2026-06-08T02:00Z, end: 2026-06-08T14:00Z,
       shadows: BRAVO, distance: 4 nm, route: [39-10.0N 133-05.0E]}
    PASSER:
      {name: Passer, nation: NZL, class: type815a, start: 2026-06-08T02:00Z, end: 2026-06-08T14:00Z,
       route: [39-00.0N 134-30.0E, 39-20.0N 133-00.0E]}
"""

NEIGHBOURS = """\
context:
  exercises:
    OTHERS:
      {name: Drill of others, participants: [AUS], start: 2026-06-08T03:00Z, end: 2026-06-08T12:00Z, ships: 5,
       polygon: [39-00.0N 133-20.0E, 39-40.0N 133-20.0E, 39-10.0N 133-40.0E, 39-40.0N 134-10.0E, 39-00.0N 134-10.0E]}
"""


def load(folder: Path, *parts: str) -> Exercise:
    """The exercise of some of these texts."""
    path = folder / "others.exercise.yaml"
    path.write_text("".join((ALONE, *parts)), encoding="utf-8")
    return planfile.load(path)
