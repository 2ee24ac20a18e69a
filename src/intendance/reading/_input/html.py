"""HTML pages: the text of the article, block by block on lines of its own, and what the page is."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import msgspec
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import DOMContext, HTMLTree, traverse_dom

from intendance.reading._input._data import table
from intendance.reading._input.limits import Limits
from intendance.reading._input.lists import drop_menus, keep_lists
from intendance.reading._input.metadata import Metadata, clean, page_metadata
from intendance.reading._input.scan import Scanned, scan
from intendance.terms import IntendanceError

_FEW = 600  # characters of main text below which the page is looked at again
_SHARE = 0.25  # of all its text; less than that, and the main text is in doubt
_SMALL = 1_000  # elements that cannot nest deeply enough to matter
_HARD = 2_000_000  # characters of HTML, and elements, up to which the slower way is tried
_MANY = 20_000
# Where a browser may break a line; nobody sees them, and no word or figure is two for them.
_BREAKS = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_BLANK_LINES = re.compile(r"\n{3,}")


class Page(msgspec.Struct, frozen=True):
    """The text of an HTML page and its metadata."""

    text: str
    metadata: Metadata


class _TooDeepError(Exception):
    """Raised inside the walk over the tree."""


def read_page(html: str, where: str, limits: Limits) -> Page:
    """The main text of a page, blocks apart by newlines, and its metadata.

    Raises IntendanceError ``input.too-deep`` and ``input.too-large`` for pages beyond the limits,
    ``input.unreadable`` where no parser makes anything of it.
    """
    text, metadata, scanned = _parsed(html, where, limits, _main_text)
    if metadata.title is None:
        metadata = msgspec.structs.replace(metadata, title=_title(scanned))
    notes = scanned.notes + metadata.notes
    return Page(_tidy(text), msgspec.structs.replace(metadata, notes=notes))


def _parsed(
    html: str, where: str, limits: Limits, extract: Callable[[HTMLTree, Scanned], str]
) -> tuple[str, Metadata, Scanned]:
    """The text that ``extract`` takes from a page that was scanned and parsed; its metadata."""
    scanned = scan(html, where, limits)
    try:
        tree = HTMLTree.parse(scanned.html)
        if scanned.elements > _SMALL:
            _check_depth(tree, limits)
        document = tree.document
        metadata = (
            page_metadata(document, scanned.linked_data) if document is not None else Metadata()
        )
        if document is not None:
            keep_lists(document)
            drop_menus(document)
        text = extract(tree, scanned)
    except _TooDeepError as error:
        raise IntendanceError(
            "input.too-deep",
            expected=f"at most {error}",
            got="more",
            where=where,
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise IntendanceError(
            "input.unreadable",
            expected="an HTML page that can be parsed",
            got=f"'{type(error).__name__}' from the parser",
            where=where,
        ) from None
    return text, metadata, scanned


def read_fragment(html: str, where: str, limits: Limits) -> str:
    """The text of a piece of HTML that holds one article and no page around it (a feed's entry).

    Captions, menus and the like go as in a page; nothing else is taken for surroundings. Raises
    IntendanceError as ``read_page``.
    """
    return _tidy(_parsed(html, where, limits, lambda tree, _: _extract(tree, main=False))[0])


def _check_depth(tree: HTMLTree, limits: Limits) -> None:
    root = tree.document.document_element if tree.document is not None else None
    if root is None:
        return

    total = 0

    def look(context: DOMContext) -> None:
        nonlocal total
        total += context.depth
        if context.depth > limits.max_depth:
            raise _TooDeepError(f"{limits.max_depth} elements in one another")
        if total > limits.max_nesting:
            raise _TooDeepError(f"{limits.max_nesting} as the sum of the depths of all elements")

    traverse_dom(root, look, elements_only=True)


def _main_text(tree: HTMLTree, scanned: Scanned) -> str:
    """The article by resiliparse; a page where it finds little gets a second opinion."""
    main = _extract(tree, main=True)
    if len(main) >= _FEW:
        return main
    whole = _extract(tree, main=False)
    if len(main) >= _SHARE * len(whole):
        return main
    other = _second_opinion(scanned)
    best = max(main, other, key=len)
    return best if len(best) >= _SHARE * len(whole) or len(best) >= _FEW else whole


def _extract(tree: HTMLTree, *, main: bool) -> str:
    return extract_plain_text(
        tree,
        preserve_formatting=True,
        main_content=main,
        list_bullets=True,
        alt_texts=False,
        links=False,
        form_fields=False,
        noscript=False,
        comments=False,
        post_meta=False,
        skip_elements=table("html")["skip"],
    )


def _second_opinion(page: Scanned) -> str:
    """The article by trafilatura; empty where it finds none or fails."""
    if len(page.html) > _HARD or page.elements > _MANY:
        return ""
    import trafilatura  # takes longer to load than most pages to read

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(
            page.html, include_comments=False, include_tables=True, deduplicate=False, fast=False
        )
    except Exception:  # noqa: BLE001 - a third party's parser on a page of anybody's making
        return ""
    return text or ""


def _title(page: Scanned) -> str | None:
    """The title of a page that does not mark one, by trafilatura; its dates are guesses, unused."""
    if len(page.html) > _HARD or page.elements > _MANY:
        return None
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract_metadata(page.html, extensive=False)
    except Exception:  # noqa: BLE001 - as above
        return None
    return clean(found.title) if found is not None else None


def _tidy(text: str) -> str:
    text = text.translate(_BREAKS)
    lines = (line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
