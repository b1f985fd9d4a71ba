"""Languages and nets (WS608, WS609, WS610)."""

from __future__ import annotations

from builders import findings_of, messages_of, result_of

FIRING = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
"""
THIRD = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 38-32.0N 134-00.0E}
"""
LANGUAGE = "exercise:\n  name: E\n  languages: [en]\n  period: {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z}\n"


def test_ws608_says_who_speaks_what_and_where_they_meet() -> None:
    text = "participants:\n  JPN: {languages: [ja]}\n  KOR: {languages: [ko, zh]}\n"
    assert messages_of("WS608", text) == [
        (
            "error: JPN (ja) and KOR (ko, zh) work together in S1 (assembly), but no language is spoken by all of "
            "them. Agree on one, or put an interpreter on board and name the language."
        )
    ]


def test_ws608_is_not_checked_for_a_nation_without_languages_unless_the_exercise_has_just_one() -> None:
    text = "participants:\n  JPN: {languages: [ja]}\n  KOR: {service: navy}\n"
    assert [one.reason for one in result_of(text, "WS608").not_checked] == ["no languages are given for KOR"]
    result = result_of(LANGUAGE + text, "WS608")
    assert not result.not_checked
    assert len(result.findings) == 1
    assert not result_of(LANGUAGE + text.replace("[ja]", "[EN]"), "WS608").findings


def test_ws609_says_who_would_not_hear_the_safety_net() -> None:
    nets = "nets:\n  N1: {purpose: safety, channel: VHF 8, units: ALFA}\n"
    assert messages_of("WS609", FIRING + nets) == [
        (
            "warning: No safety net is kept by everybody in S1 (gunnery) in West, 080000Z to 080200Z JUN 26; Bravo "
            "would not hear it. Plan one with the word safety in its purpose, and name all of them."
        )
    ]


def test_ws609_asks_for_nets_once_from_as_many_ships_on_as_the_staff_says() -> None:
    assert not findings_of("WS609", FIRING + THIRD)
    (said,) = messages_of("WS609", FIRING + THIRD + "check: {limits: {nets_from_ships: 3}}\n")
    assert said.startswith("advice: With 3 ships at sea the plan has no nets: ")


def test_ws610_counts_the_pairs_that_share_no_net() -> None:
    serial = FIRING.replace("{firing: ALFA, safety: BRAVO}", "{firing: [ALFA, CHARLIE], safety: BRAVO}")
    nets = "nets:\n  N1: {channel: VHF 8, units: [ALFA, BRAVO]}\n  N2: {channel: VHF 9, units: [CHARLIE]}\n"
    assert messages_of("WS610", serial + THIRD + nets) == [
        (
            "warning: Alfa and Charlie, and 1 more such pair share no net in S1 (gunnery), 080000Z to 080200Z JUN 26. "
            "Put both on one that is kept for it."
        )
    ]


def test_ws610_lets_two_nets_have_one_channel_at_different_times() -> None:
    nets = (
        "nets:\n  N1: {channel: VHF 8, end: 2026-06-08T12:00Z}\n"
        "  N2: {channel: vhf 08, start: 2026-06-08T00:00Z}\n  N3: {channel: VHF8, start: 2026-06-08T12:00Z}\n"
    )
    assert not findings_of("WS610", nets)
    (said,) = messages_of(
        "WS610", nets.replace("  N3: {channel: VHF8, start: 2026-06-08T12:00Z}", "  N3: {channel: VHF8}")
    )
    assert said == (
        "warning: The nets N1 and N3 are both kept on VHF 8 010000Z to 081200Z JUN 26. Give one of them another "
        "channel."
    )
