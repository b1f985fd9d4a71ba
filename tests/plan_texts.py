"""Texts of exercise files that the tests of planfile share."""

from __future__ import annotations

__all__ = ["FULL", "SMALL"]

SMALL = """\
waterspace: 1
exercise:
  name: Small
  period: {start: 2024-06-06T00:00Z, end: 2024-06-06T10:00Z}
"""

FULL = """\
# every section once
waterspace: 1
exercise:
  name: Full drill
  series: Drills
  theme: "Search: and rescue"
  host: JPN
  languages: [ja, ko, en]
  marking: not for navigation
  period: {start: 2024-06-06T00:00Z, end: 061000ZJUN24}
  source: https://example.org/drill
  confidence: reported
  note: nothing secret

participants:
  JPN: {service: coast guard}
  KOR: {service: coast guard, confidence: estimated}

classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    length: 90 m
    beam: 12 m
    draught: 4 m
    displacement: 1500 t
    max_speed: 27 kn
    economical_speed: 14 kn
    range: 4000 nm
    endurance: 15 d
    helicopter_spots: 1
    gun_calibre: 76 mm
  helo: {name: Helo, kind: helicopter, medium: air, max_speed: 250 km/h, cruise_speed: 120 kn, ceiling: 10000 ft}

units:
  WAKASA:
    {name: Wakasa, hull: 121, nation: JPN, class: cutter, home: JPMAI, start: 36-24.0N 132-18.0E, command_ship: yes}
  HELO: {name: Seagull, nation: JPN, class: helo, home: WAKASA, count: 2}
  PATROL: {name: Patrol, nation: KOR, class: kcg_3000, home: 35-06.0N 129-02.0E, start_time: 2024-06-06T01:00Z}
  LOST: {name: Lost, nation: KOR, class: unknown_class, home: Nowhere at all}
  BARE: {name: Bare, nation: KOR, class: kcg_3000}

groups:
  TG1: {name: Group, units: [WAKASA, HELO], commander: Captain A, flagship: WAKASA, roles: [OTC, OCE]}
  TG2: {units: PATROL}

areas:
  ALFA: {name: Area Alfa, circle: {centre: 36-30.0N 132-24.0E, radius: 10 nm}, vertical: surface to FL100}
  BRAVO: {polygon: [36N 132E, 37N 132E, 37N 133E, 36-00.0N 132-00.0E]}
  CHARLIE: {sector: {centre: 36N 132E, bearing: 045, half_angle: 15, radius: 12 nm, inner_radius: 1 nm}}
  DELTA: {corridor: {waypoints: [36N 132E, 37N 132E], half_width: 2 nm}, vertical: depth 40 m to surface}

objectives:
  O1: {text: Find it, owner: Captain A}

serials:
  S1:
    type: transit
    name: Go there
    phase: P1
    area: ALFA
    units: {units: [TG1, PATROL]}
    start: 2024-06-06T01:00Z
    end: 2024-06-06T02:00Z
    earliest: 2024-06-06T00:30Z
    latest: 2024-06-06T00:30Z
    objectives: O1
    safety_officer: First officer
    conducting_officer: Captain A
    conditions: {daylight: yes, sea_state: 4}
    route:
    - 36-24.0N 132-18.0E
    - 36-30.0N 132-24.0E
    speed: 12 kn
    source: assumed by the tests
  S2: {type: communications_check, units: {control: WAKASA, stations: [PATROL]}, after: [S1, S9], duration: 1 h 30 min}

phases:
  P1: {name: At sea, kind: free play, start: 2024-06-06T00:00Z, end: 2024-06-06T10:00Z}

notices:
  N1: {kind: navarea, covers: [S1], originator: Coast guard, planned: 2024-06-01T00:00Z}

permissions:
  L1: {state: JPN, kind: territorial sea, covers: S1, date: 2024-05-01T00:00Z, reference: No 7}

context:
  exercises:
    X1: {name: Other, participants: [USA, AUS], start: 2024-06-05T00:00Z, end: 2024-06-07T00:00Z}
  observers:
    B1:
      {name: Watcher, nation: NZL, class: type815a, start: 2024-06-05T00:00Z, end: 2024-06-07T00:00Z,
       activity: watches, route: [36N 132E]}
  reservations:
    R1:
      name: Firing range
      hazard: firing
      circle: {centre: 37N 133E, radius: 5 nm}
      windows:
      - {start: 2024-06-06T05:00Z, end: 2024-06-06T06:00Z}
      - {start: 2024-06-06T01:00Z, end: 2024-06-06T02:00Z}
      - {start: 2024-06-06T02:00Z, end: 2024-06-06T03:00Z}

injects:
  I1: {at: 2024-06-06T03:00Z, to: S1, text: Engine stops, delays: S1, delay: 30 min}

weather:
- {start: 2024-06-06T00:00Z, end: 2024-06-06T10:00Z, sea_state: 3, wind_from: 240, wind_speed: 15 kn, visibility: 5 nm}

policies:
  CALM:
    serials: [S1]
    rules:
    - {when: [weather, late], clears_within: 3 h, then: postpone, by: 20 min, at_most: 2 h}
    - {when: area occupied, ready: 2, then: swap area, areas: [BRAVO]}
    - {when: stranger, then: go on}

breakdowns:
  OLD: {units: TG1, every: 20 d, repair: 6 h, shape: 1.5, confidence: assumed}

links:
  VHF: {name: Channel 72, units: [TG1, PATROL], range: 30 nm, delay: 5 s, outage_every: 9 d, outage: 50 min}

settings: {local_time: "+09:00"}
"""
