"""The million shells: what the promise of March 2023 could yield from new production."""

from intendance.planning.cases.million_shells._figures import Figure, figures
from intendance.planning.cases.million_shells._result import RampWorth, Shells, million_shells
from intendance.planning.cases.million_shells._vintage import Step, Vintage, vintage

__all__ = [
    "Figure",
    "RampWorth",
    "Shells",
    "Step",
    "Vintage",
    "figures",
    "million_shells",
    "vintage",
]
