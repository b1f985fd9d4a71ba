"""Integrity: names, times, order and homes (WS001 to WS007)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import findings_of, messages_of, plan, result_of
from waterspace.checks import check
from waterspace.domain import Severity

SERIAL = "serials:\n  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z"


@pytest.mark.parametrize(
    ("fragment", "message"),
    [
        (
            (
                "serials:\n  S1: "
                "{type: assembly, area: WEST, units: {units: ALPHA}, start: 2026-06-08T00:00Z, duration: 2 h}"
            ),
            "S1 names ALPHA, but there is no unit or group of that name. Did you mean ALFA?",
        ),
        (SERIAL.replace("WEST", "WSET") + "}", "S1 names WSET, but there is no area of that name. Did you mean WEST?"),
        (SERIAL + ", after: S0}", "S1 names S0, but there is no serial of that name."),
        (SERIAL + ", objectives: X9}", "S1 names X9, but there is no objective of that name."),
        (SERIAL + ", phase: P1}", "S1 names P1, but there is no phase of that name."),
        (
            SERIAL.replace("units: [", "ships: [") + "}",
            "S1 (assembly) gives units the role ships, but assembly has guide and units.",
        ),
        (
            "units:\n  ALFA: {name: Alfa, nation: JPN, class: cuter}",
            "ALFA names cuter, but there is no class of that name. Did you mean cutter?",
        ),
        (
            "units:\n  ALFA: {name: Alfa, nation: ITA, class: cutter}",
            "ALFA names ITA, but there is no participant of that name.",
        ),
        (
            "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, home: Vladivostock}",
            (
                "ALFA is based at Vladivostock, but no port, airfield or unit of that name is known. Did you mean "
                "Vladivostok?"
            ),
        ),
        (
            (
                "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter}\n"
                "  HELO: {name: Helo, nation: JPN, class: z9, home: ALFAA}"
            ),
            "HELO is based at ALFAA, but no port, airfield or unit of that name is known. Did you mean ALFA?",
        ),
        (
            "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, home: Qqqqqqqq}",
            (
                "ALFA is based at Qqqqqqqq, but no port, airfield or unit of that name is known. Write its "
                "position, or its code."
            ),
        ),
        (
            "groups:\n  G1: {units: [ALFA, CHARLIE]}",
            "G1 names CHARLIE, but there is no unit of that name.",
        ),
        (
            "groups:\n  G1: {units: ALFA}\n  G2: {units: G1}",
            "G2 names G1, but there is no unit of that name. G1 is a group; name its units.",
        ),
        (
            "groups:\n  G1: {units: ALFA, flagship: ALF}",
            "G1 names ALF, but there is no unit of that name. Did you mean ALFA?",
        ),
        (
            "notices:\n  N1: {kind: navarea, covers: [S1, S11]}",
            "N1 names S11, but there is no serial or area of that name. Did you mean S1?",
        ),
        (
            "permissions:\n  L1: {state: JPN, kind: territorial sea, covers: EAST}",
            "L1 names EAST, but there is no serial or area of that name. Did you mean WEST?",
        ),
        (
            "injects:\n  I1: {at: 2026-06-08T00:00Z, to: BRAV, text: Fog., delays: S1, delay: 30 min}",
            "I1 names BRAV, but there is no serial, unit or group of that name. Did you mean BRAVO?",
        ),
        (
            "injects:\n  I1: {at: 2026-06-08T00:00Z, to: ALFA, text: Fog., delays: S9, delay: 30 min}",
            "I1 names S9, but there is no serial of that name.",
        ),
        (
            (
                "context:\n  observers:\n    B1: {name: Watcher, nation: ITA, class: tpye815a, "
                "start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}"
            ),
            "B1 names tpye815a, but there is no class of that name. Did you mean type815a?",
        ),
    ],
)
def test_ws001_names_what_is_unknown_and_what_may_be_meant(fragment: str, message: str) -> None:
    assert f"error: {message}" in messages_of("WS001", fragment)


def test_ws001_points_at_the_name_itself() -> None:
    finding = findings_of("WS001", "groups:\n  G1: {units: [ALFA, CHARLIE]}")[0]
    assert finding.subjects == ("G1", "CHARLIE")
    assert finding.place.column == len("  G1: {units: [ALFA, ") + 1


def test_ws001_knows_a_carrier_that_is_no_unit_and_a_type_that_is_not_installed() -> None:
    exercise = plan("")
    helo = replace(exercise.units["ALFA"], id="HELO", home_unit="DECK")
    odd = replace(exercise.serials["S1"], id="S2", type="asembly")
    result = check(
        replace(exercise, units={**exercise.units, "HELO": helo}, serials={**exercise.serials, "S2": odd}),
        select=["WS001"],
    )
    assert {finding.message for finding in result.findings} == {
        "HELO names DECK, but there is no unit of that name.",
        "S2 is of type asembly, but no such type of serial is installed. Did you mean assembly?",
    }


def test_ws002_speaks_of_whatever_nobody_names() -> None:
    found = findings_of(
        "WS002",
        """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, economical_speed: 12 kn}
  tug: {name: Tug, kind: tug, medium: surface, economical_speed: 12 kn}
  staff: {name: Staff, kind: headquarters, medium: shore}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  FLAG: {name: Flag, nation: KOR, class: cutter, command_ship: yes}
  SHORE: {name: Staff ashore, nation: KOR, class: staff}
groups:
  PAIR: {units: [ALFA, BRAVO]}
  SPARE: {units: [ALFA, BRAVO]}
  COMMAND: {units: [ALFA, BRAVO], roles: OTC}
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: PAIR}, start: 2026-06-08T00:00Z, duration: 2 h}
""",
    )
    assert [finding.subjects for finding in found] == [("tug",), ("CHARLIE",), ("EAST",), ("SPARE",)]
    assert {finding.severity for finding in found} == {Severity.ADVICE}


def test_ws003_compares_serials_phases_and_injects_with_the_period() -> None:
    fragment = """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-05-31T22:30Z, duration: 2 h, phase: P1}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, phase: P1}
phases:
  P1: {kind: sea, start: 2026-06-02T00:00Z, end: 2026-06-13T00:00Z}
injects:
  I1: {at: 2026-07-01T00:00Z, to: ALFA, text: Fog.}
"""
    assert messages_of("WS003", fragment) == [
        (
            "error: S1 (assembly) runs 312230Z MAY 26 to 010030Z JUN 26, beginning 1 h 30 min before the exercise "
            "period begins (010000Z JUN 26). Move it, or change the period."
        ),
        (
            "warning: S1 (assembly) runs 312230Z MAY 26 to 010030Z JUN 26, beginning 1 d 1 h 30 min before phase "
            "P1 begins (020000Z JUN 26). Move it, or name another phase."
        ),
        (
            "warning: Phase P1 lasts 020000Z to 130000Z JUN 26, ending 1 d after the exercise period ends "
            "(120000Z JUN 26)."
        ),
        "warning: Inject I1 is due at 010000Z JUL 26, outside the exercise period 010000Z to 120000Z JUN 26.",
    ]


def test_ws004_tells_circles_from_serials_without_a_length() -> None:
    fragment = """
serials:
  S9: {type: manoeuvres, area: WEST, units: {ships: ALFA}, after: S7}
  S7: {type: assembly, area: WEST, units: {units: ALFA}, after: S8, duration: 1 h}
  S8: {type: assembly, area: WEST, units: {units: ALFA}, after: S7, duration: 1 h}
  S5: {type: crossdeck, area: WEST, units: {decks: [ALFA, BRAVO]}}
"""
    result = result_of(fragment, "WS004")
    assert [finding.message for finding in result.findings][1:2] == [
        (
            "S7 after S8 after S7: these serials wait for each other, so none of them can start. Nothing that "
            "depends on their times was checked."
        )
    ]
    first = result.findings[0].message
    assert first.startswith("S9 (manoeuvres) has no planned time: ")
    assert first.endswith("Nothing that depends on its time was checked.")


def test_ws005_holds_starts_and_durations_to_their_limits() -> None:
    fragment = """
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: ALFA}
    start: 2026-06-08T00:00Z
    end: 2026-06-08T02:00Z
    earliest: 2026-06-08T01:00Z
    latest: 2026-06-08T01:30Z
    duration: 3 h
  S2:
    type: assembly
    area: WEST
    units: {units: BRAVO}
    after: S1
    earliest: 2026-06-07T00:00Z
    latest: 2026-06-08T01:00Z
    duration: 1 h
"""
    assert messages_of("WS005", fragment) == [
        "error: S1 (assembly) starts at 080000Z JUN 26, 1 h before its earliest time 080100Z JUN 26.",
        "error: S1 (assembly) is given 3 h, but its start and end are 2 h apart; the start and end were taken.",
        "error: S2 (assembly) starts at 080200Z JUN 26, 1 h after its latest time 080100Z JUN 26.",
    ]


def test_ws005_knows_each_key_that_is_contradicted_by_an_id_of_its_own() -> None:
    """Whoever has accepted that a serial starts early is told that another edit makes it last longer than given."""
    serial = "serials:\n  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T%s:00Z, %s}\n"
    early, late = "earliest: 2026-06-08T02:00Z", "latest: 2026-06-08T04:00Z"
    apart = "end: 2026-06-08T08:00Z, duration: 10 min"
    (too_early,) = findings_of("WS005", serial % ("01", early))
    (too_late,) = findings_of("WS005", serial % ("05", late))
    (too_long,) = findings_of("WS005", serial % ("03", apart))
    assert len({too_early.id, too_late.id, too_long.id}) == 3
    both = findings_of("WS005", serial % ("01", f"{early}, {apart}"))
    assert {one.id for one in both} == {too_early.id, too_long.id}


def test_ws006_lets_a_class_pass_that_the_library_does_not_have() -> None:
    assert not findings_of("WS006", "")
    assert not check(replace(plan(""), places={}), select=["WS006"]).findings


HOMES = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, economical_speed: 12 kn}
  staff: {name: Staff, kind: headquarters, medium: shore}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BOAT: {name: Boat, nation: JPN, class: cutter, home: ALFA}
  HELO: {name: Helo, nation: JPN, class: z9, home: BOAT}
"""


def test_ws007_lets_aircraft_and_boats_be_based_on_ships() -> None:
    assert not findings_of("WS007", HOMES)


@pytest.mark.parametrize(
    ("unit", "message", "subjects"),
    [
        (
            "HELO2: {name: Second, nation: JPN, class: z9, home: HELO2}",
            "HELO2 is its own home. Name the ship, the port or the airfield where it is based.",
            ("HELO2",),
        ),
        (
            "HELO2: {name: Second, nation: JPN, class: z9, home: HELO}",
            "HELO2 is based on HELO, which is no surface ship. Name the ship that carries it.",
            ("HELO2", "HELO"),
        ),
        (
            "BASE: {name: Base, nation: JPN, class: staff}\n  PAIR: {name: Pair, nation: JPN, class: z9, home: BASE}",
            "PAIR is based on BASE, which is no surface ship. Name the ship that carries it.",
            ("PAIR", "BASE"),
        ),
        (
            (
                "X: {name: X, nation: JPN, class: cutter, home: Y}\n"
                "  Y: {name: Y, nation: JPN, class: cutter, home: Z}\n"
                "  Z: {name: Z, nation: JPN, class: cutter, home: X}\n"
                "  W: {name: W, nation: JPN, class: z9, home: X}"
            ),
            "X on Y on Z on X: these units are based on each other. Give one a port, or a position.",
            ("X", "Y", "Z"),
        ),
    ],
)
def test_ws007_knows_what_carries_nobody(unit: str, message: str, subjects: tuple[str, ...]) -> None:
    found = findings_of("WS007", f"{HOMES}  {unit}\n")
    assert [(finding.message, finding.subjects) for finding in found] == [(message, subjects)]


@pytest.mark.parametrize(("owner", "meant"), [("BRAVOO", "BRAVO"), ("PIAR", "PAIR"), ("ALPHA", "ALFA")])
def test_ws001_advises_on_an_owner_that_is_nearly_somebody(owner: str, meant: str) -> None:
    fragment = "groups:\n  PAIR: {units: [ALFA, BRAVO]}\nobjectives:\n  O1: {text: Met in time, owner: %s}\n"
    (finding,) = findings_of("WS001", fragment % owner)
    assert finding.severity is Severity.ADVICE
    assert finding.message == (
        f"The owner of O1 is {owner}, which is no unit, group or nation of the plan. Did you mean {meant}?"
    )


@pytest.mark.parametrize("owner", ["PAIR", "Alfa", "JPN", "JPM", "Staff", "Training department"])
def test_ws001_leaves_an_owner_that_may_be_meant_alone(owner: str) -> None:
    fragment = "groups:\n  PAIR: {units: [ALFA, BRAVO]}\nobjectives:\n  O1: {text: Met in time, owner: %s}\n"
    assert not findings_of("WS001", fragment % owner)
