"""The page of a campaign: whole, safe, and the same each time."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest

import waterspace
from campaign_cases import passex
from waterspace.reports.campaign_page import render_campaign
from waterspace.reports.campaign_rows import influence_rows, subject_rows, variant_rows
from waterspace.reports.campaign_values import value_text

if TYPE_CHECKING:
    from waterspace.campaigns import Campaign


@pytest.fixture(scope="module")
def varied() -> Campaign:
    return waterspace.campaign(passex(), runs=60, vary=["serials.S2.reaction=5 s..240 s"], variants=10)


def test_the_same_campaign_gives_the_same_page(varied: Campaign) -> None:
    again = waterspace.campaign(passex(), runs=60, vary=["serials.S2.reaction=5 s..240 s"], variants=10)
    assert render_campaign(varied) == render_campaign(again)


def test_the_policy_allows_the_one_style_and_nothing_else(varied: Campaign) -> None:
    page = render_campaign(varied)
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert f"style-src &#39;sha256-{digest}&#39;" in policy[1]
    assert "default-src &#39;none&#39;" in policy[1]
    assert "script-src" not in policy[1]


def test_texts_of_the_file_cannot_break_the_page() -> None:
    done = waterspace.campaign(passex(exercise__name="<script>alert(1)</script>"), runs=3)
    page = render_campaign(done)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_every_measure_is_on_the_page_once_and_every_variant_has_a_row(varied: Campaign) -> None:
    rows = [row.column for subject in subject_rows(varied) for row in (*subject.varying, *subject.steady)]
    assert sorted(rows) == sorted(varied.measures)
    assert [row.number for row in variant_rows(varied)] == list(range(1, 11))


def test_a_histogram_has_as_many_bars_as_there_are_counts(varied: Campaign) -> None:
    (row,) = (
        row for subject in subject_rows(varied) for row in subject.varying if row.column == "S2.time_to_station_ms"
    )
    heights = [float(height) for height in re.findall(r'<rect [^>]*height="([\d.]+)"', row.drawing)]
    assert 1 < len(heights) <= 24
    assert max(heights) == 38.0


def test_what_moves_a_measure_stands_on_the_page(varied: Campaign) -> None:
    assert "S2.time_to_station_ms" in {row.column for row in influence_rows(varied)}
    assert "rises" in render_campaign(varied)


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("S1.late_ms", -14_000.0, "−14 s"),  # noqa: RUF001  # a real minus
        ("S1.late_ms", -200.0, "0 min"),
        ("S1.cut_short_count", -0.003, "0.00"),
        ("S1.cut_short_count", -2.0, "−2"),  # noqa: RUF001  # a real minus
        ("S1.coverage_ratio", -0.0001, "0.0 %"),
        ("S1.coverage_ratio#2", -0.25, "−25.0 %"),  # noqa: RUF001  # a real minus
        ("S1.closest_contact_m", -619.0, "−619 m"),  # noqa: RUF001  # a real minus
    ],
)
def test_what_reads_as_zero_has_no_sign(column: str, value: float, text: str) -> None:
    assert value_text(column, value) == text
