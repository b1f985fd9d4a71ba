"""Amounts with their unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace import notation
from waterspace.errors import NotationError


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (notation.parse_speed, "18 kn", 9.26),
        (notation.parse_speed, "18kt", 9.26),
        (notation.parse_speed, "18.0 Knots", 9.26),
        (notation.parse_speed, "36 km/h", 10.0),
        (notation.parse_speed, "9 m/s", 9.0),
        (notation.parse_distance, "12 nm", 22_224.0),
        (notation.parse_distance, "12 NM", 22_224.0),
        (notation.parse_distance, "1 nautical mile", 1852.0),
        (notation.parse_distance, "22 km", 22_000.0),
        (notation.parse_distance, "500 m", 500.0),
        (notation.parse_distance, "300 ft", 91.44),
        (notation.parse_distance, "400 yd", 365.76),
        (notation.parse_distance, "2 cables", 370.4),
        (notation.parse_distance, "76 mm", 0.076),
        (notation.parse_distance, "+3 m", 3.0),
        (notation.parse_distance, "0 m", 0.0),
        (notation.parse_mass, "1500 t", 1_500_000.0),
        (notation.parse_mass, "900 kg", 900.0),
        (notation.parse_bearing, "045", 45.0),
        (notation.parse_bearing, "045 T", 45.0),
        (notation.parse_bearing, "45 deg", 45.0),
        (notation.parse_bearing, "045.5°", 45.5),
        (notation.parse_bearing, "360", 0.0),
        (notation.parse_bearing, "0", 0.0),
        (notation.parse_angle, "15", 15.0),
        (notation.parse_angle, "-15.5 deg", -15.5),
        (notation.parse_angle, "180°", 180.0),
        (notation.parse_count, "2", 2),
        (notation.parse_number, "-0.5", -0.5),
        (notation.parse_ratio, "0.5", 0.5),
        (notation.parse_ratio, "50 %", 0.5),
        (notation.parse_flag, "yes", True),
        (notation.parse_flag, "No", False),
        (notation.parse_flag, "true", True),
        (notation.parse_flag, "false", False),
    ],
)
def test_amounts_read_in_si_and_degrees(parse: Callable[[str], object], text: str, value: object) -> None:
    assert parse(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("parse", "text", "reason"),
    [
        (notation.parse_speed, "18", "the unit is missing"),
        (notation.parse_speed, "Mach 0.8", "Mach depends on the temperature"),
        (notation.parse_speed, "M0.8", "Mach depends on the temperature"),
        (notation.parse_speed, "0.8 Mach", "Mach depends on the temperature"),
        (notation.parse_speed, "20 mph", "give knots"),
        (notation.parse_speed, "-3 kn", "a speed is not negative"),
        (notation.parse_speed, "fast", ""),
        (notation.parse_distance, "12", "the unit is missing"),
        (notation.parse_distance, "12 miles", "nautical or statute"),
        (notation.parse_distance, "4,000 nm", "thousands without a separator"),
        (notation.parse_distance, "4 000 nm", "thousands without a separator"),
        (notation.parse_distance, "-1 m", "a distance is not negative"),
        (notation.parse_distance, "-0 m", "a distance is not negative"),
        (notation.parse_distance, "9" * 400 + " m", "too large"),
        (notation.parse_distance, "12 parsecs", ""),
        (notation.parse_distance, "", ""),
        (notation.parse_mass, "3 tons", "long, short or metric"),
        (notation.parse_bearing, "361", "360 degrees"),
        (notation.parse_bearing, "045 M", "true, not magnetic"),
        (notation.parse_bearing, "-5", ""),
        (notation.parse_bearing, "north", ""),
        (notation.parse_angle, "wide", ""),
        (notation.parse_angle, "9" * 400, "too large"),
        (notation.parse_count, "2.5", ""),
        (notation.parse_count, "-1", ""),
        (notation.parse_count, "٣", ""),
        (notation.parse_number, "nan", ""),
        (notation.parse_ratio, "half", ""),
        (notation.parse_flag, "on", ""),
    ],
)
def test_any_other_amount_is_refused_with_its_reason(parse: Callable[[str], object], text: str, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert reason in caught.value.reason
    assert caught.value.found == text
    assert caught.value.expected


@given(speed_mps=st.floats(0.0, 1000.0))
def test_a_speed_reads_back_to_a_tenth_of_a_knot(speed_mps: float) -> None:
    text = notation.format_speed(speed_mps)
    assert notation.parse_speed(text) == pytest.approx(speed_mps, abs=0.0258)
    assert notation.format_speed(notation.parse_speed(text)) == text


@given(distance_m=st.floats(0.0, 2e7))
def test_a_distance_reads_back_to_a_tenth_of_a_mile_or_to_the_metre(distance_m: float) -> None:
    text = notation.format_distance(distance_m)
    assert notation.parse_distance(text) == pytest.approx(distance_m, abs=0.51 if distance_m < 1851 else 93.0)
    assert notation.format_distance(notation.parse_distance(text)) == text


@given(mass_kg=st.floats(0.0, 1e9))
def test_a_mass_reads_back_to_the_tonne_or_the_kilogram(mass_kg: float) -> None:
    text = notation.format_mass(mass_kg)
    assert notation.parse_mass(text) == pytest.approx(mass_kg, abs=0.51 if mass_kg < 999 else 501.0)


@given(bearing_deg=st.floats(0.0, 360.0, exclude_max=True))
def test_a_bearing_reads_back_to_the_degree(bearing_deg: float) -> None:
    read_deg = notation.parse_bearing(notation.format_bearing(bearing_deg))
    assert abs((read_deg - bearing_deg + 180.0) % 360.0 - 180.0) <= 0.5


def test_amounts_are_shown_as_at_sea() -> None:
    assert notation.format_speed(9.26) == "18.0 kn"
    assert notation.format_distance(22_224.0) == "12.0 nm"
    assert notation.format_distance(450.4) == "450 m"
    assert notation.format_bearing(45.0) == "045"
    assert notation.format_bearing(359.7) == "000"
    assert notation.format_mass(1_500_000.0) == "1500 t"
    assert notation.format_mass(450.0) == "450 kg"


def test_a_notation_error_says_what_was_found_expected_and_why() -> None:
    error = NotationError("18", "a speed such as 18 kn", "the unit is missing")
    assert str(error) == "found '18', expected a speed such as 18 kn: the unit is missing"
    assert str(NotationError("x", "y")) == "found 'x', expected y"
