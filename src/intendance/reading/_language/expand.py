"""Short notation of a language's data files made long: shorthands, brackets, declined words."""

from __future__ import annotations

import re
from typing import Any, Final

from intendance.catalogue import expand
from intendance.reading._language.decline import MARK, Declension

_GROUP: Final = re.compile(r"\(.*\)|\[.*\]")


class Expansion:
    """Makes the forms of one language's tables; gathers the ``cases`` of those that decline."""

    def __init__(self, shorthand: dict[str, str], declension: Declension) -> None:
        self._shorthand = {f"{{{name}}}": text for name, text in shorthand.items()}
        self._declension = declension
        self.cases: dict[str, str] = {}

    def table(self, data: Any) -> Any:
        """``data`` with every form of its lists and keys written out, in order, each once."""
        if isinstance(data, dict):
            return {form: self.table(value) for key, value in data.items()
                    for form in self.forms(key)}  # fmt: skip
        if isinstance(data, list):
            if all(isinstance(each, str) for each in data):
                return list(dict.fromkeys(form for each in data for form in self.forms(each)))
            return [self.table(each) for each in data]
        return data

    def forms(self, text: str) -> list[str]:
        """All forms that one entry stands for."""
        for name, written in self._shorthand.items():
            text = text.replace(name, written)
        if MARK in text:
            declined = self._declension.marked(text)
            for form, cases in declined.items():
                known = self.cases.get(form.lower(), "")
                self.cases[form.lower()] = known + "".join(c for c in cases if c not in known)
            return [form.lower() for form in declined]
        return list(expand(text)) if _GROUP.search(text) else [text]
