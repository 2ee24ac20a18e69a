"""From bytes to characters: the stated encoding, else UTF-8, else a plausible Windows-1252."""

from __future__ import annotations

import codecs
import re

import msgspec
from resiliparse.parse.encoding import map_encoding_to_html5

from intendance.reading._input.sniff import binary, refuse_controls
from intendance.terms import IntendanceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset[ \t\n\f\r]*=[ \t\n\f\r]*[\"']?[ \t\n\f\r]*([\w.:-]{1,40})"
    rb"|\A[ \t\r\n]*<\?xml[^>]{0,200}?encoding[ \t]*=[ \t]*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_PRESCAN = 4096  # browsers look at the first 1024 bytes; pages put the tag later now and then

# Windows-1252 as Western European text uses it (letters of French, German, the Nordic and Iberian
# languages, typographic marks). What falls outside is another code page read wrongly.
_LETTERS = "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜàâäçèéêëîïôöùûüÿßŒœÁÍÓÚáíóúÑñÅåÆæØøÃãÕõÌìÒò"
_MARKS = "‘’‚“”„«»‹›–—…•·€£§°©®™²³½¼¾ªº¡¿\xa0\xad´×±µ†"
_HIGH = re.compile(r"[\x80-\uffff]")
_GOOD = re.compile(
    rf"(?<![{_LETTERS}])[{_LETTERS}]{{1,3}}(?![{_LETTERS}])|[{_MARKS}]", re.IGNORECASE
)
_BAD = re.compile(
    rf"[a-z][{_LETTERS[:19]}ÁÍÓÚÑÅÆØÃÕÌÒ][a-z]|[a-z][²³½¼¾ª£¡¿±µ×†][a-z]|Ã[\x80-\u2fff]"
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # half a character, in UTF-8's manner


class Decoded(msgspec.Struct, frozen=True):
    """The characters of a file, and what is to be said about how they were found."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, where: str, charset: str | None = None, *, markup: bool = False) -> Decoded:
    """Decode a file; a byte order mark goes, nothing else is changed.

    ``charset`` is what a caller knows (a header); ``markup`` looks for a declaration in the
    first bytes too. Order: byte order mark, charset, UTF-8, Windows-1252 where plausible.
    Raises IntendanceError ``input.encoding``, or ``input.binary`` for NUL and control bytes.
    """
    for mark, marked in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], marked, where)
    stated = charset or (declared_charset(data) if markup else None)
    name = _known(stated)
    if name is not None and name.startswith("utf-16"):
        name = None  # a declaration that we could read as ASCII is not UTF-16 (WHATWG, 13.2.3.2)
    stray = _stray(data, where)
    if name is not None and name != "utf-8":
        text = _try(data, name)
        if text is not None:
            return Decoded(text, stray)
    text = _try(data, "utf-8")
    if text is not None:
        notes = (
            (f"stated encoding '{stated}', read as UTF-8",) if name not in (None, "utf-8") else ()
        )
        return Decoded(text, (*notes, *stray))
    text = _try(data, "cp1252")
    if text is not None and _plausible(data, text):
        return Decoded(text, ("no valid UTF-8, read as Windows-1252", *stray))
    raise _undecodable(data, stated, where)


def _stray(data: bytes, where: str) -> tuple[str, ...]:
    count = refuse_controls(data, where)
    return (f"{count} control characters were left in the text",) if count else ()


def declared_charset(data: bytes) -> str | None:
    """The encoding that an HTML or XML file states in its first bytes."""
    match = _DECLARED.search(data, 0, _PRESCAN)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _marked(data: bytes, name: str, where: str) -> Decoded:
    stray = _stray(data, where) if name == "utf-8" else ()
    text = _try(data, name)
    if text is None:
        raise _undecodable(data, name, where)
    zero = text.find("\0") if name != "utf-8" else -1
    if zero >= 0:
        raise binary(f"a NUL character, at character {zero}", where)
    return Decoded(text, stray)


def _known(stated: str | None) -> str | None:
    """The Python codec for a label of the WHATWG encoding standard."""
    if not stated:
        return None
    name = map_encoding_to_html5(stated.strip().lower(), fallback_utf8=False)
    if name is None or name in ("replacement", "x-user-defined"):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _plausible(data: bytes, text: str) -> bool:
    """Whether text read as Windows-1252 looks like a Western European language.

    It does not where the file is UTF-8 with some damage (most of its high bytes form valid
    sequences), where accented letters stand in long runs or make up most letters (Cyrillic,
    Greek, Chinese), or where signs and capitals stand inside words (Polish, Czech, Mac Roman).
    """
    broken = data.decode("utf-8", "replace").count("�")
    valid = sum(1 for _ in re.finditer(rb"[\xc3-\xf4][\x80-\xbf]", data))
    if valid * 2 > broken or _SURROGATE.search(data) is not None:
        return False
    high = sum(1 for _ in _HIGH.finditer(text))
    good = sum(len(match[0]) for match in _GOOD.finditer(text))
    bad = sum(1 for _ in _BAD.finditer(text))
    return high * 4 <= len(text) and good * 20 >= high * 19 and bad * 50 <= high


def _undecodable(data: bytes, stated: str | None, where: str) -> IntendanceError:
    at = 0
    try:
        data.decode("utf-8" if stated not in ("utf-16-le", "utf-16-be") else stated)
    except UnicodeDecodeError as error:
        at = error.start
    return IntendanceError(
        "input.encoding",
        expected=f"text in {stated}" if stated else "text in UTF-8",
        got=f"bytes that are none ({data[at : at + 4].hex(' ')} at byte {at})",
        where=where,
    )
