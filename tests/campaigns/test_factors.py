"""What may be varied: paths, ranges, lists, and what is said where it may not."""

from __future__ import annotations

import pytest

from campaign_cases import TEXT
from waterspace.campaigns.factors import read_factor
from waterspace.errors import CampaignError
from waterspace.planfile import Document

WEATHER = """
weather:
  - {start: 2026-06-09T03:00Z, end: 2026-06-09T05:00Z, sea_state: 3, wind_from: 200, wind_speed: 12 kn}
  - {start: 2026-06-09T05:00Z, end: 2026-06-09T09:00Z, sea_state: 4, wind_from: 210, wind_speed: 14 kn}
"""
DOCUMENT = Document((TEXT + WEATHER).encode(), "passex.exercise.yaml")


def test_a_range_has_its_unit_and_its_ends() -> None:
    factor = read_factor("serials.S2.reaction = 10 s..90 s", [DOCUMENT])
    assert factor.places == ("serials.S2.reaction",)
    assert (factor.low, factor.high, factor.words, factor.whole) == (10.0, 90.0, "s", False)
    assert factor.at(0.0) == "10 s"
    assert factor.at(0.5) == "50 s"
    assert factor.value("50 s") == 50.0


def test_the_number_of_an_item_may_be_left_out_and_then_means_every_item() -> None:
    factor = read_factor("weather.sea_state=2..6", [DOCUMENT])
    assert factor.places == ("weather.0.sea_state", "weather.1.sea_state")
    assert factor.whole
    assert {factor.at(share / 100.0) for share in range(100)} == {"2", "3", "4", "5", "6"}
    assert read_factor("weather.1.sea_state=2..6", [DOCUMENT]).places == ("weather.1.sea_state",)


def test_a_star_means_every_entry() -> None:
    assert read_factor("serials.*.duration=1 h,2 h", [DOCUMENT]).places == (
        "serials.S1.duration",
        "serials.S2.duration",
    )


def test_a_list_of_amounts_has_an_order_and_a_list_of_words_has_none() -> None:
    amounts = read_factor("serials.S2.reaction=10 s, 30 s, 60 s", [DOCUMENT])
    assert [amounts.value(choice) for choice in amounts.choices] == [10.0, 30.0, 60.0]
    words = read_factor("units.BRAVO.class=burke2a,sejong", [DOCUMENT])
    assert [words.value(choice) for choice in words.choices] == ["burke2a", "sejong"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("serials.S2.reaktion=1 s..2 s", "Did you mean serials.S2.reaction"),
        ("wether.sea_state=2..6", "Did you mean weather.sea_state"),
        ("weather.1.seastate=2..6", "Did you mean weather.1.sea_state"),
        ("nothing.of.the.kind=1..2", "The file has waterspace, exercise"),
        ("serials.S2=1..2", "no such value"),
        ("serials.S2.reaction", "expected PATH=FROM..TO"),
        ("serials.S2.reaction=5 s", "is one value"),
        ("serials.S2.reaction=1 s..2 min", "differ in their units"),
        ("serials.S2.reaction=90 s..10 s", "from the lesser value to the greater"),
        ("serials.S2.duration=1 h 30 min..2 h", "no number with one unit"),
        ("serials.S2.reaction=10 kn..20 kn", "cannot have '10 kn' at serials.S2.reaction"),
        ("weather.sea_state=2..12", "cannot have '12' at weather.0.sea_state"),
        ("units.BRAVO.start=36-50N 130-35E,somewhere", "cannot have 'somewhere'"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_a_reason(text: str, said: str) -> None:
    with pytest.raises(CampaignError) as refused:
        read_factor(text, [DOCUMENT])
    assert said in str(refused.value)


def test_a_path_must_be_in_both_plans() -> None:
    other = Document(TEXT.encode(), "other.exercise.yaml")
    with pytest.raises(CampaignError, match=r"other\.exercise\.yaml has no such value"):
        read_factor("weather.sea_state=2..6", [DOCUMENT, other])


def _grouped() -> Document:
    groups = "groups:\n  SCREEN1: {units: [BRAVO]}\n  SCREEN2: {units: [BRAVO]}\n  SCREEN3: {units: [BRAVO]}\n"
    text = TEXT.replace("groups:\n", groups).replace("ships: BRAVO", "ships: SCREEN1")
    return Document(text.encode(), "passex.exercise.yaml")


def test_a_range_of_names_has_every_name_and_nothing_between() -> None:
    factor = read_factor("serials.S2.units.ships=SCREEN1..SCREEN3", [_grouped()])
    assert factor.whole
    assert {factor.at(share / 100.0) for share in range(100)} == {"SCREEN1", "SCREEN2", "SCREEN3"}
    assert factor.value("SCREEN2") == 2.0


@pytest.mark.parametrize("given", ["SCREEN1..SCREEN4", "SCREEN1,SCREEM2", "SCREEN0..SCREEN2"])
def test_a_name_that_the_file_does_not_have_is_refused(given: str) -> None:
    with pytest.raises(CampaignError, match=r"cannot have 'SCREE.\d': S2 names SCREE.\d.*Did you mean SCREEN\d\?"):
        read_factor(f"serials.S2.units.ships={given}", [_grouped()])
