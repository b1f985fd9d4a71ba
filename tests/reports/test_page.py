"""The page of a run is one file that says what matters, runs nothing of the plan's and reaches for nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from builders import bad_exercises
from report_cases import OPEN_MS, crowded_run, named, small_run
from waterspace.domain import CheckResult, Event, Exercise
from waterspace.quantity import MINUTE_MS
from waterspace.reports.conduct import MOST_EVENTS
from waterspace.reports.page import render_page, write_report
from waterspace.review import rehearse
from waterspace.serials import registry

MOST_BYTES = 5_000_000

HOSTILE_TEXTS = (
    '</script><script>document.title="owned"</script>',
    "<img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='\"",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\u2028\u2029\u202e\x00]]>&amp;&lt;",
)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of its script elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")
        if tag == "style":
            self.styles.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "title"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside == "style":
            self.styles[-1] += data
        elif self._inside != "title":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page() -> Elements:
    return Elements(render_page(small_run()))


def test_the_page_opens_with_the_exercise_its_marking_and_what_matters_first(page: Elements) -> None:
    text = page.text
    order = [
        "Marking as the file has it",
        "Small exercise",
        "A theme in a few words",
        "Two danger areas meet.",
        "the range was fouled",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "200000Z JUL 23 200900I JUL 23" in text
    assert "Small series" in text


def test_findings_are_told_by_severity_code_message_and_place(page: Elements) -> None:
    for words in ("Error WS201 Two danger areas meet.", "Warning WS103", "Advice WS701", "small.exercise.yaml:30:3"):
        assert words in page.text
    assert "200600Z JUL 23 201500I JUL 23 to 200800Z JUL 23 201700I JUL 23" in page.text


def test_what_was_not_checked_is_kept_apart_from_clean(page: Elements) -> None:
    assert "1 rule could not be applied" in page.text
    assert "WS405 the file gives no weather" in page.text
    clean = replace(small_run(), check=CheckResult(findings=(), not_checked=small_run().check.not_checked, rules=24))
    text = Elements(render_page(clean)).text
    assert "No error stands against this plan" in text
    assert "What was not checked is not known to be safe." in text
    everything = replace(small_run(), check=CheckResult(findings=(), not_checked=(), rules=24))
    assert "every rule had what it needs" in Elements(render_page(everything)).text


def test_a_rehearsal_without_departures_is_calm_and_one_without_serials_does_not_praise_any() -> None:
    run = small_run()
    calm = Elements(render_page(replace(run, records=run.records[:1]))).text
    assert "Every serial was completed, and none was late by a minute." in calm
    bare = replace(run, exercise=replace(run.exercise, serials={}), records=(), events=(), measures=())
    text = Elements(render_page(bare)).text
    assert "Every serial ran" not in text
    assert "There was no serial to rehearse." in text


def test_the_coast_in_the_page_is_named_with_its_makers_and_its_licence(page: Elements) -> None:
    assert (
        "GSHHG 2.3.6 by P. Wessel and W. H. F. Smith (soest.hawaii.edu/pwessel/gshhg), LGPL-3.0-or-later" in page.text
    )


def test_who_did_what_when_is_told_planned_against_actual(page: Elements) -> None:
    for words in (
        "started 12 min late",
        "ended 30 min late",
        "Cut short Show 1 h 30 min late",
        "Not run it has no time",
    ):
        assert words in page.text, words
    assert "guide Alpha" in page.text
    assert "control NOBODY" in page.text


def test_numbers_come_with_their_units(page: Elements) -> None:
    for words in ("20.0 nm", "18.0 kn", "> 99 %", "closest range", "12.0 nm", "926 m", "not known"):
        assert words in page.text, words


def test_facts_and_assumptions_are_told_apart_with_their_sources(page: Elements) -> None:
    assert "Assumed Nobody published it" in page.text
    assert "never published" in page.text
    assert "https://example.org/page" in [link.get("href") for link in page.attributes("a")]


def test_the_run_says_who_it_is_and_how_to_get_it_again(page: Elements) -> None:
    for words in ("cd" * 32, "ab" * 32, "waterspace run small.exercise.yaml --seed 7 --out again"):
        assert words in page.text
    spaced = replace(small_run().exercise, source=replace(small_run().exercise.source, file="a folder/it's mine.yaml"))
    text = Elements(render_page(replace(small_run(), exercise=spaced))).text
    assert """waterspace run 'it'"'"'s mine.yaml' --seed 7""" in text


def test_the_same_run_gives_the_same_page() -> None:
    assert render_page(small_run()) == render_page(replace(small_run(), engine_seconds=99.0))


def test_headings_go_down_one_level_at_a_time_and_ids_are_unique(page: Elements) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {link["href"][1:] for link in page.attributes("a") if link.get("href", "").startswith("#")}
    assert targets <= set(ids)


def test_the_policy_lets_in_our_script_and_style_and_nothing_else(page: Elements) -> None:
    (policy,) = [meta["content"] for meta in page.attributes("meta") if meta.get("http-equiv")]
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert rules["script-src"] == _hash(page.scripts[1])
    assert rules["style-src"] == _hash(page.styles[0])


def test_nothing_in_the_page_reaches_for_a_network(page: Elements) -> None:
    for tag, attributes in page.elements:
        assert not {"src", "srcset", "action", "background", "poster"}.intersection(attributes), tag
        assert tag not in {"link", "iframe", "object", "embed", "img", "form"}
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_text_of_the_plan_stays_text(text: str) -> None:
    page = Elements(render_page(named(small_run(), text)))
    plain = Elements(render_page(small_run()))
    assert len(page.scripts) == len(plain.scripts) == 2
    assert page.scripts[1] == plain.scripts[1]
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert not attributes.get("href", "").startswith("javascript:")
    payload = json.loads(page.scripts[0])
    assert payload["units"][0]["name"] == text
    assert "<" not in page.scripts[0]


@given(st.text())
@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
def test_any_name_comes_back_from_the_payload_as_it_was(text: str) -> None:
    page = Elements(render_page(named(small_run(), text)))
    assert json.loads(page.scripts[0])["units"][0]["name"] == (text or "ALPHA")


def test_a_crowded_exercise_and_a_long_log_stay_under_five_megabytes() -> None:
    run = crowded_run(unit_count=60, serial_count=40)
    events = tuple(
        Event(
            sequence=index,
            time_ms=OPEN_MS + index * MINUTE_MS,
            kind="unit.arrived",
            text="a" * 60,
            serial="S101",
            unit="U01",
        )
        for index in range(MOST_EVENTS + 2500)
    )
    text = render_page(replace(run, events=events))
    assert len(text.encode()) < MOST_BYTES
    assert "2500 later events are not on this page" in Elements(text).text


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_report(small_run(), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]
    path.rmdir()
    path.write_text("the old one", encoding="utf-8")
    write_report(small_run(), path)
    assert path.read_text(encoding="utf-8") == render_page(small_run())
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_text_that_no_encoding_can_hold_does_not_stop_a_report(tmp_path: Path) -> None:
    write_report(named(small_run(), "lone \ud800 surrogate"), tmp_path / "report.html")
    assert "lone ? surrogate" in html.unescape((tmp_path / "report.html").read_text(encoding="utf-8"))


def _report_of_anything(exercise: Exercise) -> None:
    assume(all(serial.type in registry.keys() for serial in exercise.serials.values()))  # noqa: SIM118  # no mapping
    page = Elements(render_page(rehearse(exercise, 1)))
    assert len(page.scripts) == 2


@given(bad_exercises())
@settings(deadline=None, max_examples=1, suppress_health_check=list(HealthCheck))
def test_a_report_is_made_of_every_plan_however_bad(exercise: Exercise) -> None:
    _report_of_anything(exercise)


@pytest.mark.deep
@given(bad_exercises())
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_a_report_is_made_of_every_plan_however_bad_at_length(exercise: Exercise) -> None:
    _report_of_anything(exercise)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
