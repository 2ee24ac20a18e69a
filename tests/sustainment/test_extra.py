"""Without the optional libraries the room says what to install."""

from __future__ import annotations

import subprocess
import sys

BLOCKED = """
import sys
sys.modules["scipy"] = None
from intendance.terms import IntendanceError
try:
    import intendance.sustainment
except IntendanceError as fault:
    print(fault.code, fault.message, fault.remedy)
"""


def test_a_missing_library_is_told_with_what_to_install():
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout == (
        "sustainment.extra-missing Expected NumPy and SciPy, to work out readiness, got no "
        "scipy.special - at the installed packages Install it: pip install 'intendance[forces]'.\n"
    )
