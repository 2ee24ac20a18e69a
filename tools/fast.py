"""Builds a wheel whose reader is compiled by mypyc: `make fast`. Nothing else needs it.

A hook of the build backend, switched on by HATCH_BUILD_HOOK_ENABLE_CUSTOM=true; without it a wheel
is plain Python. The sources are copied to .fast and compiled there, so that none of what is
made can stand before a source that changed later. It needs mypy, setuptools and a C compiler.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("_grammar", "_tokens", "_text", "_discourse", "_statements", "_language")
"""Folders of intendance.reading that are compiled, with what stands beside them."""


def compiled(folder: Path) -> list[Path]:
    """The modules of ``folder`` (a copy of src) that are to be compiled, relative to it."""
    reading = folder / "intendance" / "reading"
    modules = [each for part in PARTS for each in (reading / part).rglob("*.py")]
    modules += [each for each in reading.glob("_*.py") if each.name != "__init__.py"]
    modules.append(reading / "_input" / "language.py")
    return sorted(each.relative_to(folder) for each in modules)


class CompiledReader(BuildHookInterface[Any]):
    """Puts compiled modules beside the sources in a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name what came of it; an editable install stays plain."""
        if version == "editable":
            return
        place = Path(self.root, ".fast")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(
            Path(self.root, "src"), place, ignore=shutil.ignore_patterns("__pycache__", "*.so")
        )
        subprocess.run(
            [sys.executable, "-m", "mypyc", "--ignore-missing-imports", *map(str, compiled(place))],
            cwd=place,
            env=os.environ | {"MYPYPATH": str(place)},
            check=True,
        )
        for each in place.rglob("*.so"):
            inside = each.relative_to(place)
            if inside.parts[0] != "build":
                build_data["force_include"][str(each)] = str(inside)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
