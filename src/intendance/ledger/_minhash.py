"""How alike two texts are: shingles of words, their MinHash, bands that find candidates (rule 4).

MinHash: A. Broder, "On the resemblance and containment of documents" (1997). One hash fills all
bins, and empty bins borrow from the next (A. Shrivastava and P. Li, "Densifying one permutation
hashing via rotation for fast near neighbor search", 2014); every shingle is thrown twice, which
keeps short texts from leaving most bins empty. All seeds are fixed: the result is a pure function
of the text. Plain Python integers do it in about half a millisecond a report; numpy would be
faster, but reading a report costs several times that, and the core needs no numpy otherwise.
"""

from __future__ import annotations

import hashlib
import re
import struct
from functools import lru_cache
from typing import Final

SHARE: Final = (4, 5)
"""Reports whose shingles agree to this share (4 of 5) are copies; whole numbers, no rounding."""

WIDTH: Final = 5
BINS: Final = 64
ROWS: Final = 4
LEAST_AGREEMENT: Final = 40
"""Of 64 bins: a pair as alike as SHARE has fewer only about once in a thousand times."""

HELD: Final = 48
"""Of 64 bytes of a trace: texts alike to four fifths have 51 in the mean, to three fifths 39."""

_WORD = re.compile(r"\w+")
_MASK: Final = (1 << 64) - 1
_LOW: Final = (1 << 32) - 1
# Odd constants from SplitMix64 (G. Steele and others, 2014) and xxHash64 (Y. Collet).
_FACTORS: Final = (
    0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
)  # fmt: skip
_BORROW: Final = 0x9E3779B1
_EMPTY: Final = 1 << 40
_HEADER: Final = re.compile(
    r"\A\s*(?:---[ \t]*\r?\n.{0,8000}?\n---[ \t]*\r?\n|date \d{4}(?:-\d{2}){0,2}\s)", re.DOTALL
)


def shingles(text: str) -> frozenset[int]:
    """The hashes of all runs of five words; letter case and punctuation don't count.

    A front matter block and a leading date tell of the file, not of its story: they are left out.
    A text of fewer words is one shingle; one of none has none.
    """
    body = _HEADER.sub("", text, count=1)
    words = [_word_hash(word) for word in _WORD.findall((body or text).casefold())]
    if not words:
        return frozenset()
    words += [0] * (WIDTH - len(words))
    a, b, c, d, e = _FACTORS
    runs = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    return frozenset(
        [(v * a + w * b + x * c + y * d + z * e) & _MASK for v, w, x, y, z in runs]
    )  # fmt: skip


def minima(found: frozenset[int]) -> tuple[int, ...]:
    """The 64 minima of a set of shingles, each of 32 bits; () for the empty set."""
    if not found:
        return ()
    bins = [_EMPTY] * BINS
    again = _FACTORS[1]
    for value in found:
        index, rest = value >> 58, (value >> 26) & _LOW
        if rest < bins[index]:
            bins[index] = rest
        thrown = (value * again) & _MASK
        index, rest = thrown >> 58, (thrown >> 26) & _LOW
        if rest < bins[index]:
            bins[index] = rest
    return tuple(_borrowed(bins, index) for index in range(BINS))


def band_keys(signature: tuple[int, ...]) -> list[int]:
    """One signed 64-bit key per band: two texts that share one are candidates."""
    return [
        int.from_bytes(
            hashlib.blake2b(
                struct.pack("<5I", start, *signature[start : start + ROWS]), digest_size=8
            ).digest(),
            "little",
            signed=True,
        )
        for start in range(0, len(signature), ROWS)
    ]


def promising(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two signatures agree enough for the texts to be compared."""
    return sum(map(int.__eq__, one, other)) >= LEAST_AGREEMENT


def alike(one: frozenset[int], other: frozenset[int]) -> tuple[bool, int, int]:
    """Whether two sets reach SHARE, how many shingles they share, and of how many."""
    shared = len(one & other)
    union = len(one) + len(other) - shared
    part, whole = SHARE
    return whole * shared >= part * union and union > 0, shared, union


def trace(signature: tuple[int, ...]) -> bytes:
    """The last byte of each minimum: enough to tell a near copy, too little to tell words.

    (P. Li and A. C. König, "b-bit minwise hashing", 2010.) One run of words in 256 leaves the byte
    that is there, whatever it says: none can be proved to have been in the text.
    """
    return bytes(value & 0xFF for value in signature)


def traced(one: bytes, other: bytes) -> bool:
    """Whether two traces agree as those of near copies do (HELD of 64 bytes)."""
    return sum(map(int.__eq__, one, other)) >= HELD


def pack(signature: tuple[int, ...]) -> bytes:
    """A signature as bytes, the same on every machine."""
    return struct.pack(f"<{len(signature)}I", *signature)


def unpack(data: bytes) -> tuple[int, ...]:
    """The inverse of ``pack``."""
    return struct.unpack(f"<{len(data) // 4}I", data)


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    data = word.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little") | 1


def _borrowed(bins: list[int], index: int) -> int:
    for step in range(BINS):
        value = bins[(index + step) % BINS]
        if value != _EMPTY:
            return (value + step * _BORROW) & _LOW
    return 0
