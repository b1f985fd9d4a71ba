"""Patches: where the object may be, and how likely the tracks run there are to have found it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Circle, Position, Window
from waterspace.phenomena.coverage import DetectionLaw, random_search_ratio
from waterspace.quantity import HOUR_MS
from waterspace.serials.measuring.patches import patch_drawn, patch_ratio, patches_of
from waterspace.serials.seamanship.frame import sheet_of
from waterspace.serials.seamanship.search_lots import area_lots, datum_lots, slots
from waterspace.serials.seamanship.search_patterns import SQUARE_TURN_DEG, expanding_square
from waterspace.serials.seamanship.search_tracks import Searcher

MIDDLE = Position(lat_deg=39.8, lon_deg=133.2)
SHIP = Searcher(unit="A", speed_mps=6.0, height_m=0.0)
OTHER = Searcher(unit="B", speed_mps=6.0, height_m=0.0)
AIRCRAFT = Searcher(unit="H", speed_mps=45.0, height_m=150.0)
AREA = sheet_of(Circle(centre=MIDDLE, radius_m=15_000.0))
STRIPS = area_lots(AREA, (SHIP, OTHER, AIRCRAFT), 2_000.0)
SQUARES = datum_lots(
    slots((MIDDLE,), 0.0, (SHIP, OTHER, AIRCRAFT), 12_000.0), 0.0, expanding_square(1_000.0, 8), SQUARE_TURN_DEG
)


def test_an_area_is_one_patch_and_every_datum_has_its_own() -> None:
    (area,) = patches_of(STRIPS, one_area=True)
    assert area.area_m2 == pytest.approx(math.pi * 15_000.0**2, rel=5e-3)
    assert area.lots == STRIPS
    near, abreast = patches_of(SQUARES, one_area=False)
    assert {lot.searcher.unit for lot in near.lots} == {"A", "H"}
    assert {lot.searcher.unit for lot in abreast.lots} == {"B"}
    assert near.share_ratio + abreast.share_ratio == 1.0


@given(draw=st.floats(0.0, 0.999999))
def test_a_drawn_number_puts_the_object_in_a_patch(draw: float) -> None:
    patches = patches_of(SQUARES, one_area=False)
    assert patch_drawn(patches, draw) is patches[int(draw >= 0.5)]
    assert patch_drawn(patches, 1.0) is patches[-1]


@settings(deadline=None, max_examples=30)
@given(hours=st.floats(0.05, 4.0), width_m=st.floats(100.0, 4_000.0), law=st.sampled_from(DetectionLaw))
def test_more_search_never_makes_detection_less_likely(hours: float, width_m: float, law: DetectionLaw) -> None:
    (patch,) = patches_of(STRIPS, one_area=True)

    def chance(lasts_h: float) -> float:
        window = Window(start_ms=0, end_ms=round(lasts_h * HOUR_MS))
        tracks = {lot.searcher.unit: lot.legs(window, "S1") for lot in STRIPS}
        swept_m = {lot.searcher.unit: lot.searcher.speed_mps * lasts_h * 3600.0 for lot in STRIPS}
        return patch_ratio(patch, (law, width_m), tracks, swept_m)

    assert 0.0 <= chance(hours) <= chance(1.5 * hours) <= 1.0


def test_under_random_search_only_the_length_swept_counts() -> None:
    (patch,) = patches_of(STRIPS, one_area=True)
    swept_m = {"A": 10_000.0, "B": 20_000.0, "H": 30_000.0}
    found = patch_ratio(patch, (DetectionLaw.RANDOM, 1_000.0), {}, swept_m)
    assert found == pytest.approx(random_search_ratio(6e7 / patch.area_m2))
