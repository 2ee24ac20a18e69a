"""From characters to sentences; every step keeps the length, so that offsets stay true."""

from intendance.reading._text.lookalike import mixed_notes, one_script
from intendance.reading._text.normalise import fold_case, normalise
from intendance.reading._text.sentences import Sentence, left_of, split_sentences
from intendance.reading._text.torn import masked, torn_notes, torn_numbers

__all__ = [
    "Sentence",
    "fold_case",
    "left_of",
    "masked",
    "mixed_notes",
    "normalise",
    "one_script",
    "split_sentences",
    "torn_notes",
    "torn_numbers",
]
