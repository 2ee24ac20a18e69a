"""Typed tokens: words with what the lexicon, the grammar and the number rules know of them."""

from intendance.reading._tokens.lexicon import Entity, Hit, Lexicon
from intendance.reading._tokens.token import Token, tokenise

__all__ = ["Entity", "Hit", "Lexicon", "Token", "tokenise"]
