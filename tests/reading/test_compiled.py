"""The reader that `make fast` compiles, where it is there, reads as the plain one."""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAST = ROOT / ".venv-fast" / "bin" / "python"
_READ = """
import hashlib, json, sys
from intendance.reading import Reader, _walk
from intendance.terms import canonical
reader, found = Reader(), hashlib.sha256()
for text in json.load(sys.stdin):
    found.update(canonical(reader.read_text(text)))
print(_walk.__file__.rpartition(".")[2], found.hexdigest())
"""
_SOURCES = """
import hashlib, pathlib, intendance
folder = pathlib.Path(intendance.__file__).parent
print(intendance.__file__)
for each in sorted(folder.rglob("*")):
    if each.suffix in (".py", ".toml"):
        print(each.relative_to(folder).as_posix(), hashlib.sha256(each.read_bytes()).hexdigest())
"""


def _asked(python: str | Path, script: str, given: str = "") -> str:
    done = subprocess.run(
        [str(python), "-I", "-c", script], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout


def _texts() -> list[str]:
    rows = []
    for path in sorted((ROOT / "tests" / "reading" / "rows").glob("*.toml")):
        for group in tomllib.loads(path.read_text("utf-8")).values():
            rows += [row["text"] for row in group if isinstance(row, dict) and "text" in row]
    return rows


def _sources() -> list[str]:
    folder = ROOT / "src" / "intendance"
    return [
        f"{each.relative_to(folder).as_posix()} {hashlib.sha256(each.read_bytes()).hexdigest()}"
        for each in sorted(folder.rglob("*"))
        if each.suffix in (".py", ".toml")
    ]


def test_the_compiled_reader_reads_as_the_plain_one():
    if not FAST.exists():
        pytest.skip("no compiled reader: `make fast` makes one")
    if _asked(FAST, _SOURCES).splitlines()[1:] != _sources():
        pytest.skip("the compiled reader is older than these sources: `make fast` makes it anew")
    texts = _texts()
    assert len(texts) > 100
    given = json.dumps(texts)
    here = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})"
    plain = _asked(sys.executable, f"{here}\n{_READ}", given).split()
    assert _asked(FAST, _READ, given).split() == ["so", plain[1]]
