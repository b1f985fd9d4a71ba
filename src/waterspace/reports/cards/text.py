"""Cards as text of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from waterspace.reports.cards import words
from waterspace.reports.lines import WIDTH, joined, span, wrapped

if TYPE_CHECKING:
    from waterspace.reports.cards.values import Card, CardPassage, CardSerial

__all__ = ["as_text"]


def as_text(cards: Iterable[Card]) -> str:
    """Every card, a line across the page between two of them."""
    between = f"\n{'=' * WIDTH}\n\n"
    return between.join("".join(f"{line}\n" for line in _card(card)) for card in cards)


def _card(card: Card) -> Iterator[str]:
    if card.marking:
        yield from wrapped(card.marking)
    hull = f" {card.hull}" if card.hull else ""
    yield from wrapped(f"{card.unit}: {card.name}{hull} ({card.nation})")
    yield from wrapped(words.unit_words(card))
    yield from wrapped(f"{card.exercise}, {words.period_words(card)}")
    for text in card.command:
        yield from wrapped(text, "- ")
    yield from _section("Serials", (line for serial in card.serials for line in _serial(serial, card)), "none")
    groups = (line for name, units in card.groups for line in _bullet(name, joined(list(units))))
    yield from _section("Groups named above", groups)
    yield from _section("Passages", (line for one in card.passages for line in _bullet(*_passage(one))))
    yield from _section("Sun, where it is at noon", _days(card))
    areas = (line for one in card.areas for line in _bullet(f"{one.id} {one.name}", words.area_words(one)))
    yield from _section("Areas", areas)
    yield from _section("Danger areas of others near its way", _dangers(card), "none within 10 nm of its planned way")
    notices = (line for one in card.notices for line in _bullet(one.id, words.notice_words(one, card.local_offset_ms)))
    yield from _section("Notices about its serials", notices)
    yield from _section("Nets", (line for one in card.nets for line in _bullet(one.name, one.details)))
    yield from _section("Findings", _findings(card), "none about it or its serials")


def _section(title: str, lines: Iterator[str], none: str = "") -> Iterator[str]:
    """A heading and its lines; without lines, what the reader is told instead, or nothing."""
    found = list(lines)
    if found or none:
        yield ""
        yield title.upper()
        yield from found or [f"  {none}"]


def _bullet(name: str, text: str) -> list[str]:
    return wrapped(f"{name}: {text}" if text else name, "- ")


def _serial(serial: CardSerial, card: Card) -> Iterator[str]:
    window = serial.window
    yield from wrapped(
        f"no planned time: {serial.untimed}" if window is None else span(window, card.local_offset_ms), "- "
    )
    where = words.where_words(serial)
    yield from wrapped(f"{serial.id} {words.title_words(serial)}" + (f"; {where}" if where else ""), "  ", "    ")
    if serial.partners:
        yield from wrapped(f"with {words.with_words(serial)}", "  ", "    ")
    for text in serial.particulars:
        yield from wrapped(text, "  ", "    ")
    yield from wrapped(words.officer_words(serial), "  ", "    ")


def _passage(passage: CardPassage) -> tuple[str, str]:
    origin = passage.origin or "base or start"
    return f"{origin} to {passage.destination}", words.passage_words(passage)


def _days(card: Card) -> Iterator[str]:
    for day in card.days:
        date, rise, set_ = words.day_words(day, card.local_offset_ms)
        place = words.place_words(day.position)
        yield f"  {date:<9} rises {rise:<17}  sets {set_:<17}  {place}".rstrip()


def _dangers(card: Card) -> Iterator[str]:
    for one in card.dangers:
        active = words.active_words(one, card)
        told = words.danger_words(one, card.local_offset_ms)
        yield from _bullet(one.title, f"{told}; {active}; {words.plot_words(one.footprint)}")


def _findings(card: Card) -> Iterator[str]:
    for one in words.by_gravity((*card.findings, *card.serial_findings)):
        yield from wrapped(f"{one.severity.value} {one.code}: {one.message}", "- ")
    if card.not_checked:
        yield from wrapped(f"not checked, or in part only: {', '.join(card.not_checked)}", "- ")
