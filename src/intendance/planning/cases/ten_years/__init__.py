"""Ten years: an invented nation retires its Soviet-made stock and builds an industry at home."""

from intendance.planning.cases.ten_years._inputs import Milestone, ten_years_scenario
from intendance.planning.cases.ten_years._result import MilestoneRow, TenYears, ten_years
from intendance.planning.cases.ten_years._sufficiency import SufficiencyRow

__all__ = [
    "Milestone",
    "MilestoneRow",
    "SufficiencyRow",
    "TenYears",
    "ten_years",
    "ten_years_scenario",
]
