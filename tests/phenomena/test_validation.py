"""The page on honesty says what the models do."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from source_tree import ROOT, SOURCE

PAGE = (ROOT / "docs" / "explanation" / "honesty.md").read_text(encoding="utf-8")


@pytest.mark.deep
def test_ten_thousand_runs_of_each_case_agree_with_its_closed_form_and_with_the_page() -> None:
    command = [sys.executable, str(ROOT / "tools" / "validate_models.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_closed_form_of_the_page_lies_in_its_interval() -> None:
    rows = re.findall(r"\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \|$", PAGE, re.MULTILINE)
    assert len(rows) >= 12
    for expected, got, low, high in rows:
        assert float(low) <= float(expected) <= float(high)
        assert float(low) <= float(got) <= float(high)


def test_every_model_is_on_the_page() -> None:
    modules = {path.stem for path in (SOURCE / "phenomena").glob("*.py")} - {"__init__", "draws"}
    assert modules == set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
