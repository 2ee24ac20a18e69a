"""From characters to sentences; every step keeps the length, so that offsets stay true."""

from intendance.reading._text.lookalike import one_script
from intendance.reading._text.normalise import fold_case, normalise
from intendance.reading._text.sentences import Sentence, split_sentences

__all__ = ["Sentence", "fold_case", "normalise", "one_script", "split_sentences"]
