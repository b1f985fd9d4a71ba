"""The grammar of item D: on which days, at which hours, and when not.

Sources: ICAO Doc 8126 6.2.12 and the EUROCONTROL OPADD 4.1 section 2.3.20 for dates before hours, `EXC`, `H24`, `SR`,
`SS`, `MINUS`; besides, what states really send: hours before dates (`0610-0700 ON 12`), spans from one date and time to
another (`03 0500-05 1200`), whole groups (`2604140833 TO 2604141329`). All times are UTC. `expanding` makes windows of
the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.notam.dates import DaySpan, day_spans
from waterspace.messages.notam.hours import WHOLE_DAY, read_group, read_hours, starts_hours
from waterspace.messages.notam.rules import Break, Hours, Misread, Plan, Rule
from waterspace.messages.notam.terms import GROUPS, LIGHTS, MONTHS, WEEKDAYS, reader_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.messages.notam.terms import Reader, Token

__all__ = ["read_schedule"]

_DAILY = {"DAILY", "DLY", "EVERYDAY"}
_EVERY = {"EVERY", "EV", "EACH"}
_ORDINALS = {"OTHER": 2, "SECOND": 2, "THIRD": 3}
_EXCEPT = {"EXC", "EXCEPT", "EXCL", "EXCLUDING"}
_HOLIDAYS = {"HOL", "HOLS", "HOLIDAY", "HOLIDAYS", "PUBLIC", "NATIONAL", "LEGAL"}
_JOINING = {"AND", "&", ",", ";", "."}


def read_schedule(text: str) -> Plan:
    """The rules of item D.

    Args:
        text: item D, in capitals.
    """
    reader = reader_of(text)
    if _has_hours_first(reader.tokens):
        _hours_first(reader)
    else:
        _days_first(reader)
    if not (reader.rules or reader.stretches or reader.misread):
        reader.misread.append(Misread(0, len(text), "Item D has neither days nor hours."))
    return Plan(tuple(reader.rules), tuple(reader.stretches), tuple(reader.misread))


def _has_hours_first(tokens: list[Token]) -> bool:
    """Whether dates follow their hours, as in `0610-0700 ON 12`."""
    if any(token.kind == "on" or token.text == "ON" for token in tokens):
        return True
    if not tokens or tokens[0].kind != "time":
        return False
    places = [place for place, token in enumerate(tokens) if token.text in _EXCEPT]
    end = places[0] if places else len(tokens)
    before, last = tokens[max(end - 3, 0) : end - 1], tokens[end - 1]
    if any(token.text in {"MINUS", "PLUS"} or token.text in LIGHTS for token in before):
        return False
    return last.kind == "day" or last.text in MONTHS


# ----------------------------------------------------------------------------------------------------- days, then hours


def _days_first(reader: Reader) -> None:
    """Statements such as `MAY 27 0530-1000, 30 0800-2100` and `MON-FRI 0500-1500 EXC HOL`."""
    rule, group, parted = Rule(), 0, False
    while reader.place < len(reader.tokens):
        token = reader.peek()
        if token.text in _JOINING:
            reader.take()
            parted = parted or (token.text in ",;" and bool(rule.hours))
        elif token.kind in {"group", "dated"}:
            read_group(reader)
        elif starts_hours(reader):
            before = len(reader.stretches)
            rule = rule._replace(hours=(*rule.hours, *read_hours(reader, rule)))
            if len(reader.stretches) > before:
                rule = _flush(reader, rule) if rule.hours else Rule()
        elif token.text in _EXCEPT and not rule.hours:
            rule = rule._replace(but=(*rule.but, *_exceptions(reader, _longer_by_days)))
        elif token.text in _EXCEPT:
            rule = _flush(reader, rule)
            but = _exceptions(reader, _longer)
            reader.rules[group:] = [each._replace(but=(*each.but, *but)) for each in reader.rules[group:]]
            group, parted = len(reader.rules), True
        elif _starts_days(reader):
            if rule.hours:
                _flush(reader, rule)
                group = len(reader.rules) if parted else group
                keeps_dates = not parted and token.text in WEEKDAYS
                rule = rule._replace(hours=(), weekdays=frozenset()) if keeps_dates else Rule()
            parted = False
            rule = _days(reader, rule)
        else:
            reader.wrong(token, f"Found {token.text} in item D; days, hours or EXC were expected.")
            reader.take()
    _flush(reader, rule)


def _flush(reader: Reader, rule: Rule) -> Rule:
    """Note a rule that is complete."""
    if rule.hours:
        reader.rules.append(rule)
    elif rule != Rule():
        reader.rules.append(rule._replace(hours=(WHOLE_DAY,)))
        if rule.days or rule.weekdays:
            last = reader.tokens[min(reader.place, len(reader.tokens)) - 1]
            reader.wrong(last, "Item D gives days without hours; the whole days were taken.")
    return Rule()


def _starts_days(reader: Reader) -> bool:
    """Whether a day, a weekday or a word for every day follows."""
    token = reader.peek()
    words = (MONTHS, WEEKDAYS, GROUPS, _DAILY, _EVERY, {"ALTERNATE"})
    return token.kind == "day" or any(token.text in names for names in words)


def _days(reader: Reader, rule: Rule) -> Rule:
    """Dates, weekdays, DAILY, EVERY OTHER, as many as follow each other."""
    token = reader.peek()
    if token.text in _DAILY:
        reader.take()
        return rule
    if token.text in _EVERY or token.text == "ALTERNATE":
        reader.take()
        ordinal = 2 if token.text == "ALTERNATE" else _ORDINALS.get(reader.peek().text, 1)
        if token.text in _EVERY and ordinal > 1:
            reader.take()
        return rule._replace(every=ordinal)
    if token.text in WEEKDAYS or token.text in GROUPS:
        return rule._replace(weekdays=rule.weekdays | _weekdays(reader))
    return rule._replace(days=(*rule.days, *_dates(reader)))


def _weekdays(reader: Reader) -> frozenset[int]:
    """`MON-FRI`, `SAT SUN`, `FRI-MON`."""
    found: set[int] = set()
    while reader.peek().text in WEEKDAYS or reader.peek().text in GROUPS:
        name = reader.take().text
        if name in GROUPS:
            found.update(GROUPS[name])
            continue
        first = last = WEEKDAYS[name]
        if reader.peek().text in {"-", "TO"} and reader.peek(1).text in WEEKDAYS:
            reader.take()
            last = WEEKDAYS[reader.take().text]
        found.update((first + shift) % 7 for shift in range((last - first) % 7 + 1))
    return frozenset(found)


def _dates(reader: Reader) -> tuple[DaySpan, ...]:
    """`04-07 11-14`, `JUN 23-25 29-JUL 02`, `29 JUN`, `SEP,28`."""
    raw: list[int | str] = []
    while True:
        token, after = reader.peek(), reader.peek(1)
        if token.text in MONTHS:
            raw.append(token.text[:3])
        elif token.kind == "day":
            raw.append(int(token.text))
        elif token.text in {"-", "TO"} and raw and (after.kind == "day" or after.text in MONTHS):
            raw.append("-")
        elif token.text in {",", "AND"} and raw and (after.kind == "day" or after.text in MONTHS):
            if reader.in_exception and _begins_statement(reader):
                break
        else:
            break
        reader.place += 1
    spans, month, problem = day_spans(raw, MONTHS, reader.month)
    if problem:
        reader.wrong(reader.tokens[reader.place - 1], problem)
    reader.month = month
    return spans


# ----------------------------------------------------------------------------------------------------------- exceptions


def _exceptions(reader: Reader, lengthen: Callable[[Reader, Break], Break | None]) -> tuple[Break, ...]:
    """`EXC SAT SUN`, `EXC 01-02 FEB`, `EXC HOL`, `EXC 25 0800-1000`; none where nothing is left out.

    Args:
        reader: at the `EXC`.
        lengthen: what may be left out: before the hours of a statement only days.
    """
    start = reader.take()
    but = Break((), frozenset(), ())
    known = len(reader.misread)
    while reader.place < len(reader.tokens):
        token = reader.peek()
        if token.text in _JOINING:
            if token.text in ",;." and _begins_statement(reader):
                break
            reader.take()
        elif token.text in _HOLIDAYS:
            reader.skip(_HOLIDAYS)
            reader.wrong(token, "Item D leaves out holidays, whose dates are not known here.")
        else:
            longer = lengthen(reader, but)
            if longer is None:
                break
            but = longer
    if but != Break((), frozenset(), ()):
        return (but,)
    if len(reader.misread) == known:
        reader.wrong(start, "Item D has an exception of nothing.")
    return ()


def _longer(reader: Reader, but: Break) -> Break | None:
    """A break with the days or hours that follow; None where none follow."""
    if starts_hours(reader):
        return but._replace(hours=(*but.hours, *read_hours(reader, Rule(days=but.days))))
    return _longer_by_days(reader, but)


def _longer_by_days(reader: Reader, but: Break) -> Break | None:
    """A break with the days that follow; None where none follow."""
    token = reader.peek()
    if token.text in WEEKDAYS or token.text in GROUPS:
        return but._replace(weekdays=but.weekdays | _weekdays(reader))
    if token.kind == "day" or token.text in MONTHS:
        reader.in_exception = True
        days = _dates(reader)
        reader.in_exception = False
        return but._replace(days=(*but.days, *days))
    return None


def _begins_statement(reader: Reader) -> bool:
    """Whether days with hours of their own follow a comma."""
    ahead = 1
    while reader.peek(ahead).kind == "day" or reader.peek(ahead).text in {*MONTHS, *WEEKDAYS, "-"}:
        ahead += 1
    token = reader.peek(ahead)
    return token.kind in ("hours", "time") or token.text in LIGHTS


# ----------------------------------------------------------------------------------------------------- hours, then days


def _hours_first(reader: Reader) -> None:
    """Statements such as `0253-0403 AND 0729-0839 ON 04,0613-0723 ON 05`."""
    hours: list[Hours] = []
    first = reader.peek()
    while reader.place < len(reader.tokens):
        token = reader.peek()
        if token.text in _JOINING or token.kind == "on" or token.text == "ON":
            reader.take()
        elif starts_hours(reader):
            first = token if not hours else first
            hours.extend(read_hours(reader, Rule()))
        elif (token.kind == "day" or token.text in MONTHS) and hours:
            reader.rules.append(Rule(days=_dates(reader), hours=tuple(hours)))
            hours = []
        else:
            reader.wrong(token, f"Found {token.text} in item D; hours and then their dates were expected.")
            reader.take()
    if hours:
        reader.wrong(first, "Item D gives hours that no date follows.")
        reader.rules.append(Rule(hours=tuple(hours)))
