"""The report in a real browser: it draws, it moves, it listens to the keyboard, and it stays at home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from report_cases import MIDDLE, OPEN_MS
from waterspace.domain import Position
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.quantity import HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from opened_page import Opened

Opener = Callable[..., Any]

pytestmark = pytest.mark.browser

INKS = """(selector) => {
  const canvas = document.querySelector(selector);
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let at = 0; at < data.length; at += 40) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
  return seen.size;
}"""

UNNAMED = """() => [...document.querySelectorAll("button, input, select, a, [tabindex]")].filter((one) => {
  if (one.hidden || one.closest("[hidden]")) return false;
  const label = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
  return !label.trim();
}).map((one) => one.outerHTML)"""

CONTRAST = """(names) => {
  const style = getComputedStyle(document.documentElement);
  const probe = document.createElement("canvas").getContext("2d");
  const luminance = (name) => {
    probe.fillStyle = style.getPropertyValue(name).trim();
    probe.fillRect(0, 0, 1, 1);
    const parts = [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255);
    const [r, g, b] = parts.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return names.map(([ink, ground]) => {
    const [a, b] = [luminance(ink), luminance(ground)].sort((x, y) => y - x);
    return [ink, ground, (a + 0.05) / (b + 0.05)];
  });
}"""

TEXT_ON_GROUND = [
    (ink, ground)
    for ground in ("--page", "--ws-paper", "--soft")
    for ink in ("--ws-ink", "--ws-muted", "--ws-accent", "--grave", "--wary")
] + [(ink, "--ws-sea") for ink in ("--ws-ink", "--ws-muted", "--ws-area", "--ws-danger", "--ws-context")]


def near(found: tuple[float, float], expected: Position, metres: float = 200.0) -> bool:
    return distance_m(Position(lat_deg=found[0], lon_deg=found[1]), expected) < metres


@pytest.mark.parametrize("name", ["small", "crowded", "hostile"])
def test_a_report_draws_without_a_complaint_and_asks_the_network_for_nothing(name: str, open_report: Opener) -> None:
    opened: Opened = open_report(name)
    assert opened.page.evaluate(INKS, ".ws-map canvas") > 8
    assert opened.page.evaluate(INKS, ".ws-timeline canvas") > 8
    opened.page.get_by_role("button", name="Play").click()
    opened.wait_for("waterspace.clock.timeMs - waterspace.plan.startMs > 3600000")
    opened.page.get_by_role("button", name="Pause").click()
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len(opened.requests) == 1
    assert opened.page.title() != "owned"


def test_the_slider_moves_ships_to_where_they_were(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.run("waterspace.map.showAll()")
    slider = opened.page.get_by_role("slider", name="Time")
    start = opened.positions()
    assert near(start["ALPHA"], MIDDLE)
    slider.evaluate("(it) => { it.value = 3 * 3600; it.dispatchEvent(new Event('input', { bubbles: true })); }")
    later = opened.positions()
    assert near(later["ALPHA"], destination(MIDDLE, 90.0, 10.0 * NAUTICAL_MILE_M))
    assert later["BRAVO"] != start["BRAVO"]
    assert slider.get_attribute("aria-valuetext") == "20 July 2023, 03:00 Z; local 20 July, 12:00"
    assert opened.page.locator(".ws-zulu").inner_text() == "200300Z JUL 23"
    assert "201200I JUL 23" in opened.page.locator(".ws-local").inner_text()


def test_an_aircraft_shows_only_while_it_flies_and_a_watcher_while_it_is_there(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.run("waterspace.map.showAll()")
    shown = {}
    for hour in (1, 3, 5, 13):
        opened.run(f"waterspace.clock.set({OPEN_MS} + {hour} * {HOUR_MS})")
        shown[hour] = set(opened.positions())
    assert "CHARLIE" not in shown[1]
    assert {"CHARLIE", "context.W1"} <= shown[3]
    assert "CHARLIE" not in shown[5]
    assert "context.W1" not in shown[13]
    assert "DELTA" not in set().union(*shown.values())


def test_the_keyboard_steps_and_plays_the_clock(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.page.get_by_role("slider", name="Time").focus()
    before = opened.run("waterspace.clock.timeMs")
    opened.page.keyboard.press("ArrowRight")
    assert opened.run("waterspace.clock.timeMs") - before == 10 * MINUTE_MS
    opened.page.keyboard.press("Shift+ArrowRight")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.run("waterspace.clock.timeMs") - before == HOUR_MS
    opened.page.keyboard.press("Space")
    assert opened.run("waterspace.clock.playing") is True
    opened.page.keyboard.press("Space")
    assert opened.run("waterspace.clock.playing") is False


def test_the_keyboard_pans_and_zooms_the_map(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.page.get_by_role("application", name="Map of the exercise").focus()
    home = opened.run("waterspace.state().view")
    opened.page.keyboard.press("ArrowUp")
    assert opened.run("waterspace.state().view.y") > home["y"]
    opened.page.keyboard.press("+")
    assert opened.run("waterspace.state().view.scale") > home["scale"]
    opened.page.keyboard.press("0")
    opened.settle()
    assert opened.run("waterspace.state().view") == home


def test_the_keyboard_walks_through_the_programme(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.page.get_by_role("application", name="Programme chart").focus()
    walked = []
    for _ in range(2):
        opened.page.keyboard.press("ArrowDown")
        walked.append((opened.run("waterspace.timeline.selected"), opened.run("waterspace.clock.timeMs") - OPEN_MS))
    assert walked == [("S1", 2 * HOUR_MS), ("S2", round(7.5 * HOUR_MS))]
    assert "1 h 30 min late, cut short" in opened.page.locator(".ws-timeline [aria-live]").inner_text()


def test_the_mouse_drags_and_picks(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.page.locator("#stage").scroll_into_view_if_needed()
    box = opened.page.locator(".ws-map-stage").bounding_box()
    assert box
    unit = next(one for one in opened.run("waterspace.state().units") if one["id"] == "ALPHA")
    opened.page.mouse.click(box["x"] + unit["x"], box["y"] + unit["y"])
    assert opened.run("waterspace.map.selected") in {"ALPHA", "CHARLIE"}
    opened.page.locator("#stage select").first.select_option("ALPHA")
    assert opened.run("waterspace.map.selected") == "ALPHA"
    assert "Destroyer class" in opened.page.locator(".ws-unit").inner_text()
    opened.page.mouse.move(box["x"] + 100, box["y"] + 200)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 160, box["y"] + 200, steps=4)
    opened.page.mouse.up()
    opened.settle()
    moved = next(one for one in opened.run("waterspace.state().units") if one["id"] == "ALPHA")
    assert moved["x"] - unit["x"] == pytest.approx(60.0, abs=6.0)


def test_the_list_beside_the_map_says_in_words_what_is_drawn(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.run(f"waterspace.clock.set({OPEN_MS} + 3 * {HOUR_MS})")
    words = opened.page.locator(".ws-situation").inner_text()
    for expected in ("S1 Turns together", "Warning 123/23", "Drill of others", "S2 Firing"):
        assert expected in words


def test_the_chart_has_a_table_beside_it(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    rows = opened.page.locator(".ws-timeline table tbody tr")
    assert rows.count() == 4
    assert "cut short" in (rows.nth(1).text_content() or "")
    assert "200600Z JUL 23 to 200800Z JUL 23" in (rows.nth(1).text_content() or "")


def test_a_finding_leads_to_its_place_and_time(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.page.locator("#finding-1").get_by_role("button", name="Show on the map").click()
    assert opened.run("waterspace.clock.timeMs") == OPEN_MS + 6 * HOUR_MS
    centre = opened.run("waterspace.state().view")
    assert centre["scale"] > 0
    box = opened.page.locator(".ws-map").bounding_box()
    assert box
    assert box["y"] < 400


def test_layers_can_be_hidden(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    opened.run("waterspace.map.showAll()")
    assert "context.W1" in opened.positions()
    opened.page.get_by_label("Other exercises, observers").uncheck()
    assert "context.W1" not in opened.positions()


@pytest.mark.parametrize("name", ["small", "crowded"])
@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (768, 1024), (1366, 768), (1920, 1080)])
def test_nothing_sticks_out_sideways(name: str, width: int, height: int, open_report: Opener) -> None:
    opened: Opened = open_report(name, width, height)
    opened.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert opened.run("document.documentElement.scrollWidth") <= width


def test_twenty_ships_in_one_spot_are_all_named_on_the_screen(open_report: Opener) -> None:
    opened: Opened = open_report("crowded")
    opened.run(f"waterspace.clock.set({OPEN_MS} + 6 * {HOUR_MS})")
    opened.settle()
    ships = [unit for unit in opened.run("waterspace.state().units") if unit["id"].startswith("U")]
    assert len(ships) == 20
    spread = max(one["x"] for one in ships) - min(one["x"] for one in ships)
    assert spread < 60


def test_everything_that_can_be_pressed_has_a_name(open_report: Opener) -> None:
    opened: Opened = open_report("small")
    assert opened.run(f"({UNNAMED})()") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_as_much_as_it_must(scheme: str, open_report: Opener) -> None:
    opened: Opened = open_report("small", color_scheme=scheme)
    for ink, ground, ratio in opened.page.evaluate(CONTRAST, TEXT_ON_GROUND):
        assert ratio >= 4.5, f"{ink} on {ground} in {scheme}: {ratio:.2f}"


def test_on_paper_the_page_is_light_and_whole(open_report: Opener, tmp_path: Path) -> None:
    opened: Opened = open_report("small", 703, 994, color_scheme="dark")
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("html[data-printing]")
    opened.settle()
    assert opened.run("getComputedStyle(document.querySelector('.panel')).backgroundColor") == "rgb(255, 255, 255)"
    assert opened.run("document.querySelector('.ws-map canvas').width") >= 1700
    assert opened.page.evaluate(INKS, ".ws-map canvas") > 8
    assert opened.page.get_by_role("button", name="Play").is_visible() is False
    opened.page.emulate_media(media="screen")
    opened.page.wait_for_selector("html:not([data-printing])")
    sheet = tmp_path / "report.pdf"
    opened.page.pdf(path=sheet, format="A4")
    assert sheet.stat().st_size > 20_000
    assert opened.complaints == []


def test_without_scripts_every_table_is_still_there(open_report: Opener, reports: Path, browser: Any) -> None:  # noqa: ANN401
    del open_report
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((reports / "small.html").as_uri())
    assert page.locator("noscript p").is_visible()
    assert page.locator("#conduct tbody tr").count() == 4
    assert page.get_by_role("button", name="Show").count() == 0
    context.close()
