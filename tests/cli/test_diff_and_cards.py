"""`waterspace diff` and `waterspace cards` as a user meets them, and the guide that shows them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import waterspace
from command_line import here

ROOT = Path(__file__).parents[2]
BIG = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
PASSEX = ROOT / "examples" / "passex.exercise.yaml"
GUIDE = ROOT / "docs" / "guide" / "after-the-conference.md"


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The large example with its last expulsion an hour and a half later."""
    text = BIG.read_text(encoding="utf-8")
    assert text.count("start: 2023-07-22T06:30Z") == 1
    path = tmp_path / "later.exercise.yaml"
    path.write_text(text.replace("start: 2023-07-22T06:30Z", "start: 2023-07-22T08:00Z"), encoding="utf-8")
    return path


# ---------------------------------------------------------------------------------------------------------------- diff


def test_nothing_changed_is_said_and_is_no_failure() -> None:
    done = here("diff", BIG, BIG, "--exit-code")
    assert done.returncode == 0
    assert "Nothing changed: the two plans mean the same." in done.stdout
    assert not done.stderr


def test_a_change_is_told_and_fails_only_where_that_is_asked_for(later: Path) -> None:
    done = here("diff", BIG, later)
    assert done.returncode == 0
    assert "moved 1 h 30 min later: 220800Z to 221000Z JUL 23 (221700I to 221900I)" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if "/" not in line) <= 80
    assert here("diff", BIG, later, "--exit-code").returncode == 1
    assert here("diff", BIG, later, "--exit-code", "--unit", "TAIHU").returncode == 0


def test_one_unit_and_one_nation_can_be_asked_for(later: Path) -> None:
    unit = here("diff", BIG, later, "--unit", "TRIBUTS").stdout
    assert "TRIBUTS Admiral Tributs (RUS)" in unit
    assert "ZAOZHUANG Zaozhuang" not in unit
    nation = here("diff", BIG, later, "--nation", "CHN").stdout
    assert "CHN: 1 change" in nation
    assert "RUS:" not in nation


def test_the_changes_as_json_are_one_document(later: Path) -> None:
    told = json.loads(here("diff", BIG, later, "--format", "json").stdout)
    assert told["changed"] is True
    (change,) = told["changes"]
    assert (change["id"], change["topic"], change["shift_ms"]) == ("S112", "time", 5_400_000)
    tributs = next(unit for unit in told["units"] if unit["id"] == "TRIBUTS")
    assert tributs["changes"] == [0]
    assert any("passage from S109 to S112" in one["text"] for one in tributs["programme"])
    assert json.loads(here("diff", BIG, BIG, "--format", "json").stdout)["changed"] is False


def test_the_changes_as_a_page_need_nothing_else(later: Path) -> None:
    page = here("diff", BIG, later, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "moved 1 h 30 min later" in page
    assert not re.search(r"<script|<link|<img|https?://", page)


def test_one_of_the_two_may_be_standard_input(later: Path) -> None:
    done = here("diff", "-", later, given=BIG.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert "S112 Second expulsion" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--unit", "QUIQIHAR"), "Did you mean QIQIHAR?"),
        (("--nation", "CHNN"), "Did you mean CHN?"),
        (("--unit", "?"), "no unit is called '?'. Known here: QIQIHAR, GUIYANG"),
        (("--format", "xml"), "xml"),
    ],
)
def test_what_no_plan_has_is_refused_with_the_nearest_that_one_has(arguments: tuple[str, ...], hint: str) -> None:
    done = here("diff", BIG, BIG, *arguments)
    assert done.returncode == 2
    assert hint in " ".join(done.stderr.split())


def test_files_that_cannot_be_understood_are_refused_with_their_faults(tmp_path: Path) -> None:
    bad = tmp_path / "bad.exercise.yaml"
    bad.write_text(PASSEX.read_text(encoding="utf-8").replace("duration: 2 h", "duration: 2"), encoding="utf-8")
    done = here("diff", PASSEX, bad)
    assert done.returncode == 2
    assert "bad.exercise.yaml:" in done.stderr
    assert "the unit is missing" in done.stderr
    assert here("diff", PASSEX, tmp_path / "none.yaml").returncode == 2
    assert here("diff", "-", "-", given="").returncode == 2
    assert "it is empty" in here("diff", PASSEX, "").stderr
    error = json.loads(here("diff", PASSEX, bad, "--format", "json").stdout)["error"]
    assert error["kind"] == "plan_file"


# --------------------------------------------------------------------------------------------------------------- cards


def test_cards_go_to_standard_output_or_into_a_folder(tmp_path: Path) -> None:
    done = here("cards", PASSEX)
    assert done.returncode == 0
    assert done.stdout.count("SERIALS") == 2
    assert max(map(len, done.stdout.splitlines())) <= 80
    folder = tmp_path / "new" / "cards"
    written = here("cards", PASSEX, "--out", folder, "--format", "html")
    assert written.returncode == 0
    assert sorted(path.name for path in folder.iterdir()) == ["ALFA.html", "BRAVO.html", "all-cards.html"]
    assert (folder / "all-cards.html").read_text(encoding="utf-8").count("<article") == 2
    assert (folder / "ALFA.html").read_text(encoding="utf-8").count("<article") == 1


def test_one_card_can_be_asked_for_and_an_unknown_unit_is_refused() -> None:
    assert here("cards", PASSEX, "--unit", "ALFA").stdout.count("SERIALS") == 1
    done = here("cards", PASSEX, "--unit", "ALPHA")
    assert done.returncode == 2
    assert "Did you mean ALFA?" in " ".join(done.stderr.split())


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("", encoding="utf-8")
    done = here("cards", PASSEX, "--out", occupied)
    assert done.returncode == 2
    assert "cannot write" in " ".join(done.stderr.split())
    assert occupied.read_text(encoding="utf-8") == ""


def test_ids_that_some_file_systems_take_for_one_another_give_files_of_their_own(tmp_path: Path) -> None:
    text = PASSEX.read_text(encoding="utf-8").replace("ALFA", "All-Cards").replace("BRAVO", "all-cards")
    done = here("cards", "-", "--out", tmp_path / "out", given=text)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["All-Cards-2.txt", "all-cards-3.txt", "all-cards.txt"]


def test_an_empty_file_name_is_refused() -> None:
    done = here("cards", "")
    assert done.returncode == 2
    assert "it is empty" in done.stderr


# ------------------------------------------------------------------------------------------------ Python, and the guide


def test_python_takes_plans_and_paths(later: Path) -> None:
    changes = waterspace.diff(BIG, waterspace.load(later))
    assert [change.id for change in changes.changes] == ["S112"]
    assert [card.unit for card in waterspace.cards(PASSEX)] == ["ALFA", "BRAVO"]
    with pytest.raises(TypeError, match=r"waterspace\.load"):
        waterspace.cards(17)  # type: ignore[arg-type]


def test_the_guide_shows_what_really_happens(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    before = PASSEX.read_text(encoding="utf-8")
    after = before
    for old, new in re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", text, re.MULTILINE):
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    (tmp_path / "june.exercise.yaml").write_text(before, encoding="utf-8")
    (tmp_path / "july.exercise.yaml").write_text(after, encoding="utf-8")
    shown = re.findall(r"^```console\n\$ waterspace ([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [line.split()[0] for line, _ in shown] == ["diff", "cards"]
    for line, output in shown:
        done = here(*line.split(), folder=tmp_path)
        assert output.removesuffix("...\n") in done.stdout, line
    python = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    done = subprocess.run(
        [sys.executable, "-c", python], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "ALFA" in done.stdout
