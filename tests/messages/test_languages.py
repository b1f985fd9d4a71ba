"""Tables of languages: what they hold, and that whoever mends one is told everything that is wrong with it."""
# ruff: noqa: RUF001  # its letters are its own

from __future__ import annotations

from importlib.resources import files

import pytest

from waterspace.errors import DataFileError
from waterspace.messages.languages import CODES, Standing, language, parse

every_language = pytest.mark.parametrize("code", CODES)


def text_of(code: str) -> str:
    return (files("waterspace.messages.languages") / f"{code}.toml").read_text(encoding="utf-8")


@every_language
def test_every_file_holds_what_the_english_one_holds(code: str) -> None:
    own = language(code)
    assert own.seas.keys() == language("en").seas.keys()
    assert own.card.keys() == language("en").card.keys()
    assert bool(own.warning) == (code != "en")


def test_english_is_the_source_and_the_others_are_machine_made_until_somebody_reviews_them() -> None:
    assert {code: language(code).standing for code in CODES} == {
        code: Standing.SOURCE if code == "en" else Standing.MACHINE for code in CODES
    }
    reviewed = text_of("ja").replace('standing = "machine"', 'standing = "reviewed"')
    with pytest.raises(DataFileError, match="reviewed_by is empty: expected who reviewed it"):
        parse(reviewed, "ja.toml")
    named = reviewed.replace('reviewed_by = ""', 'reviewed_by = "A. Speaker, 2026-10-01"')
    assert parse(named, "ja.toml").standing is Standing.REVIEWED


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('where = "Где"\n', "", r"card\.phrases\.where is missing"),
        ('where = "Где"', 'were = "Где"', r"card\.phrases\.were is not known"),
        ('where = "Где"', 'where = ""', r"card\.phrases\.where is empty"),
        ('where = "Где"', "where = 1", r"card\.phrases\.where is 1: expected a text"),
        (
            '{distance} от точки {place}"',
            '{distance} от точки"',
            r"card\.phrases\.circle has \{distance\} to be filled",
        ),
        ("в точке {place}", "в точке {palce}", r"card\.phrases\.position has \{palce\}"),
        ("в точке {place}", "в точке {place", r"card\.phrases\.position cannot be filled in"),
        ('days = ["пн", ', "days = [", r"card\.calendar\.days has 6 entries: expected 7 texts"),
        ('standing = "machine"', 'standing = "good"', r"standing is 'good': expected one of source, machine, reviewed"),
        ('utc_offset = "+03:00"', 'utc_offset = "3"', r"warning\.utc_offset is '3': expected hours"),
        ("'(^|[^1])1$|[.,]'", "'('", r"singular is no regular expression"),
        ("[seas]", "[seas", "The file is no TOML"),
        ('stretch = "С {start} ДО {end}"', 'stretch = "С {start}"', r"warning\.phrases\.stretch has \{start\}"),
        ('hemispheres = "СЮВЗ"', 'hemispheres = "С"', r"warning\.hemispheres is 'С'"),
    ],
)
def test_whatever_is_wrong_with_a_file_is_named(old: str, new: str, fault: str) -> None:
    text = text_of("ru")
    assert old in text
    with pytest.raises(DataFileError, match=fault):
        parse(text.replace(old, new, 1), "ru.toml")


def test_all_faults_of_a_file_are_named_at_once() -> None:
    text = text_of("ko").replace('where = "장소"\n', "").replace('when = "일시"\n', "")
    with pytest.raises(DataFileError, match=r"where is missing.*when is missing"):
        parse(text, "ko.toml")


def test_a_language_that_does_not_ship_is_an_error_that_names_those_that_do() -> None:
    with pytest.raises(ValueError, match="there are en, ja, zh, ru, ko"):
        language("fr")
