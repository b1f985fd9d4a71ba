"""Commanders, flagships and handing over (WS705, WS706, WS707)."""

from __future__ import annotations

from builders import findings_of, messages_of

TWO = """
serials:
  S1: {{type: assembly, area: WEST, units: {{units: ALFA}}, start: 2026-06-08T00:00Z, duration: 2 h, {first}}}
  S2: {{type: assembly, area: WEST, units: {{units: {unit}}}, start: 2026-06-08T{clock}Z, duration: 2 h, {second}}}
"""


def test_ws705_says_which_officer_has_two_serials_at_once() -> None:
    text = TWO.format(
        first="conducting_officer: Captain Adler", second="safety_officer: captain adler", unit="BRAVO", clock="01:00"
    )
    assert messages_of("WS705", text) == [
        (
            "error: captain adler conducts S1 (assembly) and is safety officer of S2 (assembly) at once, 080100Z to "
            "080200Z JUN 26 (1 h). Name another officer for one of them."
        )
    ]


def test_ws705_says_it_once_for_each_serial_that_begins_too_early() -> None:
    serials = "serials:\n" + "".join(
        f"  S{number}: {{type: assembly, area: WEST, units: {{units: ALFA}}, start: 2026-06-08T0{number}:00Z, "
        "duration: 5 h, safety_officer: Adler}\n"
        for number in range(4)
    )
    assert [finding.subjects for finding in findings_of("WS705", serials)] == [("S0", "S1"), ("S1", "S2"), ("S2", "S3")]


def test_ws705_leaves_both_posts_of_one_serial_to_ws602() -> None:
    text = TWO.format(
        first="conducting_officer: Adler, safety_officer: Adler", second="lead: JPN", unit="BRAVO", clock="01:00"
    )
    assert not findings_of("WS705", text)
    assert findings_of("WS602", text)


def test_ws706_asks_nothing_of_a_flagship_that_is_in_the_serial_or_of_a_serial_with_guests() -> None:
    text = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 42-50.0N 134-00.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 38-30.0N 134-00.0E}
groups:
  PAIR: {units: [ALFA, BRAVO], flagship: BRAVO}
serials:
  S1: {type: assembly, area: WEST, units: {units: WHO}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
"""
    assert [len(findings_of("WS706", text.replace("WHO", who))) for who in ("ALFA", "[ALFA, CHARLIE]", "PAIR")] == [
        1,
        0,
        0,
    ]
    (found,) = findings_of("WS706", text.replace("WHO", "ALFA"))
    assert found.message.startswith("Bravo, the flagship of PAIR, is near 42-50.0N 134-00.0E, 259.8 nm from S1")
    assert not findings_of("WS706", text.replace("WHO", "ALFA") + "check: {limits: {command_ship_away: 300 nm}}\n")


def test_ws707_says_from_whom_to_whom_and_how_soon() -> None:
    text = TWO.format(first="conducting_officer: Adler", second="conducting_officer: Busk", unit="ALFA", clock="02:10")
    assert messages_of("WS707", text) == [
        (
            "advice: Alfa goes from Adler (S1 (assembly)) to Busk (S2 (assembly)) within 10 min at 080210Z JUN 26; "
            "15 min or more are for handing over. Begin the second later."
        )
    ]
