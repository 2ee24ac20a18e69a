"""Lists of an HTML page, made to survive the extraction: what was sent is often told in one."""

from __future__ import annotations

from resiliparse.parse.html import DocumentNode, ElementNode, Node

_DEPTH = 3  # elements between the body and a list, for the list not to be taken for a menu
_LINKS = 1_000  # as many links make a directory
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
