"""Warnings of the maritime safety administration of China in Chinese, whose clocks are those of Beijing.

Source: the wording of coastal warnings such as `琼航警`, `沪航警` and `浙航警` with their English twins.
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

__all__ = ["read_chinese"]

_BY_ROLE: dict[Role, str] = {
    Role.YEAR: "年",
    Role.MONTH: "月 月份",
    Role.DAY: "日 号",
    Role.HOUR: "时 時",
    Role.MINUTE: "分",
    Role.SECOND: "秒",
    Role.TO: "至 到 ~ 〜 - 起至 起到 起",
    Role.AND: "和 及 与 以及 、",
    Role.FROM: "自 从",
    Role.FILLER: "止 期间 时间 时段 的 时期 分别 日期 下同",
    Role.DAILY: "每日 每天 逐日 每晚 每日的",
    Role.NEXT_DAY: "次日 翌日 第二天",
    Role.NOW: "即日起 即日 自即日起 从即日起",
    Role.NOTICE: "另行通知 进一步通知 另有通知 直至另行通知",
    Role.ALL_DAY: "全天 全日 昼夜 全天候 24小时",
    Role.UTC: "UTC 世界时 协调世界时 Z",
    Role.LOCAL: "北京时间 北京时 地方时 当地时间",
    Role.EXCEPT: "除 除外 不含 不包括",
    Role.RESERVE: "备用 备用日 备用时间 备用日期 备用期 备用窗口 预备日 备份日",
    Role.HOLIDAY: "节假日 法定节假日 节日",
    Role.SUN: "日出 日落 日没 天亮 天黑",
    Role.VAGUE: "择机 顺延 小时 部分时间",
    Role.NORTH: "北纬",
    Role.SOUTH: "南纬",
    Role.EAST: "东经",
    Role.WEST: "西经",
    Role.DEGREE: "度 °",
    Role.CENTRE: "为圆心 为中心 圆心 中心点 为圆点 为中点 为中心点",
    Role.RADIUS: "半径 为半径",
    Role.BEARING: "方位 真方位 方位角",
    Role.SECTOR: "扇形 扇区 扇面",
    Role.RING: "环形 圆环 直径",
    Role.JOINED: "连线 点连线 诸点连线 各点连线 依次连线 顺次连线 连接 依次连接 顺次连接 连成",
    Role.ENCLOSED: "围成 所围 合围 所围成 连线围成 包围",
    Role.WATERS: "水域 海域 区域 范围 海区 范围内 水域内 海域内",
    Role.SIDES: "两侧 两边 两侧各 左右各",
    Role.LINE: "航线 路由 沿 沿线 线路 管线 航路",
    Role.NEAR: "附近 周边 周围",
    Role.COAST: "岸线 海岸线 陆岸",
    Role.OUTSIDE: "以外 以东 以西 以南 以北",
    Role.BELOW: "以下 下列 下述 如下",
    Role.CANCEL: "撤销 取消 废止 作废 解除 注销",
    Role.SERIES: "航警 航行警告 航通 航行通告",
    Role.OTHER: (
        "沿岸 沿海 同时 临时 及时 随时 届时 由于 自行 来自 自航 到达 到位 起重 一起 引起 起火 起吊 "
        "起锚 部分 日本 日常 工作日 清除 拆除 排除 除此 角度 速度 程度 深度 高度 长度 宽度 "
        "温度 平方米 立方米 厘米 毫米 搜救中心 参与 与否 以及时 编号 信号 型号 账号 呼号 符号 "
        "卫星 航行时 实时 涉及 普及 及其 以及其 船号 与会 从事 自动 各自 目的 号灯 号型 灯号 "
        "旗号 号旗 号船 号轮"
    ),
}
_UNITS_M = {
    "千米": KILOMETRE_M,
    "公里": KILOMETRE_M,
    "KM": KILOMETRE_M,
    "海里": NAUTICAL_MILE_M,
    "浬": NAUTICAL_MILE_M,
    "NM": NAUTICAL_MILE_M,
    "链": CABLE_M,
    "米": 1.0,
    "M": 1.0,
}
_WEEKDAYS = "一二三四五六日"
_CATEGORIES = (
    (Category.DISTRESS, "遇险 失踪 落水 失联 漂流 漂浮 失控 搜寻"),
    (Category.ROCKET_LAUNCHING, "火箭 航天 卫星发射"),
    (Category.MISSILE, "导弹 鱼雷"),
    (Category.GUNNERY, "射击 实弹 打靶 炮"),
    (Category.BOMBING, "轰炸 投弹"),
    (Category.UNDERWATER_OPERATIONS, "水下 潜水 海底 电缆 光缆 疏浚 钻井 勘探 测量"),
    (Category.MILITARY_EXERCISE, "演习 演练 军事"),
    (Category.HAZARDOUS_OPERATIONS, "爆炸 爆破 危险作业"),
    (Category.NAVIGATION_PROHIBITED, "禁止驶入 禁止通航 禁航"),
)
"""Words by what they warn of; the first kind of which the text holds one decides, as for warnings in English."""


def _vocabulary() -> Vocabulary:
    words = {word: (role, 0.0) for role, listed in _BY_ROLE.items() for word in listed.split()}
    words |= {word: (Role.UNIT, metres) for word, metres in _UNITS_M.items()}
    for number, name in enumerate(_WEEKDAYS):
        words |= {f"{week}{name}": (Role.WEEKDAY, float(number)) for week in ("周", "星期", "礼拜")}
    words["星期天"] = (Role.WEEKDAY, 6.0)
    return Vocabulary(words)


_CHINESE = Language(
    vocabulary=_vocabulary(),
    offset_ms=8 * HOUR_MS,
    categories=_CATEGORIES,
    says_after=True,
    number=re.compile(
        r"(?P<series>[\u4e00-\u9fff]{0,3}?[\u4e00-\u9fff](?:航警|航通|航行警告|航行通告))\s?(?P<whole>(?P<number>\d{1,5})/(?:20)?(?P<year>\d\d))"
    ),
)


def read_chinese(message: Message) -> Reading:
    """What a warning in Chinese says; times without a zone are those of Beijing, UTC+8.

    Args:
        message: to read.
    """
    return read_whole(message, _CHINESE)
