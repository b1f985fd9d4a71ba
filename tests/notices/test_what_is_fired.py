"""What a practice fires, from the key of the file to the words of the warning, and to those below the surface."""

from __future__ import annotations

from dataclasses import replace

import pytest

from draft_cases import faults
from source_tree import ROOT
from waterspace import check, planfile
from waterspace.domain import SURFACE, Exercise
from waterspace.messages.audience import Kind
from waterspace.messages.draft import Draft, Issuer
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Message
from waterspace.messages.writing import navarea
from waterspace.notices import draft_all
from waterspace.notices.promulgation import Task, promulgation_plan
from waterspace.programme import build
from waterspace.programme.subjects import fired
from waterspace.serials.gunnery import Fired

FIRING = (ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml").read_text(encoding="utf-8")
CALLED = {
    Fired.GUNS: (Category.GUNNERY, "GUNNERY EXERCISES"),
    Fired.MISSILES: (Category.MISSILE, "MISSILE FIRING EXERCISES"),
    Fired.ROCKETS: (Category.ROCKET_LAUNCHING, "ROCKET FIRING EXERCISES"),
    Fired.BOMBS: (Category.BOMBING, "BOMBING EXERCISES"),
    Fired.TORPEDOES: (Category.MISSILE, "TORPEDO EXERCISES"),
}
DELTA = "  DELTA: {name: Delta, nation: JPN, class: boat, start: 36-54N 130-30E}\n"
WAY = """\
  S2:
    type: transit
    route: [36-54N 130-30E, 37-06N 130-30E]
    depth: 50 m
    start: 2026-06-09T03:15Z
    units: {units: DELTA}
notices:
"""
BOAT = """
classes:
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, range: 6000 nm,
         endurance: 40 d}
"""


def practice(more: str) -> str:
    """The file of the packaged practice, with more said of the serial."""
    return FIRING.replace("    target: surface\n", f"    target: surface\n{more}")


def loaded(text: str) -> Exercise:
    return planfile.loads(text.encode(), "practice.exercise.yaml")


def firing(kind: str) -> Exercise:
    """The practice, firing something; its name speaks of lasers, which decides nothing."""
    return loaded(practice(f"    name: Laser trial\n    fires: {kind}\n"))


def warning(exercise: Exercise) -> Draft:
    """The draft for ships."""
    (draft,) = (draft for draft in draft_all(exercise) if draft.kind != Kind.NOTAM)
    return draft


def crossed(kind: str) -> set[str]:
    """The codes that the check finds where a submerged boat crosses the practice."""
    text = practice(f"    fires: {kind}\n").replace("groups:\n", f"{DELTA}groups:\n").replace("notices:\n", WAY)
    return {finding.code for finding in check(loaded(text + BOAT)).findings}


def test_every_kind_that_can_be_fired_has_a_name_in_warnings() -> None:
    assert set(CALLED) == set(Fired)


@pytest.mark.parametrize("kind", Fired)
def test_the_warning_of_a_practice_says_what_its_file_says_is_fired(kind: Fired) -> None:
    category, words = CALLED[kind]
    draft = warning(firing(kind.value))
    assert draft.category is category
    for issuer in Issuer:
        meant = replace(draft, issuer=issuer)
        assert not faults(meant, read(Message(id="", text=navarea.write(meant))), Notation.HUNDREDTHS.resolution_deg)
    text = " ".join(navarea.write(replace(draft, issuer=Issuer.USA)).split())
    assert words in text


@pytest.mark.parametrize("kind", Fired)
def test_notices_know_the_word_of_every_kind(kind: Fired) -> None:
    subject = fired(kind.value)
    assert subject is not None
    assert subject.category is CALLED[kind][0]


def test_a_practice_that_says_nothing_fires_guns() -> None:
    assert warning(loaded(practice(""))) == warning(loaded(practice("    fires: guns\n")))


@pytest.mark.parametrize("kind", Fired)
def test_only_torpedoes_are_a_danger_below_the_keels_of_ships(kind: Fired) -> None:
    danger = next(claim for claim in build(firing(kind.value)).reservations if claim.hazard.endangers_shipping)
    assert (danger.band.floor_m < SURFACE.floor_m) is (kind is Fired.TORPEDOES)


def test_a_submerged_boat_is_kept_away_from_torpedoes() -> None:
    assert "WS205" in crossed("torpedoes")
    assert "WS205" not in crossed("guns")


def remarks(name: str, more: str = "") -> str:
    """What the promulgation plan remarks on where the practice has a name."""
    steps = promulgation_plan(loaded(practice(f"    name: {name}\n{more}"))).steps
    return " ".join(step.remark for step in steps if step.task is Task.PROMULGATE)


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        (
            "Missile firing",
            "",
            "The name of S1 says missiles, and `fires` is guns or is not given: drafted as gunnery.",
        ),
        ("TORPEDO FIRING", "", "says torpedoes, and `fires` is guns or is not given"),
        ("MISSILEX 2", "", "says missiles, and `fires` is guns or is not given"),
        ("GUNEX", "    fires: missiles\n", "says guns, and `fires` is missiles: drafted as missile."),
        (
            "Rocket practice",
            "    fires: missiles\n",
            "says rockets, and `fires` is missiles: drafted as missile.",
        ),
    ],
)
def test_a_name_that_says_something_else_is_remarked_on(name: str, more: str, said: str) -> None:
    assert said in remarks(name, more)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Missile firing", "    fires: missiles\n"),
        ("Gunnery against missiles", ""),
        ("Serial 42", ""),
        ("Sinkex", ""),
        ("GUNEX 1", ""),
        ("MISSILEX", "    fires: missiles\n"),
        ("Laser trial", ""),
    ],
)
def test_a_name_that_says_what_is_fired_or_nothing_is_not(name: str, more: str) -> None:
    assert "The name of" not in remarks(name, more)
