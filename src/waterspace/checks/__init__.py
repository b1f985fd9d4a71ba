"""Checks: rules that look at a plan and say what is wrong with it, with reason and source.

`families` has one package for each family of rules, `views` what rules of several families ask of a plan; the rest
applies them and puts what they say in order. Importing a rule costs little: what it computes with is imported when it
runs.
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
