"""`waterspace check` with its options: mending, baselines, settings, reasons, watching; and a rule that fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from waterspace import checks, planfile
from waterspace.checks import Rule, catalogue, suggesting
from waterspace.checks.example import whole
from waterspace.cli import main
from waterspace.domain import CheckResult, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.checks.rule import Remark

TWO_FIRE = """
serials:
  S1:   # the first
    type: gunnery
    area: WEST
    units: {firing: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Alfa
  S2:
    type: gunnery
    area: WEST
    units: {firing: BRAVO}
    start: 2026-06-08T01:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""

MISSPELT = """
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.exercise.yaml"
    path.write_text(whole(TWO_FIRE), encoding="utf-8")
    return path


class Outcome:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:  # noqa: ANN401  # JSON
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: object) -> Outcome:
        status = 0
        monkeypatch.setattr(sys, "argv", ["waterspace", *map(str, arguments)])
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        said = capsys.readouterr()
        return Outcome(status, said.out, said.err)

    return call


def test_a_finding_tells_its_evidence(run: Run, file: Path) -> None:
    outcome = run("check", file, "--select", "WS201", "--format", "json")
    (finding,) = outcome.json["findings"]
    assert outcome.status == 1
    assert finding["id"].startswith("WS201-")
    assert finding["when"] == [{"start": "2026-06-08T01:00:00Z", "end": "2026-06-08T02:00:00Z"}]
    assert finding["where"]["type"] == "Polygon"
    assert {"value", "limit", "unit", "fix", "suggestions"} <= finding.keys()


def test_the_map_of_a_clash_is_geojson_around_its_position(run: Run, file: Path) -> None:
    import shapely

    collection = run("check", file, "--select", "WS201", "--format", "geojson").json
    (feature,) = collection["features"]
    area = shapely.from_geojson(json.dumps(feature["geometry"]))
    assert collection["type"] == "FeatureCollection"
    assert area.is_valid
    assert area.area > 0.0
    assert area.contains(shapely.Point(134.0, 38.5))
    assert feature["properties"]["code"] == "WS201"


def test_errors_are_written_first_on_request(run: Run, file: Path) -> None:
    by_place = [one["severity"] for one in run("check", file, "--format", "json").json["findings"]]
    by_weight = [
        one["severity"] for one in run("check", file, "--sort", "severity", "--format", "json").json["findings"]
    ]
    assert by_weight == sorted(by_place, key=["error", "warning", "advice"].index)
    assert by_weight != by_place


def test_reasons_stand_once_under_the_first_finding_of_a_rule(run: Run, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    safety_officer: Executive officer", "    note: officer"), encoding="utf-8")
    outcome = run("check", file, "--select", "WS601", "--explain")
    assert outcome.out.count("WS601 safety-officer-missing") == 2
    assert outcome.out.count("    Why: ") == outcome.out.count("    Source: ") == 1
    assert all(len(line) <= 80 or "/" in line for line in outcome.out.splitlines())


def test_a_misspelt_reference_is_mended_and_nothing_else_is_touched(run: Run, file: Path) -> None:
    text = whole(MISSPELT)
    file.write_text(text, encoding="utf-8")
    shown = run("check", file, "--diff")
    assert "+" in shown.out
    assert file.read_text(encoding="utf-8") == text
    outcome = run("check", file, "--fix", "--select", "WS001")
    assert outcome.status == 0
    assert "mended WS001: Write BRAVO for BRAVVO" in outcome.out
    assert file.read_text(encoding="utf-8") == text.replace("BRAVVO", "BRAVO")


def test_a_file_with_nothing_to_mend_is_not_written(run: Run, file: Path) -> None:
    before = file.stat().st_mtime_ns
    run("check", file, "--fix", "--select", "WS201")
    assert file.stat().st_mtime_ns == before


def test_standard_input_cannot_be_mended(run: Run) -> None:
    outcome = run("check", "-", "--fix")
    assert outcome.status == 2
    assert "name one" in outcome.err


def test_a_baseline_hides_what_is_known_and_shows_what_is_new(run: Run, file: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    first = run("check", file, "--write-baseline", known, "--format", "json")
    assert first.status == 1
    assert f"{len(first.json['findings'])} findings written to {known}" in first.err
    assert run("check", file, "--baseline", known, "--format", "json").json["findings"] == []
    hidden = " ".join(run("check", file, "--baseline", known).out.split())
    assert f"no new findings; {len(first.json['findings'])} known ones not shown (" in hidden
    assert f"baseline {known}" in hidden
    run("check", file, "--baseline", known, "--write-baseline", known)
    assert run("check", file, "--baseline", known, "--format", "json").json["findings"] == []
    text = file.read_text(encoding="utf-8")
    file.write_text("# edited\n" + text.replace("    safety_officer: Executive officer, Bravo\n", ""), encoding="utf-8")
    new = run("check", file, "--baseline", known, "--format", "json").json["findings"]
    assert [one["code"] for one in new] == ["WS601"]


def test_a_baseline_knows_a_finding_again_after_its_serial_was_renamed(run: Run, file: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    run("check", file, "--select", "WS201", "--write-baseline", known)
    file.write_text(file.read_text(encoding="utf-8").replace("S2", "T7"), encoding="utf-8")
    again = run("check", file, "--select", "WS201", "--baseline", known, "--format", "json").json["findings"]
    assert again == []


def test_a_baseline_keeps_what_it_knows_of_rules_that_were_not_applied(run: Run, file: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    run("check", file, "--write-baseline", known)
    run("check", file, "--select", "WS2", "--write-baseline", known)
    assert run("check", file, "--baseline", known, "--format", "json").json["findings"] == []


def test_a_file_that_cannot_be_read_does_not_shrink_the_baseline(run: Run, file: Path, tmp_path: Path) -> None:
    known, other = tmp_path / "known.json", tmp_path / "other.exercise.yaml"
    other.write_text(file.read_text(encoding="utf-8").replace("S2", "S7"), encoding="utf-8")
    run("check", file, other, "--write-baseline", known)
    before = known.read_bytes()
    other.write_text("broken: [\n", encoding="utf-8")
    outcome = run("check", file, other, "--write-baseline", known)
    assert outcome.status == 2
    assert f"{known} was not written" in outcome.err
    assert "written to" not in outcome.err
    assert known.read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]", '{"waterspace_baseline": 9}', '{"waterspace_baseline": 1}'])
def test_what_is_no_baseline_is_said_to_be_none(run: Run, file: Path, tmp_path: Path, content: str) -> None:
    known = tmp_path / "known.json"
    known.write_text(content, encoding="utf-8")
    outcome = run("check", file, "--baseline", known)
    assert outcome.status != 0
    assert str(known) in outcome.err
    assert "--write-baseline" in outcome.err


def test_settings_are_taken_from_the_folder_above(run: Run, file: Path) -> None:
    folder = file.parent / "plans"
    folder.mkdir()
    moved = file.rename(folder / file.name)
    (folder.parent / "waterspace.toml").write_text('[check]\nselect = ["WS2"]\n', encoding="utf-8")
    codes = {one["code"] for one in run("check", moved, "--format", "json").json["findings"]}
    assert codes == {"WS201"}
    (folder.parent / "waterspace.toml").write_text('[check]\nignore = ["WS2"]\n', encoding="utf-8")
    assert "WS201" not in {one["code"] for one in run("check", moved, "--format", "json").json["findings"]}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[chek]\n", 1, "Did you mean check?"),
        ("[check]\nselekt = []\n", 2, "Did you mean select?"),
        ('[check]\n\nselect = ["WS9"]\n', 3, "No rule begins with 'WS9'"),
        ("[check]\nignore = 7\n", 2, "a list of codes"),
        ('[check.limits]\nnotice_least_lede = "2 d"\n', 2, "did you mean notice_least_lead?"),
        ('[check.limits]\nnotice_least_lead = "2 nm"\n', 2, "a duration"),
        ("[check\n", 1, "not TOML"),
    ],
)
def test_faults_of_the_settings_are_named_with_their_line(
    run: Run, file: Path, text: str, line: int, said: str
) -> None:
    settings = file.parent / "waterspace.toml"
    settings.write_text(text, encoding="utf-8")
    outcome = run("check", file, "--format", "json")
    (fault,) = outcome.json["findings"]
    assert outcome.status == 2
    assert (fault["code"], fault["file"], fault["line"]) == ("WS000", str(settings), line)
    assert said in fault["message"]


def test_limits_of_the_settings_count_and_those_of_the_file_go_before_them(run: Run, file: Path) -> None:
    notices = """
notices:
  N1: {kind: navarea, covers: [S1, S2], originator: JPN, planned: 2026-06-06T00:00Z}
  N2: {kind: notam, covers: [S1, S2], originator: JPN, planned: 2026-06-02T00:00Z}
"""

    def severities() -> list[str]:
        outcome = run("check", file, "--select", "WS502", "--format", "json")
        return [one["severity"] for one in outcome.json["findings"]]

    file.write_text(whole(TWO_FIRE + notices), encoding="utf-8")
    assert severities() == ["error"]
    (file.parent / "waterspace.toml").write_text('[check.limits]\nnotice_least_lead = "1 d"\n', encoding="utf-8")
    assert severities() == ["warning"]
    own = "check:\n  limits: {notice_least_lead: 3 d}\n"
    file.write_text(whole(TWO_FIRE + notices + own), encoding="utf-8")
    assert severities() == ["error"]


def test_what_somebody_accepted_is_listed_and_does_not_count(run: Run, file: Path) -> None:
    accepted = """
check:
  suppress:
    - {rule: WS201, about: [S2], reason: Both crews use one range officer., by: Captain Mori}
"""
    file.write_text(whole(TWO_FIRE + accepted), encoding="utf-8")
    outcome = run("check", file, "--select", "WS201", "--format", "text")
    assert outcome.status == 0
    assert "accepted WS201" in outcome.out
    assert "Captain Mori: Both crews use one range officer." in " ".join(outcome.out.split())
    sarif = run("check", file, "--select", "WS201", "--format", "sarif").json
    (result,) = sarif["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "Both crews use one range officer. (Captain Mori)"


def test_an_acceptance_without_reason_or_name_is_a_fault(run: Run, file: Path) -> None:
    file.write_text(whole(TWO_FIRE + "check:\n  suppress:\n    - {rule: WS201}\n"), encoding="utf-8")
    outcome = run("check", file, "--format", "json")
    assert outcome.status == 2
    assert {one["subjects"][0] for one in outcome.json["findings"]} == {
        "check.suppress.0.reason",
        "check.suppress.0.by",
    }


def test_a_suggestion_ends_the_interference_when_it_is_applied(run: Run, file: Path) -> None:
    outcome = run("check", file, "--select", "WS201", "--suggest", "--format", "json")
    (finding,) = outcome.json["findings"]
    assert finding["suggestions"]
    for suggestion in finding["suggestions"]:
        edits = [Edit(tuple(one["path"]), one["text"]) for one in suggestion["edits"]]
        mended = planfile.Document.read(file).edit(edits)
        left = checks.check(planfile.loads(mended.content)).findings
        assert finding["id"] not in {one.id for one in left}
    assert "1 h" in finding["suggestions"][0]["title"]


def test_of_two_moves_as_small_the_one_that_worsens_less_is_suggested(run: Run, file: Path) -> None:
    outcome = run("check", file, "--select", "WS201", "--suggest")
    assert "Suggestion: Start S2 1 h later; that brings WS203, 2 warnings." in " ".join(outcome.out.split())


def test_where_the_search_for_a_move_ends_early_it_is_said(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> str:
        return " ".join(run("check", file, "--select", "WS201", "--suggest").err.split())

    assert "WS201 of S1 and S2: gave up looking for a move in time after the 6 smallest that might help" in said()
    monkeypatch.setattr(suggesting, "_LOOKS", 2)
    assert "in time after the 2 smallest that might help, 2 of them checked by every rule" in said()


def test_no_rule_is_asked_about_moves_after_which_the_two_still_meet(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def looked_at(*given: Any, **named: Any) -> CheckResult:  # noqa: ANN401  # whatever is asked
        asked.append(given)
        return checks.check(*given, **named)

    monkeypatch.setattr(suggesting, "check", looked_at)
    long = TWO_FIRE.replace("2 h", "40 h")
    file.write_text(whole(long), encoding="utf-8")
    outcome = run("check", file, "--select", "WS201", "--suggest", "--format", "json")
    (finding,) = outcome.json["findings"]
    assert not finding["suggestions"]
    assert not asked
    assert "gave up" not in outcome.err


HEMMED_IN = f"""
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
  CHARLIE: {{name: Charlie, nation: JPN, class: cutter, start: 38-32.0N 134-00.0E}}
  DELTA: {{name: Delta, nation: KOR, class: cutter, start: 38-33.0N 134-00.0E}}
{TWO_FIRE}
  S3:
    type: gunnery
    area: WEST
    units: {{firing: CHARLIE}}
    start: 2026-06-08T02:45Z
    duration: 3 h
    objectives: O1
    safety_officer: Executive officer, Charlie
  S4:
    type: gunnery
    area: WEST
    units: {{firing: DELTA}}
    start: 2026-06-07T21:15Z
    duration: 3 h
    objectives: O1
    safety_officer: Executive officer, Delta
"""


def _meetings(text: str | bytes) -> dict[str, int]:
    """Id of a clash of danger areas to how long it lasts."""
    found = checks.check(planfile.loads(text), select=["WS201"]).findings
    return {one.id: sum(window.end_ms - window.start_ms for window in one.when) for one in found}


def test_a_suggestion_makes_no_finding_longer_that_is_there_already(run: Run, file: Path) -> None:
    text = whole(HEMMED_IN)
    file.write_text(text, encoding="utf-8")
    outcome = run("check", file, "--select", "WS201", "--suggest", "--format", "json")
    before = _meetings(text)
    assert len(before) == 3
    (finding,) = (one for one in outcome.json["findings"] if set(one["subjects"]) == {"S1", "S2"})
    titles = [one["title"] for one in finding["suggestions"]]
    assert titles
    assert not any("S1 1 h earlier" in title or "S2 1 h later" in title for title in titles)
    for suggestion in finding["suggestions"]:
        edits = [Edit(tuple(one["path"]), one["text"]) for one in suggestion["edits"]]
        after = _meetings(planfile.Document.read(file).edit(edits).content)
        assert finding["id"] not in after
        assert all(lasts_ms <= before[id_] for id_, lasts_ms in after.items()), suggestion["title"]


@pytest.fixture
def failing_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    def fails(context: Context) -> Iterator[Remark]:
        yield from ()
        raise ZeroDivisionError(f"of {context.exercise.name}")

    one = catalogue.get("WS202")
    texts = {name: getattr(one, name) for name in ("name", "severity", "summary", "why", "source", "bad", "good")}
    broken = Rule(code="WS202", check=fails, **texts)
    rules = tuple(broken if rule.code == "WS202" else rule for rule in catalogue.rules())
    monkeypatch.setattr("waterspace.checks.catalogue.rules", lambda: rules)
    return "WS202"


def test_a_rule_that_fails_is_named_the_others_run_and_the_status_says_so(
    run: Run, file: Path, failing_rule: str
) -> None:
    outcome = run("check", file, "--format", "json")
    internal = [one for one in outcome.json["findings"] if one["internal"]]
    assert outcome.status == 3
    assert [one["code"] for one in internal] == [failing_rule]
    assert "ZeroDivisionError: of Example" in internal[0]["message"]
    assert "WS201" in {one["code"] for one in outcome.json["findings"]}


def test_the_list_of_rules_for_a_program(run: Run) -> None:
    rules = run("rule", "--list", "--format", "json").json
    assert [one["code"] for one in rules] == [rule.code for rule in checks.rules()]
    assert all(one.keys() == {"code", "name", "severity", "family", "source"} for one in rules)
    assert {one["code"][:3] for one in run("rule", "WS5", "--list", "--format", "json").json} == {"WS5"}


def test_a_family_is_listed_by_the_beginning_of_its_codes(run: Run) -> None:
    assert run("rule", "WS5").out == run("rule", "WS5", "--list").out
    assert run("rule", "ws5", "--format", "json").json == run("rule", "WS5", "--list", "--format", "json").json
    assert run("rule", "WS502").out.startswith("WS502 ")
    assert run("rule", "WX").status == 2


def test_a_rule_tells_its_limits(run: Run) -> None:
    assert "Limit notice_least_lead, 3 d unless the staff sets it" in run("rule", "WS502").out
    assert run("rule", "WS502", "--format", "json").json["limits"][0]["name"] == "notice_least_lead"


def test_a_rule_tells_under_which_key_its_data_is_named(run: Run, tmp_path: Path) -> None:
    rule = catalogue.get("WS310")
    found = run("rule", "WS310", "--format", "json").json
    assert found["reads"] == {"environment.air_routes": "routes.geojson"}
    assert found["files"] == dict(rule.files)
    assert "environment.air_routes names; in the examples this is routes.geojson" in " ".join(
        run("rule", "WS310").out.split()
    )
    (tmp_path / "routes.geojson").write_text(rule.files["routes.geojson"], encoding="utf-8")
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text(whole(rule.bad), encoding="utf-8")
    assert "Data: the file under environment.air_routes." in run("check", plan, "--explain", "--select", "WS310").out


@contextmanager
def _watching(*arguments: object, errors: int = subprocess.STDOUT) -> Iterator[IO[str]]:
    """What a process writes that watches; it is interrupted, and must end well."""
    command = [sys.executable, "-m", "waterspace", "check", *map(str, arguments), "--watch"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment) as process:
        assert process.stdout is not None
        patience = threading.Timer(120.0, process.kill)
        patience.start()
        try:
            yield process.stdout
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            patience.cancel()
            process.kill()


def _read_until(stream: IO[str], text: str) -> None:
    assert any(text in line for line in stream), f"{text!r} was not written"


def test_watching_checks_again_when_the_file_changes_and_ends_at_an_interrupt(file: Path) -> None:
    with _watching(file, "--select", "WS201") as said:
        _read_until(said, "1 error")
        file.write_text(file.read_text(encoding="utf-8").replace("T01:00Z", "T02:00Z"), encoding="utf-8")
        _read_until(said, "no findings")


def test_watching_checks_again_when_settings_data_or_baseline_change(file: Path) -> None:
    areas, settings = file.parent / "areas.geojson", file.parent / "waterspace.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}environment: {{areas: areas.geojson}}\n", encoding="utf-8")
    with _watching(file, "--select", "WS008,WS201") as said:
        _read_until(said, "there is no such file")
        areas.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
        _read_until(said, "1 error, 1 advice;")
        settings.write_text('[check]\nignore = ["WS201"]\n', encoding="utf-8")
        _read_until(said, "1 advice; 1 rule")
        settings.write_text('[check]\nbaseline = "known.json"\n', encoding="utf-8")
        _read_until(said, "cannot be read as a baseline: no such file")
        (file.parent / "known.json").write_text('{"waterspace_baseline": 1, "findings": []}', encoding="utf-8")
        _read_until(said, "1 error, 1 advice new")


def test_watching_writes_a_program_nothing_but_its_format(file: Path) -> None:
    with _watching(file, "--select", "WS201", "--format", "github", errors=subprocess.DEVNULL) as said:
        assert said.readline().startswith("::error file=")


def test_watching_and_mending_does_not_check_what_it_wrote_itself(file: Path) -> None:
    file.write_text(whole(MISSPELT), encoding="utf-8")
    with _watching(file, "--fix", "--select", "WS001") as said:
        _read_until(said, "mended WS001")
        _read_until(said, "no findings")
        _read_until(said, "none")
        file.write_text(whole(MISSPELT).replace("BRAVVO", "ALFFA"), encoding="utf-8")
        assert "-- " in said.readline()
        _read_until(said, "mended WS001: Write ALFA for ALFFA")


def test_suggestions_are_looked_for_after_mending(run: Run, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("area: WEST", "area: WESST", 1), encoding="utf-8")
    outcome = run("check", file, "--fix", "--suggest", "--select", "WS001,WS201")
    assert "mended WS001" in outcome.out
    assert "Suggestion: Start " in outcome.out
