"""Bytes of a file as text: UTF-8, UTF-16 with its mark, and the older encodings of Japan and China where they fit."""

from __future__ import annotations

import codecs

from waterspace.errors import DataFileError

__all__ = ["decoded"]

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_OLDER = ("cp932", "gb18030", "euc_jp")
_TELLING = (
    *("航警", "海域", "水域", "半径", "方位", "诸点", "连线", "禁止", "驶入", "千米", "海里", "每日", "取消", "撤销"),
    *("東経", "北緯", "东海", "南海", "黄海", "演习", "火箭", "月", "日", "年", "時", "期間", "区域", "訓練", "射撃"),
    *("実施", "予備日", "水路", "通報", "警報", "中心", "円内", "を", "の", "により", "まで"),
)
"""Words of warnings: the encoding in which most of them appear is the one."""
_WESTERN_SIGNS = frozenset(b"\x91\x92\x93\x94\x96\x97\xa0\xb0\xb4\xba")
"""Quotation marks, dashes, the degree and the hard space of Windows-1252; nothing else of it stands in warnings."""
_MOST_NOISE = 0.05


def decoded(content: bytes, file: str) -> str:
    """The text of a file; bytes lost on the way become U+FFFD where they are few.

    Args:
        content: the bytes.
        file: its name, for the error.

    Raises:
        DataFileError: it is no text in any encoding that is known here.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    older = _older(content)
    if older:
        return older
    odd = [byte for byte in content if byte > 0x7F]
    if _WESTERN_SIGNS.issuperset(odd):
        return content.decode("cp1252")
    if b"\x00" not in content and len(odd) <= _MOST_NOISE * len(content):
        return content.decode("utf-8", errors="replace")
    raise DataFileError(
        file,
        f"byte {place} is not UTF-8 text, nor does the file read as Shift_JIS, EUC-JP or GB18030.",
        advice="Save it as UTF-8.",
    )


def _older(content: bytes) -> str:
    """The text in the older encoding that makes the most words of it; empty where none makes any."""
    best, most = "", 0
    for name in _OLDER:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        hits = sum(text.count(word) for word in _TELLING)
        if hits > most:
            best, most = text, hits
    return best
