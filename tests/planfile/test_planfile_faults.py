"""Every fault of a file is listed at once, with its place, in a sentence."""

# ruff: noqa: E501  # a table of cases is read across

from __future__ import annotations

import pytest

from plan_texts import FULL, SMALL
from waterspace import planfile
from waterspace.errors import Fault, PlanFileError


def faults_of(content: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(PlanFileError) as caught:
        planfile.loads(content, "plan.yaml")
    return caught.value.faults


def place_of(text: str, snippet: str) -> tuple[int, int]:
    """1-based line and column of the only place where a snippet stands."""
    assert text.count(snippet) == 1, f"{snippet!r} stands {text.count(snippet)} times"
    offset = text.index(snippet)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def test_the_full_text_has_no_fault() -> None:
    planfile.loads(FULL)


CASES = [
    # what stands in FULL, what stands there instead, where the fault is, its path, a part of its message and advice
    ("name: Full drill", "nmae: Full drill", "nmae", "exercise.nmae", "exercise has no key 'nmae'.", "Did you mean name?"),
    ("settings:", "setings:", "setings", "setings", "The file has no key 'setings'.", "Did you mean settings?"),
    ("hull: 121", "qqq: 121", "qqq", "units.WAKASA.qqq", "units.WAKASA has no key 'qqq'.", "Known here: name, nation"),
    ("bearing: 045", "bering: 045", "bering", "areas.CHARLIE.sector.bering", "has no key 'bering'.", "Did you mean"),
    ("daylight: yes", "daylite: yes", "daylite", "serials.S1.conditions.daylite", "has no key", "Did you mean daylight?"),
    ("speed: 12 kn\n", "sped: 12 kn\n", "sped", "serials.S1.sped", "serials.S1 has no key 'sped'.", "Did you mean speed?"),
    ("    phase: P1", "    fase: P1", "fase", "serials.S1.fase", "serials.S1 has no key 'fase'.", "Did you mean phase?"),
    ("hazard: firing", "hazard: fireing", "fireing", "context.reservations.R1.hazard", "one of none, firing", "firing?"),
    ("medium: surface", "medium: sea", "sea\n", "classes.cutter.medium", "one of surface, subsurface, air, shore", ""),
    ("kind: free play", "kind: free_play", "free_play", "phases.P1.kind", "'free_play'", "Did you mean free play?"),
    ("confidence: reported", "confidence: certain", "certain", "exercise.confidence", "one of reported", ""),
    ("type: transit", "type: tranist", "tranist", "serials.S1.type", "no serial type 'tranist'", "Did you mean transit?"),
    ("type: transit", "type: Transit", "Transit", "serials.S1.type", "no serial type 'Transit'", "Did you mean transit?"),
    ("type: transit", "type: [transit]", "[transit]", "serials.S1.type", "serials.S1.type is a list", ""),
    ("    type: transit\n", "", "S1:\n", "serials.S1.type", "serials.S1 lacks the key type.", ""),
    (", nation: JPN, class: helo", ", class: helo", "{name: Seagull", "units.HELO.nation", "lacks the key nation", ""),
    ("name: Seagull, ", "name: , ", "name: , nation", "units.HELO.name", "units.HELO.name has no value.", "remove the"),
    ("name: Seagull", 'name: ""', '""', "units.HELO.name", "it is empty", ""),
    ("text: Find it", "text: ~", "text: ~", "objectives.O1.text", "objectives.O1.text has no value.", "Write a"),
    ("covers: [S1]", "covers: [null]", "null", "notices.N1.covers.0", "notices.N1.covers.0 has no value.", "Write a"),
    ("host: JPN", "host: Japan", "Japan", "exercise.host", "three capital letters", ""),
    ("  KOR: {service", "  ROK1: {service", "ROK1", "participants.ROK1", "The key 'ROK1' is not a country", ""),
    ("  HELO: {name", "  9HELO: {name", "9HELO", "units.9HELO", "The key '9HELO' is not an id of letters", ""),
    ("units: {units: [TG1", "units: {1: [TG1", "1: [TG1", "serials.S1.units.1", "not the name of a role", ""),
    ("count: 2", "count: 0", "0}\n  PATROL", "units.HELO.count", "it must be at least 1", ""),
    ("count: 2", "count: -5", "-5}", "units.HELO.count", "is '-5', but a whole number such as 2 is expected: it must be 0 or more.", ""),
    ("count: 2", "count: two", "two", "units.HELO.count", "a whole number", ""),
    ("start: 36-24.0N 132-18.0E", "start: 36.4 132.3", "36.4", "units.WAKASA.start", "nobody knows which number", ""),
    ("start: 36-24.0N 132-18.0E", "start: [36.4, 132.3]", "[36.4", "units.WAKASA.start", "nobody knows which", ""),
    ("start: 36-24.0N 132-18.0E", "start: {lat: 36.4}", "{lat", "units.WAKASA.start", "is a mapping, but a pos", ""),
    ("start: 36-24.0N 132-18.0E", "start: 96-24.0N 132-18.0E", "96", "units.WAKASA.start", "beyond 90 degrees", ""),
    ("start: 36-24.0N 132-18.0E", "start: 36-60.0N 132-18.0E", "36-60", "units.WAKASA.start", "60.0 minutes", ""),
    ("home: 35-06.0N 129-02.0E", "home: 35-66.0N 129-02.0E", "35-66", "units.PATROL.home", "66.0 minutes", ""),
    ("home: 35-06.0N 129-02.0E", "home: 35.1 129.0", "35.1", "units.PATROL.home", "nobody knows which number", ""),
    ("duration: 1 h 30 min", "duration: 90", "90}", "serials.S2.duration", "the unit is missing", ""),
    ("max_speed: 27 kn", "max_speed: 27", "27\n", "classes.cutter.max_speed", "the unit is missing", ""),
    ("max_speed: 27 kn", "max_speed: Mach 2", "Mach", "classes.cutter.max_speed", "Mach depends on", ""),
    ("radius: 10 nm", "radius: -10 nm", "-10 nm", "areas.ALFA.circle.radius", "a distance is not negative", ""),
    ("radius: 10 nm", "radius: 0 nm", "0 nm}, vert", "areas.ALFA.circle.radius", "it must be more than 0 m", ""),
    ("inner_radius: 1 nm", "inner_radius: 13 nm", "13 nm", "areas.CHARLIE.sector.inner_radius", "radius is 12.0 nm", ""),
    ("half_angle: 15", "half_angle: 181", "181", "areas.CHARLIE.sector.half_angle", "at most 180 degrees", ""),
    ("half_angle: 15", "half_angle: 0", "0, radius", "areas.CHARLIE.sector.half_angle", "more than 0 degrees", ""),
    ("sea_state: 4", "sea_state: 10", "10}\n    route", "serials.S1.conditions.sea_state", "at most 9", ""),
    ("wind_from: 240", "wind_from: 361", "361", "weather.0.wind_from", "a circle has 360 degrees", ""),
    ("command_ship: yes", "command_ship: maybe", "maybe", "units.WAKASA.command_ship", "yes or no", ""),
    ("when: stranger", "when: storm", "storm", "policies.CALM.rules.2.when.0", "one of late, weather, dark, area occupied", ""),
    ("then: go on", "then: carry on", "carry on", "policies.CALM.rules.2.then", "one of postpone, swap area, go on", ""),
    ("20 min, at_most: 2 h", "20 min, at_most: 9 min", "{when: [weather", "policies.CALM.rules.0", "20 min and at most 9", ""),
    (", by: 20 min, at_most", ", at_most", "{when: [weather", "policies.CALM.rules.0", "says by how much", ""),
    (", areas: [BRAVO]", "", "{when: area occ", "policies.CALM.rules.1", "names no area", ""),
    ("when: stranger, then: go on", "then: go on, by: 1 h", "{then: go", "policies.CALM.rules.2", "policies.CALM.rules.2 (rule 3) cannot be carried out as it stands: by says nothing where the rule is to go on.", "Remove by, or change then."),
    ("when: area occupied, ready: 2, then: swap area, areas: [BRAVO]", "then: scrub", "CALM:", "policies.CALM",
     "rule 2 of 3 decides every situation", ""),
    ("repair: 6 h", "repair: 0 h", "0 h, shape", "breakdowns.OLD.repair", "it must be at least 1 min", ""),
    ("every: 20 d", "every: 59 s", "59 s", "breakdowns.OLD.every", "it must be at least 1 min", ""),
    ("by: 20 min", "by: 1 s", "1 s, at_most", "policies.CALM.rules.0.by", "policies.CALM.rules.0.by (rule 1) is '1 s'", ""),
    ("outage_every: 9 d", "outage_every: 0.01 s", "0.01 s", "links.VHF.outage_every", "it must be at least 1 min", ""),
    ("outage: 50 min", "outage: 0.01 s", "0.01 s", "links.VHF.outage", "it must be at least 1 min", ""),
    ("shape: 1.5", "shape: 0.001", "0.001, conf", "breakdowns.OLD.shape", "it must be at least 0.1", ""),
    ("shape: 1.5", "shape: 20.5", "20.5, conf", "breakdowns.OLD.shape", "it must be at most 20", ""),
    (", outage: 50 min", "", "9 d}", "links.VHF.outage_every", "outage_every is given without outage", "Give both, or neither."),
    ('local_time: "+09:00"', "local_time: JST", "JST", "settings.local_time", "an offset from UTC", ""),
    ("end: 061000ZJUN24", "end: 2024-06-06T10:00", "2024-06-06T10:00}", "exercise.period.end", "the zone is missing", ""),
    ("end: 061000ZJUN24", "end: 2024-06-07", "2024-06-07}\n  so", "exercise.period.end", "time of day and its zone", ""),
    ("end: 061000ZJUN24", "end: 051000ZJUN24", "051000Z", "exercise.period.end", "start is 060000Z JUN 24", ""),
    ("end: 2024-06-06T02:00Z\n", "end: 2024-06-06T01:00Z\n", "2024-06-06T01:00Z\n    ear", "serials.S1.end", "after start", ""),
    ("latest: 2024-06-06T00:30Z", "latest: 2024-06-06T00:29Z", "2024-06-06T00:29Z", "serials.S1.latest", "not before", ""),
    ("vertical: surface to FL100", "vertical: FL100", "FL100", "areas.ALFA.vertical", "two heights with the word to", ""),
    ("vertical: surface to FL100", "vertical: FL100 to surface", "FL100", "areas.ALFA.vertical", "lower limit comes", ""),
    ("circle: {centre: 36-30.0N", "circle: {center: 36-30.0N", "center", "areas.ALFA.circle.center", "'center'", "centre?"),
    ("ALFA: {name: Area Alfa, circle:", "ALFA: {name: Area Alfa, box:", "{name: Area Alfa", "areas.ALFA", "no shape", ""),
    ("BRAVO: {polygon:", "BRAVO: {circle: {centre: 1N 1E, radius: 1 m}, polygon:", "polygon: [36N", "areas.BRAVO.polygon",
     "has circle and polygon, but exactly one", ""),
    ("37N 133E, 36-00.0N 132-00.0E]", "36-00.0N 132-00.0E]", "[36N 132E, 37N 132E, 36-", "areas.BRAVO.polygon",
     "has 2 corners, but at least 3 are needed", ""),
    ("waypoints: [36N 132E, 37N 132E]", "waypoints: [36N 132E]", "[36N 132E], half", "areas.DELTA.corridor.waypoints",
     "has 1 waypoints, but at least 2 are needed", ""),
    ("waypoints: [36N 132E, 37N 132E]", "waypoints: 36N 132E", "36N 132E, half", "areas.DELTA.corridor.waypoints",
     "is the text '36N 132E', but a list is expected", ""),
    ("covers: [S1], orig", "covers: {S1: yes}, orig", "{S1: yes}", "notices.N1.covers", "a mapping, but a list", ""),
    ("  O1: {text: Find it, owner: Captain A}", "  O1: Find it", "Find it", "objectives.O1", "a mapping of keys", ""),
    ("  O1: {text: Find it, owner: Captain A}", "  - Find it", "objectives:\n", "objectives", "is a list, but a mapping", ""),
    ("  P1: {name: At sea,", "  P1: [] #", "[] #", "phases.P1", "is a list, but a mapping", ""),
    ("conditions: {daylight: yes, sea_state: 4}", "conditions: calm", "calm", "serials.S1.conditions", "a mapping", ""),
    ("name: Wakasa", "name: &w Wakasa", "&w", "units.WAKASA.name", "&w marks a value to be repeated", "anchors are not"),
    ("hull: 121", "&h hull: 121", "&h", "units.WAKASA", "&h marks a value to be repeated", "anchors are not"),
    ("name: Seagull", "name: *w", "*w", "units.HELO.name", "*w repeats a value from elsewhere", "Write the value out"),
    ("hull: 121", "hull: !!str 121", "!!str", "units.WAKASA.hull", "!!str is a YAML tag", "Remove it"),
    ("hull: 121", "<<: {}", "<<", "units.WAKASA", "The merge key <<", "Write the values out"),
    ("hull: 121", "? [a]\n  : 121", "[a]", "units.WAKASA", "stands where a key is expected", "Write a word"),
    ("hull: 121", "~: 121", "~: 121", "units.WAKASA", "The key is empty", "before the colon"),
    ("  HELO: {name", "  WAKASA: {name", "WAKASA: {name: Sea", "units", "units.WAKASA is given twice", "Remove one"),
    ("hull: 121", 'hull: "\\a"', '"\\a"', "units.WAKASA.hull", "a control character, written as an escape", "Leave it"),
    ("speed: 12 kn\n", "speed: 0 kn\n", "0 kn\n", "serials.S1.speed", "it must be at least 0.2 kn", ""),
    ("  S1:\n    type", "  S0: text\n  S1:\n    type", "text\n  S1", "serials.S0", "the text 'text', but a mapping", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "path", "message", "advice"), CASES, ids=[case[1] for case in CASES])
def test_a_fault_stands_where_the_text_is_and_says_what_is_wrong(
    old: str, new: str, at: str, path: str, message: str, advice: str
) -> None:
    assert FULL.count(old) == 1, f"{old!r} stands {FULL.count(old)} times"
    text = FULL.replace(old, new)
    faults = faults_of(text)
    (fault,) = [fault for fault in faults if fault.path == path]
    assert (fault.line, fault.column) == place_of(text, at)
    assert message in fault.message
    assert fault.message.endswith(".")
    assert advice in fault.advice
    assert bool(advice) == bool(fault.advice)
    assert str(fault).startswith(f"plan.yaml:{fault.line}:{fault.column}: {fault.message}")


_SCRUB = "rules: [{then: scrub}]"


@pytest.mark.parametrize(
    ("section", "line", "path", "words"),
    [
        (f"policies:\n  A: {{serials: [S1, S2], {_SCRUB}}}\n  B: {{serials: [S3, S2], {_SCRUB}}}\n", 3,
         "policies.B.serials", "policies.B is for S2, and so is policies.A, but one entry"),
        (f"policies:\n  A: {{serials: S2, {_SCRUB}}}\n  B:\n    serials: S2\n    {_SCRUB}\n", 4,
         "policies.B.serials", "policies.B is for S2, and so is policies.A"),
        (f"policies:\n  A: {{{_SCRUB}}}\n  B: {{serials: S2, {_SCRUB}}}\n  C: {{serials: [], {_SCRUB}}}\n", 4,
         "policies.C.serials", "policies.C is for every serial that no other policy names, and so is policies.A"),
        ("breakdowns:\n  A: {units: [X, Y], every: 1 d, repair: 1 h}\n  B: {units: Y, every: 2 d, repair: 1 h}\n", 3,
         "breakdowns.B.units", "breakdowns.B is for Y, and so is breakdowns.A"),
        ("breakdowns:\n  A: {every: 1 d, repair: 1 h}\n  B: {every: 2 d, repair: 1 h}\n", 3,
         "breakdowns.B.units", "breakdowns.B is for every unit that no other entry names, and so is breakdowns.A"),
    ],
)  # fmt: skip
def test_what_can_have_but_one_is_not_given_two(section: str, line: int, path: str, words: str) -> None:
    (fault,) = faults_of(SMALL + section)
    assert (fault.line, fault.path) == (len(SMALL.splitlines()) + line, path)
    assert words in fault.message
    assert "make one entry of the two" in fault.advice


def test_one_entry_for_each_and_one_for_the_rest_is_no_fault() -> None:
    shared = f"policies:\n  A: {{serials: [S1, S1], {_SCRUB}}}\n  B: {{{_SCRUB}}}\n  C: {{serials: S2, {_SCRUB}}}\n"
    assert planfile.loads(SMALL + shared).policies.keys() == {"A", "B", "C"}


def test_a_fault_says_what_was_found_and_what_was_expected() -> None:
    (fault,) = faults_of(FULL.replace("max_speed: 27 kn", "max_speed: 27"))
    assert fault.found == "27"
    assert fault.expected == "a speed with its unit such as 18 kn, 30 km/h or 9 m/s"


def test_a_key_given_twice_names_both_lines() -> None:
    text = SMALL + "units: {}\nareas: {}\nunits: {}\n"
    (fault,) = faults_of(text)
    assert "in line 5 and in line 7" in fault.message
    assert fault.line == 7


TEN = """\
waterspace: 2
exercise:
  nmae: Ten faults
  name: Ten faults
  period: {start: 2024-06-06T10:00Z, end: 2024-06-06T00:00Z}
units:
  A: {name: A, nation: jpn, class: x}
  B: {name: B, nation: JPN}
  A: {name: C, nation: JPN, class: x}
areas:
  C: {circle: {centre: 36.5 132.4, radius: 10}}
serials:
  S1: {type: gunery}
  S2: {type: transit, start: 2024-06-06T01:00, units: {units: *a}}
"""


def test_ten_faults_of_different_kinds_are_listed_together_in_order() -> None:
    assert [(fault.line, fault.path) for fault in faults_of(TEN)] == [
        (1, "waterspace"),
        (3, "exercise.nmae"),
        (5, "exercise.period.end"),
        (7, "units.A.nation"),
        (8, "units.B.class"),
        (9, "units"),
        (11, "areas.C.circle.centre"),
        (11, "areas.C.circle.radius"),
        (13, "serials.S1.type"),
        (14, "serials.S2.start"),
        (14, "serials.S2.units.units"),
    ]


def test_faults_of_a_serial_s_parameters_are_listed_beside_those_of_its_other_keys() -> None:
    text = FULL.replace("speed: 12 kn\n", "speed: 12\n").replace("safety_officer: First", "safty_officer: First")
    assert [fault.path for fault in faults_of(text)] == ["serials.S1.safty_officer", "serials.S1.speed"]


def test_the_parameters_of_a_serial_of_unknown_type_are_not_judged() -> None:
    text = FULL.replace("type: transit", "type: tranist").replace("speed: 12 kn\n", "anything: goes\n")
    assert [fault.path for fault in faults_of(text)] == ["serials.S1.type"]


@pytest.mark.parametrize("version", ["2", "0", "1.0", "one"])
def test_only_version_1_is_read(version: str) -> None:
    (fault,) = faults_of(SMALL.replace("waterspace: 1", f"waterspace: {version}"))
    assert fault.path == "waterspace"
    assert "reads version 1 of the file only" in fault.message
    assert (fault.line, fault.column) == (1, 13)


def test_a_file_without_version_or_heading_lacks_them() -> None:
    faults = faults_of("# a comment\nunits: {}\n")
    assert [(fault.path, fault.line) for fault in faults] == [("waterspace", 2), ("exercise", 2)]
    assert "The file lacks the key waterspace: version 1." in faults[0].message
    assert "The file lacks the key exercise" in faults[1].message


def test_a_very_long_quantity_is_refused_and_shown_shortened() -> None:
    (fault,) = faults_of(FULL.replace("max_speed: 27 kn", f"max_speed: {'9' * 5000} kn"))
    assert "more than 200 characters" in fault.message
    assert len(str(fault)) < 400


def test_a_reservation_needs_a_window_and_may_have_many() -> None:
    start = FULL.index("      windows:")
    end = FULL.index("injects:")
    (fault,) = faults_of(FULL[:start] + "      windows: []\n" + FULL[end:])
    assert fault.path == "context.reservations.R1.windows"
    assert "has 0 windows, but at least 1 are needed" in fault.message


@pytest.mark.parametrize("year", ["0001", "1899", "2201", "9999"])
def test_a_year_far_from_ours_is_a_fault_at_its_place(year: str) -> None:
    text = FULL.replace("2024-", f"{year}-")
    faults = faults_of(text)
    period = next(fault for fault in faults if fault.path == "exercise.period.start")
    assert "times from 1900-01-01 to 2200-01-01 can be planned with" in period.message


def test_missiles_without_a_range_are_a_fault_of_the_serial() -> None:
    (fault,) = faults_of(SMALL + "\nserials:\n  G1: {type: gunnery, fires: missiles}\n")
    assert fault.path == "serials.G1"
    assert "published for guns, and missiles are fired; give their range" in fault.message
    (fault,) = faults_of(SMALL + "\nserials:\n  G1: {type: gunnery, fires: misiles, range: 5 nm}\n")
    assert fault.path == "serials.G1.fires"
    assert "torpedoes" in fault.message


def test_a_half_angle_of_fire_without_a_range_is_a_fault_of_the_serial() -> None:
    serial = "\nserials:\n  G1: {type: gunnery, half_angle: 15 deg}\n"
    faults = faults_of(SMALL + serial)
    assert [fault.path for fault in faults] == ["serials.G1"]
    assert "half_angle" in faults[0].message
    assert "give range too" in faults[0].message
