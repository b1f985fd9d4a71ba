"""`waterspace classes`: the classes that a unit can be of."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from typer.testing import CliRunner

from waterspace.cli.app import app
from waterspace.environment import classes
from waterspace.notation import parse_distance, parse_duration, parse_speed

FIGURES = (
    ("at most", "max_speed_mps", parse_speed),
    ("economical", "economical_speed_mps", parse_speed),
    ("cruises at", "cruise_speed_mps", parse_speed),
    ("range", "range_m", parse_distance),
    ("endurance", "endurance_ms", parse_duration),
)


def listed(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["classes", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def known(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(listed(*arguments, "--format", "json"))
    return found


def test_every_class_is_listed_with_its_figures_and_on_whose_word_they_stand() -> None:
    found = {entry["key"]: entry for entry in known()}
    assert found.keys() == classes.library().keys()
    for key, platform in classes.library().items():
        entry = found[key]
        assert (entry["name"], entry["kind"], entry["medium"]) == (platform.name, platform.kind, platform.medium.value)
        for name in ("max_speed_mps", "cruise_speed_mps", "range_m", "endurance_ms", "length_m", "displacement_kg"):
            assert entry[name] == getattr(platform, name)
        assert entry["source"] or entry["confidence"] in {"assumed", "estimated"}


def test_the_list_in_words_tells_the_figures_of_every_class_in_lines_that_fit() -> None:
    lines = listed().splitlines()
    assert all(len(line) <= 100 for line in lines)
    paragraphs = re.split(r"\n(?=\S)", "\n".join(lines))
    assert len(paragraphs) == len(classes.library())
    for paragraph, platform in zip(paragraphs, classes.library().values(), strict=True):
        key, _, text = " ".join(paragraph.split()).partition(" ")
        assert key == platform.key
        assert text.startswith(f"{platform.name}, {platform.kind}, {platform.medium.value}; ")
        assert platform.provenance.confidence is not None
        assert text.endswith(platform.provenance.confidence.value)
        told = text.split("; ")
        for title, name, parse in FIGURES:
            figure = getattr(platform, name)
            written = [part.removeprefix(title) for part in told if re.match(rf"{title} \d", part)]
            assert len(written) == (figure is not None), (key, title)
            if written:
                assert parse(written[0]) == pytest.approx(figure, rel=0.005)


def test_a_key_alone_tells_size_and_source_too() -> None:
    text = listed("Sejong")
    sejong = classes.library()["sejong"]
    assert text.startswith("sejong: Sejong the Great class (KDX-III), destroyer, surface\n")
    assert "length 166 m" in text
    assert sejong.provenance.source in text
    assert "at most 30 kn; economical 20 kn; range 5500 nm" in text


@pytest.mark.parametrize("key", ["p1", "z9", "fishing"])
def test_a_key_is_that_class_even_where_other_texts_hold_it(key: str) -> None:
    assert [entry["key"] for entry in known(key)] == [key]


def test_a_part_of_a_name_a_kind_or_a_medium_chooses_classes() -> None:
    assert [entry["key"] for entry in known("udaloy")] == ["pr1155"]
    assert {entry["kind"] for entry in known("coast guard")} == {"coast guard cutter", "coast guard patrol"}
    air = known("air")
    assert {entry["medium"] for entry in air} == {"air"}
    assert len(air) == sum(platform.medium.value == "air" for platform in classes.library().values())


@pytest.mark.parametrize(
    ("name", "advice"),
    [("sejon2", "did you mean sejong?"), ("Udalloy", "did you mean pr1155?"), ("type52d", "type052d"), (" ", "lists")],
)
def test_a_class_that_is_unknown_is_refused_with_what_is_near(name: str, advice: str) -> None:
    result = CliRunner().invoke(app, ["classes", name])
    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert advice in said
    assert "`waterspace classes` lists them all" in said


def test_a_text_like_nothing_is_refused_without_a_guess() -> None:
    said = " ".join(CliRunner().invoke(app, ["classes", "zzzzzz"]).output.split())
    assert "did you mean" not in said
    assert "a file gives others under `classes`" in said
