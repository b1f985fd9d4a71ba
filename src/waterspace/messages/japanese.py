"""Warnings of the Japan Coast Guard in Japanese, whose clocks are those of Japan and whose years may count from an era.

Source: the wording of regional notices and warnings (水路通報, 航行警報) of the coast guard's districts; the eras began
in 1926, 1989 and 2019 (calendar of Japan).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.eastern.whole import Language, read_whole
from waterspace.messages.eastern.words import Role, Vocabulary
from waterspace.messages.reading import Category
from waterspace.quantity import CABLE_M, HOUR_MS, KILOMETRE_M, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.messages.reading import Message, Reading

__all__ = ["read_japanese"]

_BY_ROLE: dict[Role, str] = {
    Role.FIRST_YEAR: "元",
    Role.YEAR: "年",
    Role.MONTH: "月",
    Role.DAY: "日",
    Role.HOUR: "時",
    Role.MINUTE: "分",
    Role.SECOND: "秒",
    Role.TO: "から ~ 〜 - 至",
    Role.AND: "及び および 並びに と 、 ・ , 又は",
    Role.FROM: "自",
    Role.FILLER: "まで 間 の に は 期間 日時 時刻 実施期間 使用期間 の間 各日 同日 迄 そのうち予備日",
    Role.DAILY: "毎日 連日 日毎 日々",
    Role.NEXT_DAY: "翌日 翌",
    Role.NOTICE: "当分の間 別途通報するまで 追って通報するまで",
    Role.ALL_DAY: "終日 24時間 昼夜",
    Role.UTC: "UTC 世界時 協定世界時 Z",
    Role.LOCAL: "JST 日本時間 日本標準時",
    Role.EXCEPT: "を除く 除く を除き 除き",
    Role.RESERVE: "予備日 予備期間 予備",
    Role.HOLIDAY: "祝日 休日 祝祭日 祝 年末年始",
    Role.SUN: "日出 日没 日の出 日の入り 日の入 日入",
    Role.VAGUE: "うち のうち 頃 ころ 時間 日間 随時",
    Role.NORTH: "北緯",
    Role.SOUTH: "南緯",
    Role.EAST: "東経",
    Role.WEST: "西経",
    Role.DEGREE: "度 °",
    Role.CENTRE: "中心",
    Role.RADIUS: "半径",
    Role.BEARING: "方位 真方位",
    Role.SECTOR: "扇形",
    Role.RING: "環状 直径",
    Role.JOINED: "連ねる",
    Role.ENCLOSED: "囲まれる 囲まれた 囲む 囲んだ 囲まれ",
    Role.WATERS: "区域 海域 水域 範囲",
    Role.SIDES: "両側 両側各",
    Role.LINE: "結ぶ線 結んだ線 結ぶ 結んだ 結び",
    Role.NEAR: "付近 近傍 周辺",
    Role.COAST: "岸線 海岸線 陸岸 海岸",
    Role.OUTSIDE: "以外",
    Role.BELOW: "下記 次の 以下 下の",
    Role.PARTICLE: "を で により によって",
    Role.CANCEL: "取消 取り消 取消し 廃止 削除 解除",
    Role.SERIES: "水路通報 航行警報 地域航行警報 日本航行警報",
    Role.OTHER: (
        "日本 日向 同時 一時 臨時 常時 当時 時期 時点 部分 区分 十分 分離 半分 角度 速度 "
        "高度 深度 程度 温度 緯度 経度 海上保安 掲揚 のもの もの その この とする として "
        "ところ により行われる にて における において には では とも など という による 日付 "
        "平日 号 訓練日"
    ),
}
_ERAS = {"昭和": 1925.0, "平成": 1988.0, "令和": 2018.0}
"""The year before the first of each era."""
_UNITS_M = {
    "海里": NAUTICAL_MILE_M,
    "カイリ": NAUTICAL_MILE_M,
    "浬": NAUTICAL_MILE_M,
    "マイル": NAUTICAL_MILE_M,
    "NM": NAUTICAL_MILE_M,
    "キロメートル": KILOMETRE_M,
    "キロ": KILOMETRE_M,
    "KM": KILOMETRE_M,
    "ケーブル": CABLE_M,
    "メートル": 1.0,
    "M": 1.0,
}
_WEEKDAYS = "月火水木金土日"
_CATEGORIES = (
    (Category.DISTRESS, "遭難 転覆 行方不明 漂流"),
    (Category.ROCKET_LAUNCHING, "ロケット 宇宙"),
    (Category.MISSILE, "ミサイル 誘導弾 魚雷"),
    (Category.GUNNERY, "射撃"),
    (Category.BOMBING, "爆撃 爆弾"),
    (Category.UNDERWATER_OPERATIONS, "水中 潜水作業 海底 掘削 測量 浚渫"),
    (Category.MILITARY_EXERCISE, "演習 訓練 自衛隊"),
    (Category.HAZARDOUS_OPERATIONS, "危険作業 発破"),
    (Category.NAVIGATION_PROHIBITED, "航行禁止"),
)
"""Words by what they warn of; the first kind of which the text holds one decides, as for warnings in English."""


def _vocabulary() -> Vocabulary:
    words = {word: (role, 0.0) for role, listed in _BY_ROLE.items() for word in listed.split()}
    words |= {word: (Role.ERA, year) for word, year in _ERAS.items()}
    words |= {word: (Role.UNIT, metres) for word, metres in _UNITS_M.items()}
    for number, name in enumerate(_WEEKDAYS):
        words |= {f"{name}{day}": (Role.WEEKDAY, float(number)) for day in ("曜日", "曜")}
    return Vocabulary(words)


_JAPANESE = Language(
    vocabulary=_vocabulary(),
    offset_ms=9 * HOUR_MS,
    categories=_CATEGORIES,
    says_after=False,
    number=re.compile(
        r"(?P<series>[\u4e00-\u9fff]{0,8}(?:水路通報|航行警報))\s?"
        r"(?P<whole>(?:第\d{1,4}号\s?(?=\d))?(?:(?P<year>\d\d)-)?(?:\d{1,2}年\s?)?"
        r"第?(?P<number>\d{1,5})(?:\s?[項号])?)"
    ),
)


def read_japanese(message: Message) -> Reading:
    """What a warning in Japanese says; times without a zone are those of Japan, UTC+9.

    Args:
        message: to read.
    """
    return read_whole(message, _JAPANESE)
