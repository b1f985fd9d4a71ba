"""Ten faults in a file are all listed with their lines, and so are ten findings in a plan."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import here

PASSEX = Path(__file__).parents[2] / "examples" / "passex.exercise.yaml"

FAULTS = {
    "waterspace: 1": "waterspace: 7",
    "{name: PASSEX, period:": "{name: PASSEX, periode: x, period:",
    '"+09:00"': '"nine hours ahead"',
    "start: 36-50N 130-25E": "start: 36.8 130.4",
    "start: 36-50N 130-35E": "start: 36-70N 130-35E",
    "flagship: ALFA, roles": "flagship: ALFA, confidence: sure, roles",
    "radius: 10 nm": "radius: 10",
    "O2: {text: Keep": "O1: {text: Keep",
    "type: communications_check": "type: comunications_check",
    "start: 2026-06-09T05:00Z": "start: 2026-06-09T05:00",
}
"""What the smallest example says, and what it must not say: one kind of fault each."""


def check(path: Path) -> tuple[int, list[dict[str, object]]]:
    result = here("check", "--format", "json", path)
    assert "Traceback" not in result.stderr
    return result.returncode, json.loads(result.stdout)["findings"]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_ten_faults_of_different_kinds_are_all_listed_with_their_lines(tmp_path: Path) -> None:
    text = PASSEX.read_text(encoding="utf-8")
    wanted = set()
    for good, bad in FAULTS.items():
        assert text.count(good) == 1, good
        wanted.add(line_of(text, good))
        text = text.replace(good, bad)
    path = tmp_path / "faulty.exercise.yaml"
    path.write_text(text, encoding="utf-8")
    status, findings = check(path)
    assert status == 2
    assert {finding["code"] for finding in findings} == {"WS000"}
    assert len(findings) == len(FAULTS)
    assert {finding["line"] for finding in findings} == wanted
    assert len({finding["message"] for finding in findings}) == len(FAULTS)


BAD_PLAN = """\
waterspace: 1
exercise: {name: Bad plan, period: {start: 2026-06-09T00:00Z, end: 2026-06-10T00:00Z}}
units:
  ALFA: {name: Alfa, nation: KOR, class: sejong, start: 36-50N 130-25E, command_ship: yes}
  BRAVO: {name: Bravo, nation: USA, class: burke2a, start: 36-50N 130-35E}
groups:
  PAIR: {units: [ALFA, BRAVO], flagship: ALFA, roles: [OTC]}
areas:
  COAST: {name: Off Pohang, circle: {centre: 36-05N 129-40E, radius: 8 nm}}
  FAR: {name: Far away, circle: {centre: 41-00N 134-00E, radius: 8 nm}}
  SPARE: {name: Spare, circle: {centre: 37-00N 131-30E, radius: 5 nm}}
objectives:
  O1: {text: Hit the target in two of three runs, owner: PAIR}
  O2: {text: Nobody works on this, owner: PAIR}
serials:
  S1:
    {type: gunnery, area: COAST, start: 2026-06-09T11:00Z, duration: 3 h, objectives: O1,
     units: {firing: ALFA, safety: BRAVO}, safety_officer: Gunnery officer of Bravo}
  S2: {type: manoeuvres, area: COAST, start: 2026-06-09T13:00Z, duration: 2 h, units: {ships: [ALFA, CHARLIE]}}
  S3: {type: manoeuvres, area: FAR, start: 2026-06-09T15:30Z, duration: 2 h, objectives: O1, units: {ships: ALFA}}
  S4: {type: communications_check, start: 2026-06-10T01:00Z, duration: 30 min, objectives: O1, units: {control: ALFA}}
"""


def test_ten_findings_of_different_rules_are_all_reported(tmp_path: Path) -> None:
    path = tmp_path / "bad.exercise.yaml"
    path.write_text(BAD_PLAN, encoding="utf-8")
    status, findings = check(path)
    assert status == 1
    expected = {
        "WS001": "CHARLIE",
        "WS002": "SPARE",
        "WS003": "S4",
        "WS101": "ALFA",
        "WS102": "ALFA",
        "WS104": "S4",
        "WS201": "S2",
        "WS301": "KOR",
        "WS401": "S1",
        "WS501": "S1",
        "WS701": "S2",
        "WS702": "O2",
    }
    found = {(finding["code"], subject) for finding in findings for subject in finding["subjects"]}  # type: ignore[attr-defined]
    messages = {str(finding["code"]): str(finding["message"]) for finding in findings}
    for code, subject in expected.items():
        assert (code, subject) in found or subject in messages.get(code, ""), (code, subject, sorted(messages))
