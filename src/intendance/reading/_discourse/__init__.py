"""From sentences to a text: who speaks, what pronouns stand for, whom it is about."""

from intendance.reading._discourse.memory import Frame, Memory
from intendance.reading._discourse.speech import ANONYMOUS, Speech, read_speech

__all__ = ["ANONYMOUS", "Frame", "Memory", "Speech", "read_speech"]
