"""A process of its own that writes to a ledger, to be killed by the tests.

usage: writer.py ADDRESS SEED: adds the invented readings in batches, saying "ready" when the ledger
is open and a line a batch, and goes on for ever with decisions and folds.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import build  # type: ignore[import-not-found]

from intendance.catalogue import load_catalogue
from intendance.ledger import Ledger


def main(address: str, seed: int) -> None:
    chance = random.Random(seed)
    readings = build.some_readings(build.KILLED)
    chance.shuffle(readings)
    catalogue = load_catalogue()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with Ledger.open(address, catalogue=catalogue) as ledger:
        for at in range(0, len(readings), 5):
            ledger.add(readings[at : at + 5])
            sys.stdout.write(f"{at}\n")
            sys.stdout.flush()
        while True:
            ledger.fold_everything()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
