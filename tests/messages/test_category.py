"""What a warning in English is about, by the words that name it."""

from __future__ import annotations

import pytest

from waterspace.messages.category import category
from waterspace.messages.lexing import tokens
from waterspace.messages.reading import Category


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("GUNEX", Category.GUNNERY),
        ("MISSILEX", Category.MISSILE),
        ("TORPEX", Category.MISSILE),
        ("TORPEDO FIRING", Category.MISSILE),
        ("BOMBEX", Category.BOMBING),
        ("SINKEX", Category.MILITARY_EXERCISE),
        ("SINKING EXERCISE", Category.MILITARY_EXERCISE),
        ("VESSEL SINKING. EXERCISE CAUTION", Category.DISTRESS),
        ("VESSEL SINKING EXERCISE CAUTION", Category.DISTRESS),
        ("TELEX 230172343", Category.OTHER),
    ],
)
def test_the_short_names_of_exercises_tell_what_they_are(words: str, about: Category) -> None:
    assert category(tokens(words)) is about
