"""A serial type from a package of its own appears in every stage. The package is really built and installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "plugins" / "waterspace-oil-recovery"
EXAMPLE = PLUGIN / "oil-spill.exercise.yaml"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plug-in, built by its own backend and installed into a folder of its own."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--target", str(target), str(PLUGIN)], check=True, timeout=120, capture_output=True)
    return target


def waterspace(*arguments: str | Path, site: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ)
    if site is not None:
        environment["PYTHONPATH"] = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "waterspace", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=environment,
    )


def test_without_the_package_the_type_is_unknown_and_the_error_says_where() -> None:
    result = waterspace("check", EXAMPLE)
    assert result.returncode == 2
    assert "oil_recovery" in result.stdout + result.stderr
    assert ":15:11:" in result.stdout + result.stderr


def test_the_type_is_listed_and_explained(installed: Path) -> None:
    assert "(plug-in)" in waterspace("serials", site=installed).stdout
    explained = waterspace("serials", "oil_recovery", site=installed).stdout
    assert "sweep_width" in explained
    assert "200 m" in explained


def test_it_has_the_same_page_as_a_type_that_is_built_in(installed: Path) -> None:
    page = waterspace("serials", "oil_recovery", "--page", site=installed).stdout
    own = re.findall(r"^## (.+)$", waterspace("serials", "transit", "--page").stdout, re.MULTILINE)
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == own
    assert len(own) == 9
    assert EXAMPLE.read_text(encoding="utf-8").partition("\n")[2].strip() in page
    assert re.search(r"\| `swept_ratio` \| .* \| \d+ % \|", page)
    assert "drift of the slick" in page


def test_the_schema_knows_its_parameters(installed: Path) -> None:
    assert "oil_recovery" not in waterspace("schema").stdout
    assert "oil_recovery" in waterspace("schema", site=installed).stdout


def test_the_rules_look_at_it(installed: Path, tmp_path: Path) -> None:
    clean = waterspace("check", EXAMPLE, site=installed)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    alone = tmp_path / "alone.exercise.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("towing: [ALFA, BRAVO]", "towing: [ALFA]")
    alone.write_text(text, encoding="utf-8")
    findings = json.loads(waterspace("check", "--format", "json", alone, site=installed).stdout)["findings"]
    assert any("towing" in finding["message"] for finding in findings)


def test_a_run_and_its_report_show_it(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    result = waterspace("run", EXAMPLE, "--out", out, site=installed)
    assert result.returncode == 0, result.stderr
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["serials"][0]["status"] == "completed"
    serial = record["serials"][0]["serial"]
    assert [one["name"] for one in record["measures"] if one["subject"] == serial] == ["swept_ratio"]
    assert 0.05 < record["measures"][0]["value"] < 0.3
    assert "boom streamed" in (out / "report.html").read_text(encoding="utf-8")
