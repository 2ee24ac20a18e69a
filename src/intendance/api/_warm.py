"""What every process that reads needs, made once: imported where they are forked from.

That process (the fork server) has no database connection, and no thread of its own, so that its
copies are safe; what they share with it costs neither time nor memory again.
"""

from __future__ import annotations

import gc

from intendance.api._inputs import Reader

READER = Reader()
"""The reader with the catalogue as it comes."""

gc.freeze()  # a collection in a copy would touch, and so copy, what is shared
