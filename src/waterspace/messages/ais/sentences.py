"""Sentences that carry binary messages: VDM as it is heard, BBM as a station is told to send it.

Source: IEC 61162-1 (NMEA 0183): at most 82 characters with the line end; 60 characters of payload in VDM, 58 in BBM.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.messages.ais.bits import armoured, unarmoured

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BROADCAST", "HEADER_BITS", "Heard", "as_bbm", "as_vdm", "checksum", "heard", "unheard"]

BROADCAST = 8
"""Message 8: binary broadcast."""

HEADER_BITS = 40
"""Type, repeat indicator, identity of the sender and two spare bits; a BBM leaves them to the station."""

_VDM_PAYLOAD = 60
_BBM_PAYLOAD = 58
_SENTENCE = re.compile(r"!?([A-Z]{2})(VDM|VDO|BBM),(\d),(\d),(\d?),([^*\r\n]{0,120})\*([0-9A-Fa-f]{2})")
_BEGINNING = re.compile(r"![A-Z]{2}(?:VDM|VDO|BBM),[^\r\n]{0,120}")
_MOST_WAITING = 100


def checksum(body: str) -> str:
    """Two hexadecimal digits over what stands between `!` and `*`."""
    value = 0
    for sign in body:
        value ^= ord(sign)
    return f"{value:02X}"


def as_vdm(bits: str, sequence: int = 0, channel: str = "A") -> tuple[str, ...]:
    """A whole message as VDM sentences, without line ends.

    Args:
        bits: of the message with its header.
        sequence: 0 to 9; joins the sentences of one message.
        channel: `A` or `B`.
    """
    return _sentences("AIVDM", bits, sequence, (channel,), _VDM_PAYLOAD)


def as_bbm(bits: str, sequence: int = 0, channel: int = 3) -> tuple[str, ...]:
    """A message as BBM sentences for a base station, without its header and without line ends.

    Args:
        bits: of the message with its header.
        sequence: 0 to 9.
        channel: 0 as the station likes, 1 for A, 2 for B, 3 for both.
    """
    return _sentences("AIBBM", bits[HEADER_BITS:], sequence, (str(channel), str(BROADCAST)), _BBM_PAYLOAD)


def _sentences(kind: str, bits: str, sequence: int, fields: tuple[str, ...], most: int) -> tuple[str, ...]:
    payload, fill = armoured(bits)
    parts = [payload[at : at + most] for at in range(0, len(payload), most)]
    found = []
    for number, part in enumerate(parts, start=1):
        is_last = number == len(parts)
        joint = str(sequence % 10) if len(parts) > 1 or kind.endswith("BBM") else ""
        values = (kind, str(len(parts)), str(number), joint, *fields, part, str(fill if is_last else 0))
        body = ",".join(values)
        found.append(f"!{body}*{checksum(body)}")
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message put together from sentences, or one sentence that is wrong.

    Attributes:
        bits: with the header; that of a BBM is nought but for the type.
        start: place of its first sentence in the text.
        end: place behind its last.
        fault: what is wrong; empty where nothing is.
        sentences: place of each of its sentences in the text, from a start to just before an end.
    """

    bits: str
    start: int
    end: int
    fault: str = ""
    sentences: tuple[tuple[int, int], ...] = ()


def heard(text: str) -> Iterator[Heard]:
    """The messages in a text, in the order in which they are complete; then those that never are.

    Args:
        text: lines with sentences; anything around them is passed over.
    """
    waiting: dict[tuple[str, ...], list[re.Match[str]]] = {}
    for match in _SENTENCE.finditer(text):
        body = match.group()[match.group().rindex("!") + 1 : -3] if "!" in match.group() else match.group()[:-3]
        if checksum(body) != match.group(7).upper():
            reason = f"a sentence has the checksum {match.group(7)}; {checksum(body)} is expected"
            yield Heard(bits="", start=match.start(), end=match.end(), fault=reason, sentences=(match.span(),))
            continue
        total, number = int(match.group(3)), int(match.group(4))
        key = (match.group(1), match.group(2), match.group(3), match.group(5))
        parts = waiting.setdefault(key, [])
        if number != len(parts) + 1:
            parts.clear()
            if number != 1:
                reason = f"part {number} of {total} of a message stands here; the parts before it are expected first"
                yield Heard(bits="", start=match.start(), end=match.end(), fault=reason, sentences=(match.span(),))
                continue
        parts.append(match)
        if len(parts) == max(total, 1):
            del waiting[key]
            yield _whole(parts)
        elif len(waiting) > _MOST_WAITING:
            yield _broken(waiting.pop(next(iter(waiting))))
    for parts in waiting.values():
        if parts:
            yield _broken(parts)


def unheard(text: str) -> list[tuple[int, int]]:
    """Places of what begins as a sentence and is none, from a start to just before an end."""
    whole = {match.start() for match in _SENTENCE.finditer(text)}
    return [match.span() for match in _BEGINNING.finditer(text) if match.start() not in whole]


def _broken(parts: list[re.Match[str]]) -> Heard:
    reason = f"a message of {parts[0].group(3)} parts ends after part {len(parts)}"
    return Heard(bits="", start=parts[0].start(), end=parts[-1].end(), fault=reason, sentences=_places(parts))


def _whole(parts: list[re.Match[str]]) -> Heard:
    is_bbm = parts[0].group(2) == "BBM"
    bits = f"{BROADCAST:06b}".ljust(HEADER_BITS, "0") if is_bbm else ""
    start, end = parts[0].start(), parts[-1].end()
    for match in parts:
        fields = match.group(6).split(",")
        if len(fields) < (4 if is_bbm else 3):
            return Heard(bits="", start=start, end=end, fault="a sentence has too few fields", sentences=_places(parts))
        payload, fill = fields[-2], fields[-1]
        found = unarmoured(payload, int(fill) if fill in set("012345") else 0)
        if found is None:
            reason = "a payload has characters that are no six-bit armour"
            return Heard(bits="", start=start, end=end, fault=reason, sentences=_places(parts))
        bits += found
    return Heard(bits=bits, start=start, end=end, sentences=_places(parts))


def _places(parts: list[re.Match[str]]) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in parts)
