"""Lists of an HTML page, made to survive the extraction; and cells of a layout that are menus."""

from __future__ import annotations

from resiliparse.parse.html import DocumentNode, ElementNode, Node

_DEPTH = 3  # elements between the body and a list, for the list not to be taken for a menu
_LINKS = 1_000  # as many links make a directory
_LAYOUT = 300  # characters of a cell that make its table a layout of the page
_MENU = 3  # as many links, and most of its text in them, make a cell of a layout a menu
_MOSTLY = 0.7
_CELLS = 200  # cells of a page that are looked at; a layout has few
_LINKED = 0.5  # the share of a list's text in links up to which it is no menu


def keep_lists(document: DocumentNode) -> None:
    """Change the lists of a parsed page so that the extraction keeps those with something to say.

    resiliparse (2.0) takes any ``ul`` less than three elements below ``body`` for a menu, and
    any list with a few links in it; and it numbers the items of an ``ol``, which would read as
    quantities. Lists that are mostly links stay as they are, and go.
    """
    for numbered in document.query_selector_all("ol").values():
        _swap(numbered, document.create_element("ul"))
    outer: ElementNode | None = None
    for each in document.query_selector_all("ul").values():
        if outer is not None and outer.contains(each):
            continue  # goes or stays with the list around it
        outer = each
        links = each.get_elements_by_tag_name("a").values()
        if len(links) > _LINKS or sum(len(link.text or "") for link in links) > _LINKED * len(
            each.text or ""
        ):
            continue
        for link in links:
            _swap(link, document.create_element("span"))
        for _ in range(_DEPTH - _depth(each)):
            wrapper = document.create_element("div")
            each.replace_with(wrapper)
            wrapper.append_child(each)


def drop_menus(document: DocumentNode) -> None:
    """Remove the cells of a layout table that hold a menu; resiliparse knows menus by their names.

    A cell with links in a table of facts stays: no cell there is as long as an article's.
    """
    cells = document.query_selector_all("td").values()
    if not 0 < len(cells) <= _CELLS or max(len(each.text or "") for each in cells) < _LAYOUT:
        return
    for cell in cells:
        links = cell.get_elements_by_tag_name("a").values()
        linked = sum(len(link.text or "") for link in links)
        if len(links) >= _MENU and linked > _MOSTLY * len((cell.text or "").strip()):
            cell.decompose()


def _swap(old: ElementNode, new: ElementNode) -> None:
    """Put ``new`` in the place of ``old``, with all that it holds."""
    child: Node | None
    while (child := old.first_child) is not None:
        new.append_child(child)
    old.replace_with(new)


def _depth(element: ElementNode) -> int:
    """How many elements stand between an element and the body, up to the depth that matters."""
    for depth in range(_DEPTH):
        parent = element.parent_element
        if parent is None or (parent.tag_name or "").lower() == "body":
            return depth
        element = parent
    return _DEPTH
