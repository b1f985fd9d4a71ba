"""The file that a newcomer begins with."""

from __future__ import annotations

from waterspace.planfile.quoting import quote

__all__ = ["new_file"]

_TEMPLATE = """\
# An exercise file for Waterspace. Change it line by line, and look often:
#
#   waterspace check FILE                what is wrong with the plan, with line and column
#   waterspace run FILE --out DIR        rehearse it, and write a report
#   waterspace serials                   the types of serial, their roles and parameters
#   waterspace classes                   the classes of ships and aircraft in the library
#
# Write quantities as at sea: 39-48.0N 133-12.6E, 18 kn, 12 nm, 2 h, FL100, depth 40 m.
# Write times with their zone: 2027-06-08T01:00Z, 2027-06-08T10:00+09:00 or 080100ZJUN27.

waterspace: 1                            # version of these keys

exercise:
  name: {name}
  theme: Search and rescue by two services
  host: JPN                              # countries by three letters, ISO 3166-1 alpha-3
  period: {{start: 2027-06-08T00:00Z, end: 2027-06-08T09:00Z}}
  confidence: assumed                    # reported, estimated or assumed; source: says where a fact comes from

participants:
  JPN: {{service: coast guard}}
  KOR: {{service: coast guard}}

classes:                                 # only what the library lacks
  patrol_vessel:
    name: Patrol vessel of 1500 t
    kind: coast guard patrol
    medium: surface                      # surface, subsurface, air or shore
    length: 96 m
    max_speed: 27 kn
    economical_speed: 14 kn
    range: 5000 nm
    confidence: assumed

units:                                   # an id of your choice, then what it is
  ALFA:
    name: Alfa
    nation: JPN
    class: patrol_vessel                 # from the library, or from classes: above
    home: JPMAI                          # UN/LOCODE of a port, ICAO code of an airfield, a position, or a unit's id
    start: 36-24.0N 132-18.0E            # where it is when the period begins
    command_ship: yes
  BRAVO: {{name: Bravo, nation: KOR, class: patrol_vessel, home: KRPUS, start: 36-36.0N 132-18.0E}}

groups:
  PAIR: {{name: Search group, units: [ALFA, BRAVO], commander: "Captain, Alfa", flagship: ALFA, roles: [OTC]}}

areas:
  GOLF:
    name: Area Golf
    circle: {{centre: 36-30.0N 132-24.0E, radius: 10 nm}}      # or polygon:, sector:, corridor:
    vertical: surface to 3000 ft

objectives:
  O1: {{text: Both ships answer on all working circuits within ten minutes, owner: Communications officer of Alfa}}
  O2: {{text: The object is found within three hours of the first report, owner: Search mission coordinator}}

serials:                                 # the programme, one entry for each activity
  S01:
    type: communications_check
    name: Circuits
    area: GOLF
    units: {{control: ALFA, stations: BRAVO}}     # roles depend on the type; ids of units or groups
    start: 2027-06-08T01:00Z
    duration: 30 min
    objectives: O1
  S02:
    type: search_and_rescue
    name: Person in the water
    area: GOLF
    units: {{coordinator: ALFA, searching: PAIR}}
    after: S01                           # begins when these have ended; or write start:, earliest:, latest:
    duration: 3 h
    objectives: O2
    safety_officer: First officer of Bravo
    conditions: {{daylight: yes, sea_state: 4}}
    track_spacing: 1 nm                  # a parameter of the type

weather:                                 # as forecast, or as assumed
- {{start: 2027-06-08T00:00Z, end: 2027-06-08T09:00Z, sea_state: 3, wind_from: 240, wind_speed: 12 kn}}

settings: {{local_time: "+09:00"}}         # shown beside Z
"""


def new_file(name: str) -> str:
    """The text of a starting file: a plan of two ships and two serials, with comments.

    Args:
        name: of the exercise.
    """
    return _TEMPLATE.format(name=quote(" ".join(name.split()) or "New exercise"))
