"""Sentences that carry binary messages: VDM as it is heard, BBM as a station is told to send it.

Source: IEC 61162-1 (NMEA 0183): at most 82 characters with the line end; 60 characters of payload in VDM, 58 in BBM.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
_TAG = re.compile(r"\\([^\\\r\n]{0,200})\\\s*$")
_SOURCE = re.compile(r"(?:^|,)s:([^,*]+)")
_GROUP = re.compile(r"(?:^|,)g:\d+-(\d+)-(\d+)")
_LONGEST_TAG = 210
_FARTHEST = 50
"""Parts of one message stand no more sentences apart, assumed: then another message has the same sequence number."""


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
    waiting: list[_Begun] = []
    given_up: list[_Begun] = []
    for at, match in enumerate(_SENTENCE.finditer(text)):
        while waiting and at - waiting[0].at > _FARTHEST:
            yield _broken(waiting.pop(0).parts)
        while given_up and at - given_up[0].at > _FARTHEST:
            given_up.pop(0)
        body = match.group()[match.group().rindex("!") + 1 : -3] if "!" in match.group() else match.group()[:-3]
        if checksum(body) != match.group(7).upper():
            yield _wrong([match], f"a sentence has the checksum {match.group(7)}; {checksum(body)} is expected")
            continue
        total, number = max(int(match.group(3)), 1), int(match.group(4))
        if (total, number) == (1, 1):
            yield _whole([match])
        elif number == 1:
            yield from _begin(waiting, given_up, _Begun(at=at, label=_Label.of(text, match), parts=[match]))
        else:
            yield from _go_on(waiting, _Begun(at=at, label=_Label.of(text, match), parts=[match]))
    for begun in waiting:
        yield _broken(begun.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """By what the parts of a message are known to belong together; what is empty was left out.

    Attributes:
        joint: talker, sentence, number of parts and sequence number.
        channel: `A` or `B`; a BBM names it in its first part only.
        group: of a tag block that joins several sentences.
        source: station of a tag block.
    """

    joint: tuple[str, ...]
    channel: str
    group: str
    source: str

    @classmethod
    def of(cls, text: str, match: re.Match[str]) -> _Label:
        """Of a sentence in a text."""
        joint = (match.group(1), match.group(2), match.group(3), match.group(5))
        least = max(match.start() - _LONGEST_TAG, 0)
        line = text[max(text.rfind("\n", least, match.start()) + 1, least) : match.start()]
        tag = _TAG.search(line)
        source = _SOURCE.search(tag[1]) if tag else None
        group = _GROUP.search(tag[1]) if tag else None
        return cls(
            joint=joint,
            channel="" if match.group(2) == "BBM" else match.group(6).split(",")[0],
            group=group[2] if group and int(group[1]) > 1 else "",
            source=source[1] if source else "",
        )

    def agrees(self, other: _Label) -> bool:
        """Whether both may be of one message."""
        pairs = ((self.channel, other.channel), (self.group, other.group), (self.source, other.source))
        return self.joint == other.joint and all(one == two or not (one and two) for one, two in pairs)


@dataclass(slots=True, kw_only=True)
class _Begun:
    """A message whose parts are not all there.

    Attributes:
        at: number of the sentence that came last.
        label: of its first part.
        parts: in order.
        is_mixed: whether another message had begun whose next parts could be taken for its own.
    """

    at: int
    label: _Label
    parts: list[re.Match[str]]
    is_mixed: bool = False

    def said(self) -> list[str]:
        """What its parts say."""
        return [part.group(6) for part in self.parts]


def _begin(waiting: list[_Begun], given_up: list[_Begun], new: _Begun) -> Iterator[Heard]:
    """Another message begins: those that could not be told from it are given up, but for one that says the same.

    The next parts of those may still come, and be taken for its own.
    """
    like = [one for one in waiting if one.label.agrees(new.label)]
    for one in like:
        if one.said()[0] != new.said()[0]:
            waiting.remove(one)
            given_up.append(replace(one, at=new.at))
            yield _broken(one.parts)
    new.is_mixed = any(one.is_mixed for one in like) or any(one.label.agrees(new.label) for one in given_up)
    waiting.append(new)


def _go_on(waiting: list[_Begun], part: _Begun) -> Iterator[Heard]:
    """A further part of a message."""
    total, number = int(part.parts[0].group(3)), int(part.parts[0].group(4))
    like = [one for one in waiting if one.label.agrees(part.label)]
    fit = [one for one in like if len(one.parts) == number - 1]
    fit = [one for one in fit if one.label == part.label] or fit
    if not fit:
        lost = [one for one in like if len(one.parts) < number]
        for one in like:
            one.is_mixed |= len(one.parts) >= number and one.said()[number - 1 : number] != part.said()
        for one in lost:
            waiting.remove(one)
        parts = [*(first for one in lost for first in one.parts), *part.parts]
        yield _wrong(parts, f"part {number} of {total} of a message stands here; {_BEFORE}")
        return
    begun = fit[0]
    if any(one.said() != begun.said() for one in fit):
        yield _wrong(part.parts, f"part {number} of {total} stands here, of any of {len(fit)} messages; {_APART}")
        return
    waiting.remove(begun)
    begun.parts.append(part.parts[0])
    begun.at = part.at
    if number < total:
        waiting.append(begun)
    elif begun.is_mixed:
        yield _wrong(begun.parts, f"parts of two messages with one sequence number are mixed; {_APART}")
    else:
        yield _whole(begun.parts)


_BEFORE = "the parts before it are expected first"
_APART = "each is expected whole, or with its own channel or station"


def unheard(text: str) -> list[tuple[int, int]]:
    """Places of what begins as a sentence and is none, from a start to just before an end."""
    whole = {match.start() for match in _SENTENCE.finditer(text)}
    return [match.span() for match in _BEGINNING.finditer(text) if match.start() not in whole]


def _broken(parts: list[re.Match[str]]) -> Heard:
    return _wrong(parts, f"a message of {parts[0].group(3)} parts ends after part {len(parts)}")


def _wrong(parts: list[re.Match[str]], reason: str) -> Heard:
    return Heard(bits="", start=parts[0].start(), end=parts[-1].end(), fault=reason, sentences=_places(parts))


def _whole(parts: list[re.Match[str]]) -> Heard:
    is_bbm = parts[0].group(2) == "BBM"
    bits = f"{BROADCAST:06b}".ljust(HEADER_BITS, "0") if is_bbm else ""
    for match in parts:
        fields = match.group(6).split(",")
        if len(fields) < (4 if is_bbm else 3):
            return _wrong(parts, "a sentence has too few fields")
        payload, fill = fields[-2], fields[-1]
        found = unarmoured(payload, int(fill) if fill in set("012345") else 0)
        if found is None:
            return _wrong(parts, "a payload has characters that are no six-bit armour")
        bits += found
    return Heard(bits=bits, start=parts[0].start(), end=parts[-1].end(), sentences=_places(parts))


def _places(parts: list[re.Match[str]]) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in parts)
