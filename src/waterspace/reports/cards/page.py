"""Cards as one HTML page, each of them one sheet of A4."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.reports.cards import words
from waterspace.reports.lines import local_span, utc_span
from waterspace.reports.sheets import render_sheet

if TYPE_CHECKING:
    from waterspace.reports.cards.values import Card

__all__ = ["as_html"]

_SIZES = (47, 56, 66, 81, 94, 112)
"""Most lines, as `_length` counts them, that fit on a sheet in each size of type, the largest first; more take the
smallest type and run on."""

_LEAST_FINDINGS = 3
"""Findings about its serials that are told however much else there is."""

_COLUMNS = {"with": 38, "title": 24, "officer": 24, "half": 58, "rest": 105, "whole": 125}
"""Letters to a line in the columns of the sheet, in type of middle size."""


def as_html(cards: Sequence[Card]) -> str:
    """Every card on a sheet of its own, in black and white, in the largest type in which it fits."""
    return render_sheet(
        "cards.html.jinja",
        "cards.css",
        cards=[_sheet(card) for card in cards],
        title=cards[0].exercise if cards else "Cards",
        words=words,
        utc_span=utc_span,
        local_span=local_span,
    )


def _sheet(card: Card) -> tuple[Card, str, int]:
    """A card, the class of its size, and how many findings about its serials were left out so that it fits."""
    kept = card
    while _length(kept) > _SIZES[-1] and len(kept.serial_findings) > _LEAST_FINDINGS:
        kept = replace(kept, serial_findings=kept.serial_findings[:-1])
    return kept, f"size-{_size(kept)}", len(card.serial_findings) - len(kept.serial_findings)


def _size(card: Card) -> int:
    length = _length(card)
    return next((size for size, most in enumerate(_SIZES) if length <= most), len(_SIZES) - 1)


def _length(card: Card) -> int:
    """About how many lines a card takes."""
    offset_ms = card.local_offset_ms
    rows = 7 + len(card.command)
    for serial in card.serials:
        cells = (
            2 if serial.window else 3,
            _lines(f"{serial.id} {words.title_words(serial)}", "title"),
            _lines(words.with_words(serial), "with"),
            _lines(serial.conducting or "not named", "officer") + _lines(serial.safety or "not named", "officer"),
        )
        rows += max(cells)
        rows += _lines("; ".join(serial.particulars), "rest") if serial.particulars else 0
    passages = sum(
        _lines(f"{one.origin} to {one.destination} {words.passage_words(one)}", "half") for one in card.passages
    )
    rows += max(passages, len(card.days)) + 1
    texts = [" ".join(f"{name} {', '.join(units)}" for name, units in card.groups)]
    texts += [f"{one.name} {words.area_words(one)}" for one in card.areas]
    texts += [
        f"{one.title} {words.danger_words(one, offset_ms)} {words.active_words(one, card)} "
        f"{words.plot_words(one.footprint)}"
        for one in card.dangers
    ]
    texts += [words.notice_words(one, offset_ms) for one in card.notices]
    texts += [f"{one.name} {one.details}" for one in card.nets]
    texts += [f"{one.severity.value} {one.code} {one.message}" for one in (*card.findings, *card.serial_findings)]
    texts.append(f"{' ' * 110}{', '.join(card.not_checked)}")
    return rows + 9 + sum(_lines(text, "whole") for text in texts)


def _lines(text: str, column: str) -> int:
    return max(1, math.ceil(len(text) / _COLUMNS[column]))
