"""What an editor is told: of keys, ids, amounts, positions and rules; what it may write; where names are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from plan_texts import FULL
from source_tree import ROOT
from waterspace import checks, planfile
from waterspace.checks.references import references
from waterspace.environment import classes
from waterspace.lsp.completion import OfferKind, complete
from waterspace.lsp.hover import about_rule, hover
from waterspace.lsp.keys import key_at, keys_in, sections
from waterspace.lsp.names import targets_of
from waterspace.lsp.outline import outline
from waterspace.lsp.plan import Plan
from waterspace.lsp.text import Text
from waterspace.serials import registry

EXAMPLES = sorted((ROOT / "examples").glob("*.exercise.yaml"))
TEXT = (ROOT / "examples" / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")
PLAN = Plan(Text(TEXT), exercise=planfile.loads(TEXT))
GUNNERY = "\n  S900:\n    type: gunnery\n"


def _hovered(word: str, after: str = "", plan: Plan = PLAN) -> str:
    body = plan.text.body
    shown = hover(plan, body.index(word, body.index(after)) + 1)
    return "" if shown is None else shown.markdown


# ---------------------------------------------------------------------------------------------------------- hovers


@pytest.mark.parametrize(
    ("word", "after", "said"),
    [
        (
            "half_angle",
            "",
            ("To each side of the line of fire", "an angle in degrees", "at least 1 deg, at most 180 deg"),
        ),
        ("confidence", "", ("reported: a page says it",)),
        ("18 nm", "S109", ("33,336 m", "18.000 nm", "33.336 km")),
        ("12 kn", "S007", ("6.17 m/s", "12.0 kn", "22.2 km/h")),
        ("4 h", "S007", ("14,400 s",)),
        ('"240"', "S007", ("240 degrees true", "reciprocal 060")),
        ("2023-07-22T00:00Z", "S109", ("2023-07-22T00:00:00Z", "220000Z JUL 23", "220900I JUL 23")),
        ("surface to 10000 ft", "SIERRA:", ("0.0 m to 3,048.0 m",)),
        (
            "39-48N 133-12.6E",
            "areas:",
            ("39.80000, 133.21000 (latitude, longitude)", "nearest land", "not a legal limit"),
        ),
        ("QIQIHAR, TRIBUTS", "S109", ("units", "Qiqihar", "destroyer", "used 1")),
        ("SIERRA", "S109", ("areas", "Surface firing area", "Defined in line")),
        (
            "S109:",
            "",
            (
                "serials",
                "Planned 220000Z JUL 23 to 220300Z JUL 23, local 220900I JUL 23 to 221200I JUL 23",
            ),
        ),
        ("O3", "S109", ("objectives", "nobody in the danger area")),
        ("type052d", "", ("Type 052D", "greatest speed 30.0 kn")),
        ("CNTAO", "", ("Qingdao", "CHN", "port")),
        ("gunnery", "S109", ("Ships in column pass a target",)),
        ("WS105", "", ("fallback-speed", "Source:", "Good:")),
    ],
)
def test_a_hover_says_what_a_planner_asks(word: str, after: str, said: tuple[str, ...]) -> None:
    markdown = _hovered(word, after)
    assert all(part in markdown for part in said), markdown


def test_a_hover_between_words_says_nothing() -> None:
    assert hover(PLAN, TEXT.index("\n\nparticipants:") + 1) is None


def test_a_rule_tells_under_which_key_its_data_is_named() -> None:
    assert "Data: it reads the file that `environment.firs` names; in the examples `firs.geojson`." in about_rule(
        checks.get("WS312")
    )
    assert "Data:" not in about_rule(checks.get("WS201"))


def test_an_unknown_code_of_a_rule_says_so() -> None:
    assert "no rule WS999" in _hovered("WS999", plan=Plan(Text(TEXT + "# WS999\n")))


def test_every_key_of_every_example_means_something_and_that_is_what_the_schema_says() -> None:
    described = str(planfile.json_schema())
    seen = 0
    for file in EXAMPLES:
        plan = Plan(Text(file.read_text(encoding="utf-8")))
        assert plan.layout is not None
        for path in plan.layout.tree.paths():
            if plan.layout.key_span(path) is not None and path[:-1] not in (*sections(), ("environment", "holders")):
                key = key_at(path, plan.type_of)
                assert key is not None, path
                assert key.text
                assert repr(key.text)[1:-1] in described or "Default:" in described
                seen += 1
    assert seen > 1000


def test_half_typed_text_around_it_does_not_keep_a_hover_away() -> None:
    broken = TEXT.replace("    area: SIERRA\n", "    area: SIERRA\n    rang\n")
    line = broken[: broken.index("    rang\n")].count("\n")
    plan = Plan(Text(TEXT)).edited(Text(broken), line)
    assert "Surface firing area" in _hovered("SIERRA", "S109:", plan)


# ------------------------------------------------------------------------------------------------------ completion


def _offered(typed: str, *, before: str = "", text: str = TEXT) -> list[str]:
    """What is offered where `|` stands in a text that is put into the example, at the top of its serials."""
    at = text.index("  S001:\n") if not before else text.index(before)
    offset = typed.index("|")
    source = text[:at] + typed.replace("|", "", 1) + "\n" + text[at:]
    plan = Plan(Text(text), exercise=PLAN.exercise)
    plan = plan.edited(Text(source), source[: at + offset].count("\n"))
    return [offer.label for offer in complete(plan, at + offset)]


def test_keys_of_the_type_are_offered_first_and_none_that_is_there() -> None:
    offered = _offered(GUNNERY.strip("\n") + "\n    bearing: 000\n    ra|")
    assert {"range", "half_angle", "area", "units", "start"} <= set(offered)
    assert not {"type", "bearing", "convoy", "route"} & set(offered)
    assert offered.index("range") < offered.index("area") < offered.index("note")


def test_required_keys_come_first_and_the_key_is_written_with_its_colon() -> None:
    plan = Plan(Text("waterspace: 1\nunits:\n  Q:\n    "))
    offers = complete(plan, len(plan.text.body))
    assert {offer.label for offer in offers[:3]} == {"name", "nation", "class"}
    assert all(offer.is_required for offer in offers[:3])
    assert offers[0].new.endswith(": ")
    top = complete(Plan(Text("waterspace: 1\n")), len("waterspace: 1\n"))
    assert next(offer.new for offer in top if offer.label == "serials") == "serials:"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  S900:\n    type: |", set(registry.keys())),
        ("  S900:\n    after: |", {"S001", "S109"}),
        ("  S900:\n    after: [S001, |", {"S001", "S109"}),
        ("  S900:\n    after:\n    - |", {"S001", "S109"}),
        ("  S900:\n    area: |", {"SIERRA", "TANGO"}),
        ("  S900:\n    phase: |", {"EXECUTION"}),
        ("  S900:\n    objectives: [|", {"O1", "O7"}),
        ("  S900:\n    type: gunnery\n    units: {|", {"firing", "target", "safety"}),
        ("  S900:\n    type: gunnery\n    units:\n      firing: [|", {"QIQIHAR", "RUS-GROUP"}),
        ("  S900:\n    type: gunnery\n    target: |", {"surface", "air"}),
        ("  S900:\n    confidence: |", {"reported", "estimated", "assumed"}),
        ("  S900:\n    type: gunnery\n    start: |", {"2023-07-20T12:00Z"}),
        ("  S900:\n    conditions: {|", {"daylight", "sea_state"}),
    ],
)
def test_what_may_stand_there_is_offered(typed: str, expected: set[str]) -> None:
    assert expected <= set(_offered(typed))


def test_classes_homes_countries_and_rules_come_from_the_tables() -> None:
    unit = "  NEW:\n    "
    assert set(classes.library()) <= set(_offered(f"{unit}class: |", before="  QIQIHAR:"))
    assert {"CNTAO", "UHWW", "TRIBUTS"} <= set(_offered(f"{unit}home: |", before="  QIQIHAR:"))
    assert _offered(f"{unit}nation: |", before="  QIQIHAR:")[:2] == ["CHN", "RUS"]
    assert {"JPN", "KOR"} <= set(_offered(f"{unit}nation: |", before="  QIQIHAR:"))
    rules = _offered("check:\n  suppress:\n  - rule: |", before="participants:")
    assert rules == [rule.code for rule in checks.rules()]


def test_a_serial_is_not_offered_to_itself_nor_an_id_where_a_text_stands() -> None:
    assert "S900" not in _offered("  S900:\n    after: |")
    assert _offered("  S900:\n    name: |") == []
    assert _offered("  S900:\n    # area: |") == []


def test_a_word_in_quotation_marks_is_replaced_between_them() -> None:
    text = 'waterspace: 1\nareas: {ALFA: {}}\nserials:\n  S1: {area: "A"}\n'
    plan = Plan(Text(text))
    offset = text.index('"A"') + 2
    offer = next(offer for offer in complete(plan, offset) if offer.label == "ALFA")
    assert text[: offer.span[0]] + offer.new + text[offer.span[1] :] == text.replace('"A"', '"ALFA"')


@pytest.mark.parametrize("kind", [OfferKind.KEY, OfferKind.TYPE])
def test_what_is_offered_is_explained(kind: OfferKind) -> None:
    for typed in ("  S900:\n    type: |", "  S900:\n    |"):
        source = TEXT.replace("  S001:\n", f"{typed.replace('|', '')}\n  S001:\n", 1)
        offset = source.index(typed.replace("|", "")) + typed.index("|")
        for offer in complete(Plan(Text(source)), offset):
            assert offer.markdown or offer.kind is not kind


# ----------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("text", [FULL, *(file.read_text(encoding="utf-8") for file in EXAMPLES)])
def test_every_reference_that_the_rules_know_is_known_here(text: str) -> None:
    plan = Plan(Text(text))
    assert plan.names is not None
    uses = {use.path: use for use in plan.names.uses}
    for reference in references(planfile.loads(text)):
        path = reference.path if reference.path in uses else reference.path[:-1]
        assert path in uses, f"{'.'.join(reference.path)} is missing from the table in waterspace.lsp.names"
        assert uses[path].id == reference.name
        if "classes" not in targets_of(path):
            assert (uses[path].section == "") is reference.is_dangling


def test_every_key_that_speaks_of_ids_leads_to_sections_that_exist() -> None:
    known = {".".join(section) for section in sections()}
    lost = []
    for section in sections():
        for key in keys_in((*section, "ID"), lambda _: None):
            if key.text.startswith(("Id of", "Ids of")) and not targets_of((*section, "ID", key.name)):
                lost.append((section, key.name))
            assert set(targets_of((*section, "ID", key.name))) <= known
    assert not lost


def test_a_definition_and_its_uses_are_found_from_each_of_them() -> None:
    names = PLAN.names
    assert names is not None
    definition = names.definitions["units"]["QIQIHAR"]
    occurrences = names.occurrences(definition)
    assert len(occurrences) > 10
    assert definition in occurrences
    for one in occurrences:
        assert TEXT[slice(*one.span)] == "QIQIHAR"
        found = names.at(one.span[0])
        assert found is not None
        assert names.definition(found) == definition
        assert names.occurrences(found) == occurrences


def test_the_outline_has_every_entry_inside_its_section() -> None:
    headings = outline(PLAN)
    assert [heading.name for heading in headings][:4] == ["waterspace", "exercise", "settings", "participants"]
    by_name = {heading.name: heading for heading in headings}
    assert len(by_name["serials"].inner) == len(PLAN.exercise.serials) if PLAN.exercise else False
    assert [inner.name for inner in by_name["context"].inner] == ["exercises", "observers"]
    for heading in headings:
        for one, following in pairwise(heading.inner):
            assert heading.span[0] <= one.span[0] <= one.span[1] <= following.span[0] <= heading.span[1]
    assert outline(replace(PLAN, text=Text("{"))) == ()
