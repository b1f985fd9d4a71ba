"""Words on a chart: wide enough reckoned, never one on another or on a sign, and what each line and tint means."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from source_tree import ROOT
from waterspace.reports.chart.labels import BOLD_ROLES, LINE_EM, Box, Label, place
from waterspace.reports.chart.letters import BOLD, PLAIN, text_width
from waterspace.reports.chart.look import LIGHT, PRINT, Look

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}
PICTURES = ["sea-of-japan.svg", "sea-of-japan-print.svg"]
PAGE = Box(0.0, 0.0, 300.0, 300.0)
NO_LINES = np.empty((0, 2))


def parsed(name: str) -> ET.Element:
    return ET.fromstring((ROOT / "docs" / "images" / name).read_text(encoding="utf-8"))  # noqa: S314  # our own text


def label_boxes(root: ET.Element) -> dict[str, Box]:
    """Where the letters of each label inside the frame stand, in the widest of the fonts."""
    boxes = {}
    for element in root.iterfind(".//svg:text", NAMESPACE):
        spans = element.findall("svg:tspan", NAMESPACE)
        if not spans:
            continue
        size = float(element.attrib["font-size"])
        advances = BOLD if element.get("font-weight") == "bold" else PLAIN
        half = max(text_width(span.text or "", size, advances) for span in spans) / 2.0
        x, first, last = (float(spans[0].attrib[key]) for key in ("x", "y", "y"))
        last = float(spans[-1].attrib["y"])
        name = f"{' '.join(element.itertext())} at {x:.0f}, {first:.0f}"
        boxes[name] = Box(x - half, first - 0.75 * size, x + half, last + 0.2 * size)
    return boxes


@pytest.mark.parametrize(
    ("words", "advances", "expected_px"),
    [  # as a browser measures them in DejaVu Sans at 1000 pixels
        ("Western Channel", BOLD, 9698.0),
        ("Western Channel", PLAIN, 8592.0),
        ("Ulsan", PLAIN, 2777.0),
    ],
)
def test_words_are_as_wide_as_the_widest_font_makes_them(
    words: str, advances: dict[str, float], expected_px: float
) -> None:
    assert text_width(words, 1000.0, advances) == pytest.approx(expected_px, rel=0.02)


def test_letters_outside_the_tables_have_a_width_and_marks_above_them_none() -> None:
    assert text_width("演", 10.0) > text_width("m", 10.0)
    assert text_width("e\u0301", 10.0) == text_width("e", 10.0)


@pytest.mark.parametrize("name", PICTURES)
def test_no_name_lies_on_another(name: str) -> None:
    boxes = label_boxes(parsed(name))
    assert len(boxes) > 35
    met = [(a, b) for (a, one), (b, other) in combinations(boxes.items(), 2) if one.meets(other)]
    assert not met


@pytest.mark.parametrize("name", PICTURES)
def test_no_name_lies_on_the_sign_of_a_port(name: str) -> None:
    root = parsed(name)
    signs = [
        (float(element.attrib["cx"]), float(element.attrib["cy"]), float(element.attrib["r"]))
        for element in root.iterfind(".//svg:g[@clip-path]/svg:circle", NAMESPACE)
    ]
    dots = [Box(x - r, y - r, x + r, y + r) for x, y, r in signs if r > 2.0]
    assert len(dots) > 20
    covered = [words for words, box in label_boxes(root).items() if any(box.meets(dot) for dot in dots)]
    assert not covered


@pytest.mark.parametrize("name", PICTURES)
def test_the_ports_that_people_look_for_are_named(name: str) -> None:
    text = " ".join(label_boxes(parsed(name)))
    for port in ("Busan", "Ulsan", "Pohang", "Vladivostok", "Niigata", "Hakodate", "Wakkanai", "Sasebo"):
        assert port in text, port


def test_a_label_keeps_away_from_a_point_that_another_one_names() -> None:
    near = Label(words="Near", x=150.0, y=150.0, size=10.0, role="strait", rank=10)
    other = Label(words="Other", x=168.0, y=150.0, size=10.0, role="strait", rank=20)
    alone, _ = place([near], PAGE, (), NO_LINES)
    both, _ = place([near, other], PAGE, (), NO_LINES)
    assert alone[0].box.left > 150.0  # to the right is best
    assert both[0].box.right < 160.0


def test_bold_labels_get_more_room() -> None:
    assert "strait" in BOLD_ROLES
    widths = []
    for role in ("strait", "port"):
        placed, _ = place([Label(words="Western", x=150.0, y=150.0, size=10.0, role=role, rank=1)], PAGE, (), NO_LINES)
        widths.append(placed[0].box.right - placed[0].box.left)
    assert widths[0] > 1.08 * widths[1]
    assert placed[0].box.bottom - placed[0].box.top == pytest.approx(LINE_EM * 10.0)


def rhythm(dash: str) -> tuple[int, ...]:
    """Which strokes of a dash are long: 8 pixels or more, 4 or more, or less."""
    return tuple(int(float(length) >= 8.0) + int(float(length) >= 4.0) for length in dash.split())


@pytest.mark.parametrize("look", [LIGHT, PRINT])
def test_lines_with_different_meanings_have_different_strokes(look: Look) -> None:
    names = ("internal_waters", "territorial_sea", "contiguous_zone", "eez", "median", "boundary")
    rhythms = [rhythm(look.lines[name].dash) for name in names]
    assert len(set(rhythms)) == len(names)
    assert look.lines["eez"].width > 1.5 * look.lines["median"].width


@pytest.mark.parametrize("name", PICTURES)
def test_every_tint_of_the_sea_stands_in_the_legend_with_its_depths(name: str) -> None:
    root = parsed(name)
    words = [" ".join(element.itertext()) for element in root.iterfind(".//svg:text", NAMESPACE)]
    look = PRINT if "print" in name else LIGHT
    tints = list(dict.fromkeys(look.depths.values()))
    spans = [word for word in words if re.fullmatch(r"\d+ to \d+ m deep|Deeper than \d+ m", word)]
    assert len(spans) == len(tints)
    swatches = [element.get("fill") for element in root.iterfind(".//svg:g[@transform]/svg:rect", NAMESPACE)]
    assert swatches == tints
    assert "Depth contours: 200, 1000, 2000, 3000 m" in words
    assert {"EEZ limit", "equidistant"} <= set(words)
