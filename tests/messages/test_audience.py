"""Audiences: what a notice is by the words of its plan."""

from __future__ import annotations

import pytest

from waterspace.messages.audience import WORDS, Kind, kind_of, reaches_airmen, reaches_ships


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("navarea", Kind.NAVAREA),
        ("NAVAREA XI", Kind.NAVAREA),
        ("coastal warning by NAVTEX", Kind.COASTAL),
        ("Avurnav", Kind.COASTAL),
        ("S124", Kind.S124),
        ("s-124 dataset", Kind.S124),
        ("AIS", Kind.AIS),
        ("NtM", Kind.MARINERS),
        ("HYDROLANT", Kind.HYDROLANT),
        ("NOTAMs", Kind.NOTAM),
        ("letters", Kind.LETTER),
        ("navtex message", Kind.NAVTEX),
        ("semaphore", None),
        ("", None),
    ],
)
def test_words_tell_what_a_notice_is(words: str, kind: Kind | None) -> None:
    assert kind_of(words) is kind


@pytest.mark.parametrize("kind", Kind)
def test_the_name_of_a_kind_is_a_word_for_it(kind: Kind) -> None:
    assert kind in WORDS
    assert kind_of(kind) is kind


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_reaches_ships_or_airmen_or_those_whom_it_is_sent_to(kind: Kind) -> None:
    assert reaches_airmen(kind) is (kind is Kind.NOTAM)
    assert reaches_ships(kind) is (kind not in (Kind.NOTAM, Kind.LETTER))
