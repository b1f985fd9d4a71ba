"""Checks: rules that look at a plan and say what is wrong with it, with reason and source.

One module holds one family of rules. Importing a rule costs little: what it computes with is imported when it runs.
"""

from waterspace.checks.catalogue import codes_matching, explain, family, get, known_limits, rules
from waterspace.checks.limits import Limit
from waterspace.checks.rule import NotCheckedError, Rule
from waterspace.checks.runner import check

__all__ = [
    "Limit",
    "NotCheckedError",
    "Rule",
    "check",
    "codes_matching",
    "explain",
    "family",
    "get",
    "known_limits",
    "rules",
]
