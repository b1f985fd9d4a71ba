"""`waterspace notices`: drafts of warnings, marked as such."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from source_tree import ROOT

FIRING = ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"


def _notices(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a real process."""
    command = [sys.executable, "-m", "waterspace", "notices", *arguments]
    given_env = os.environ | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=given_env)


@pytest.mark.parametrize("form", ["navarea", "hydropac", "navtex", "safetynet"])
def test_the_command_writes_drafts_and_says_that_they_are(form: str) -> None:
    done = _notices(str(FIRING), "--format", form, "--general-area", "Sea of Japan")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("--- DRAFT - NOT PROMULGATED --- N1\n\n")
    assert "SEA OF JAPAN." in done.stdout
    assert "5.2 MILES OF" in done.stdout.replace("\n", " ")


def test_the_command_says_where_nothing_is_needed() -> None:
    done = _notices(str(ROOT / "examples" / "passex.exercise.yaml"))
    assert done.returncode == 0
    assert not done.stdout
    assert "No warning to mariners is needed" in done.stderr


@pytest.mark.parametrize("form", ["navarea", "hydropac", "navtex", "safetynet"])
def test_what_the_command_writes_the_reader_understands(form: str) -> None:
    plan = str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")
    written = _notices(plan, "--format", form).stdout
    command = [sys.executable, "-m", "waterspace", "warnings", "-", "--format", "json"]
    done = subprocess.run(command, input=written, capture_output=True, text=True, check=False, timeout=120)
    messages = json.loads(done.stdout)["messages"]
    assert done.returncode == 0, [message["reason"] for message in messages]
    assert [len(message["areas"]) for message in messages if message["areas"]] == [2, 1]


NORTHERN = str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")


def test_a_folder_gets_a_file_for_each_draft_and_form(tmp_path: Path) -> None:
    done = _notices(NORTHERN, "--format", "all", "--mmsi", "2734450", "--out", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert {"N1.navarea.txt", "N1.navtex.txt", "N1.gml", "N1.kml", "N1.html", "N1.ais.nmea"} <= names
    assert len(done.stdout.splitlines()) == len(names)
    for name in names:
        text = (tmp_path / "new" / name).read_text("utf-8")
        assert "DRAFT - NOT PROMULGATED" in text, name


def test_one_document_stands_alone_on_standard_output() -> None:
    done = _notices(NORTHERN, "--format", "s124", "--only", "N1")
    assert done.returncode == 0, done.stderr
    assert ET.fromstring(done.stdout).tag.endswith("Dataset")  # noqa: S314  # our own text


def test_several_documents_need_a_folder() -> None:
    done = _notices(NORTHERN, "--format", "kml")
    assert done.returncode == 2
    assert not done.stdout
    assert "name a folder" in " ".join(done.stderr.split())


def test_geojson_is_one_document_of_all_places() -> None:
    features = json.loads(_notices(NORTHERN, "--format", "geojson").stdout)["features"]
    assert {feature["properties"]["message"] for feature in features} >= {"N1", "N2"}
    assert all(feature["geometry"]["type"] == "Polygon" for feature in features)


def test_an_area_notice_asks_for_the_station_and_the_others_are_not_lost() -> None:
    done = _notices(NORTHERN, "--format", "ais", "--only", "N1")
    assert done.returncode == 1
    assert "--mmsi" in done.stderr
    assert _notices(NORTHERN, "--format", "ais", "--mmsi", "2734450").stdout.count("!AIVDM") >= 3


def test_an_unknown_draft_is_named_with_the_nearest_that_there_is() -> None:
    done = _notices(NORTHERN, "--only", "N11")
    assert done.returncode == 2
    assert "N11" in done.stderr
    assert "N1" in done.stderr
