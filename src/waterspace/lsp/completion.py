"""What an editor offers to write at a cursor: keys, ids, words, types of serials, classes, ports, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace import checks
from waterspace.lsp.cursor import find_cursor
from waterspace.lsp.hover import about_key, about_platform, about_rule
from waterspace.lsp.keys import keys_in, value_kind
from waterspace.lsp.names import targets_of
from waterspace.planfile import scalars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from waterspace.lsp.cursor import Cursor
    from waterspace.lsp.keys import Key
    from waterspace.lsp.plan import Plan
    from waterspace.lsp.text import Span

__all__ = ["Offer", "OfferKind", "complete"]

_BREAK = re.compile(r"[\r\n]")
_STATES = "a country by three capital letters"


class OfferKind(StrEnum):
    """What is offered; editors draw a sign for it."""

    KEY = "key"
    ID = "id"
    WORD = "word"
    TYPE = "type"
    CLASS = "class"
    PLACE = "place"
    RULE = "rule"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to write.

    Attributes:
        label: what the list shows, and what is looked for in it.
        kind: what it is.
        detail: a few words beside it.
        markdown: what it means.
        new: what is written in place of the span.
        span: what is replaced: the word around the cursor.
        is_required: whether the mapping lacks it; it then comes first.
    """

    label: str
    kind: OfferKind
    new: str
    span: Span
    detail: str = ""
    markdown: str = ""
    is_required: bool = False


def complete(plan: Plan, offset: int) -> tuple[Offer, ...]:
    """What may be written at an offset, in the order in which it is to be offered; empty where nothing is known."""
    text = plan.text.body
    cursor = find_cursor(text, offset)
    if cursor.in_comment:
        return ()
    span = _word(text, cursor, offset)
    if cursor.writes_key is None:
        offers = _keys(plan, cursor, span, text) or _values(plan, cursor, span)
    else:
        offers = _keys(plan, cursor, span, text) if cursor.writes_key else _values(plan, cursor, span)
    return tuple(offers)


def _word(text: str, cursor: Cursor, offset: int) -> Span:
    """From the beginning of what is written to the end of the word under the cursor."""
    end = offset
    while end < len(text) and (text[end].isalnum() or text[end] in "_-"):
        end += 1
    written = text[min(cursor.start, offset) : offset]
    *above, last = _BREAK.split(written)
    start = offset - len(last.lstrip() if above else last)  # an edit that completes a word stays in its line
    return start, end


# ----------------------------------------------------------------------------------------------------------- keys


def _keys(plan: Plan, cursor: Cursor, span: Span, text: str) -> list[Offer]:
    known = keys_in(cursor.path, plan.type_of)
    given = cursor.given | _given(plan, cursor, text[span[0] : span[1]])
    offers = [_key(key, cursor, span, text) for key in known if key.name not in given]
    if not known and cursor.path == ("participants",):
        offers = [_colon(offer, cursor) for offer in _states(plan, span)]
    return sorted(offers, key=lambda offer: not offer.is_required)


def _given(plan: Plan, cursor: Cursor, written: str) -> frozenset[str]:
    """Keys that the mapping has behind the cursor, as far as the text can be read."""
    layout = plan.layout if plan.known is plan else None
    return frozenset() if layout is None else frozenset(layout.keys_at(cursor.path)) - {written}


def _key(key: Key, cursor: Cursor, span: Span, text: str) -> Offer:
    has_colon = text[span[1] : span[1] + 1] == ":"
    tail = "" if has_colon else ":" if key.holds != "text" and not cursor.in_brackets else ": "
    return Offer(
        label=key.name,
        kind=OfferKind.KEY,
        new=key.name + tail,
        span=span,
        detail=("required; " if key.required else "") + (key.expected or f"a {key.holds}"),
        markdown=about_key(key),
        is_required=key.required,
    )


def _colon(offer: Offer, cursor: Cursor) -> Offer:
    tail = ": " if cursor.in_brackets else ":"
    return Offer(label=offer.label, kind=OfferKind.KEY, new=offer.new + tail, span=offer.span, detail=offer.detail)


# --------------------------------------------------------------------------------------------------------- values


def _values(plan: Plan, cursor: Cursor, span: Span) -> list[Offer]:
    path = cursor.path
    key = value_kind(path, plan.type_of)
    if cursor.written and plan.text.body[span[0] : span[0] + 1] in {'"', "'"} and span[0] < span[1]:
        span = (span[0] + 1, span[1])  # between the quotation marks
    offers = [*_ids(plan, path, span), *_special(plan, path, span)]
    if key is not None:
        offers += _words(key, span)
        if not offers and key.expected.startswith(_STATES):
            offers = list(_states(plan, span))
        if not offers:
            offers = [_example(example, key, span) for example in key.examples]
    lead = " " if plan.text.body[span[0] - 1 : span[0]] == ":" else ""
    apart = {offer.label: replace(offer, new=lead + offer.new) for offer in reversed(offers)}
    return list(apart.values())[::-1]


def _ids(plan: Plan, path: tuple[str, ...], span: Span) -> Iterator[Offer]:
    own = path[1] if len(path) > 1 else ""
    for section in targets_of(path):
        for id_, label in plan.ids((section,)).items():
            if (section, id_) != (path[0], own):
                detail = f"{section.rpartition('.')[2]}{f': {label}' if label else ''}"
                yield Offer(label=id_, kind=OfferKind.ID, new=id_, span=span, detail=detail)


def _special(plan: Plan, path: tuple[str, ...], span: Span) -> Iterable[Offer]:
    """What comes from tables of Waterspace instead of the file."""
    if "classes" in targets_of(path):
        return _classes(span)
    if path[0] in {"units", "traffic"} and path[-1] == "home":
        return _places(span, only_ports=path[0] == "traffic")
    if path[:2] == ("check", "suppress") and path[-1] == "rule":
        return _rules(span)
    if "participants" in targets_of(path):
        return _states(plan, span)
    return ()


def _words(key: Key, span: Span) -> list[Offer]:
    kind = OfferKind.TYPE if key.name == "type" else OfferKind.WORD
    return [
        Offer(label=word, kind=kind, new=word, span=span, detail=text.partition(":")[0], markdown=text)
        for word, text in key.choices
    ]


def _example(example: str, key: Key, span: Span) -> Offer:
    return Offer(label=example, kind=OfferKind.EXAMPLE, new=example, span=span, detail=f"such as: {key.expected}")


def _classes(span: Span) -> Iterator[Offer]:
    from waterspace.environment import classes

    for key, platform in classes.library().items():
        detail = f"{platform.name}: {platform.kind}"
        markdown = about_platform(platform)
        yield Offer(label=key, kind=OfferKind.CLASS, new=key, span=span, detail=detail, markdown=markdown)


def _places(span: Span, *, only_ports: bool) -> Iterator[Offer]:
    from waterspace.environment import places

    for place in places.every():
        if place.code and not (only_ports and place.kind is not places.PlaceKind.PORT):
            detail = f"{place.name}, {place.state} ({place.kind.value})"
            yield Offer(label=place.code, kind=OfferKind.PLACE, new=place.code, span=span, detail=detail)


def _states(plan: Plan, span: Span) -> Iterator[Offer]:
    """Countries that the file names, then those that the tables of places know; any other may be written too."""
    from waterspace.environment import places

    known = {place.state for place in places.every() if scalars.STATE.read(place.state)}
    own = list(plan.ids(("participants",)))
    for state in (*own, *sorted(known.difference(own))):
        detail = "participant" if state in own else "country"
        yield Offer(label=state, kind=OfferKind.WORD, new=state, span=span, detail=detail)


def _rules(span: Span) -> Iterator[Offer]:
    for rule in checks.rules():
        detail = f"{rule.name} ({rule.severity.value})"
        markdown = about_rule(rule)
        yield Offer(label=rule.code, kind=OfferKind.RULE, new=rule.code, span=span, detail=detail, markdown=markdown)
