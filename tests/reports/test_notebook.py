"""What a notebook shows of a check, a run and a campaign: small, whole, and safe."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import waterspace
from campaign_cases import passex
from waterspace.domain import CheckResult, Finding, NotChecked, Place, Severity
from waterspace.reports.notebook import MOST_ROWS, html_of

BAD = '<script>alert("1")</script>'


class Balance(HTMLParser):
    """Every tag that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _assert_whole(text: str) -> None:
    balance = Balance()
    balance.feed(text)
    balance.close()
    assert balance.open == []
    assert not re.search(r"<(script|link|style|img|iframe)|https?:|url\(", text)


def _finding(message: str) -> Finding:
    place = Place(file="a.exercise.yaml", line=3, column=1)
    return Finding(code="WS501", severity=Severity.ERROR, message=message, subjects=(), place=place)


def test_a_check_shows_every_finding_and_what_was_not_checked() -> None:
    gap = NotChecked(code="WS403", reason="no weather is given")
    text = html_of(CheckResult(findings=(_finding("no notice"),), not_checked=(gap,), rules=33))
    _assert_whole(text)
    for words in ("1 error", "WS501", "a.exercise.yaml:3:1", "no notice", "WS403", "no weather is given"):
        assert words in text


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    many = CheckResult(findings=tuple(_finding(f"number {one}") for one in range(MOST_ROWS + 7)), not_checked=())
    text = html_of(many)
    assert text.count("<tr>") == MOST_ROWS + 1
    assert "and 7 more" in text


def test_texts_of_the_file_stay_texts() -> None:
    exercise = passex(exercise__name=BAD)
    shown = [
        html_of(CheckResult(findings=(_finding(BAD),), not_checked=())),
        html_of(waterspace.run(exercise)),
        html_of(replace(waterspace.run(exercise), broken=BAD)),
        html_of(waterspace.campaign(exercise, runs=3)),
    ]
    for text in shown:
        _assert_whole(text)
        assert "&lt;script&gt;" in text


def test_a_run_shows_its_programme_and_its_measures() -> None:
    run = waterspace.run(passex(), seed=2)
    text = run._repr_html_()
    _assert_whole(text)
    assert run.digest[:12] in text
    for record in run.records:
        assert f">{record.serial}<" in text
    assert "calls" in text
    assert len(repr(run)) < 200


def test_a_campaign_shows_means_distributions_influences_and_differences() -> None:
    vary = ["serials.S2.reaction=5 s..240 s"]
    varied = waterspace.campaign(passex(), runs=60, vary=vary, variants=20)
    text = varied._repr_html_()
    _assert_whole(text)
    assert "S2.time_to_station_ms" in text
    assert "<svg" in text
    assert "share of variance" in text
    assert len(text) < 40_000
    assert len(repr(varied)) < 200
    other = passex(serials__S2__reaction="200 s")
    compared = waterspace.campaign(passex(), runs=20, against=other)._repr_html_()
    _assert_whole(compared)
    assert "leaves out zero" in compared


def test_nothing_else_is_shown() -> None:
    with pytest.raises(TypeError, match="expected a CheckResult"):
        html_of(3)
