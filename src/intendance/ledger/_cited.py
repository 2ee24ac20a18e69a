"""Addresses as they are cited: the same page under its many spellings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

_ARCHIVED: Final = re.compile(
    r"https?://(?:web\.)?archive\.(?:org|ph|is|today)/(?:web/)?[0-9*a-z_]*/"
)
_TRACKING: Final = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|msclkid|ref_src|ref_url|s|cmp|cn)=[^&]*")


@lru_cache(maxsize=65_536)
def cited_as(address: str) -> str:
    """An address without scheme, ``www.``, fragment, tracking and a copy in a web archive.

    What is no address of the web is given without regard to case and white space.
    """
    bare = _ARCHIVED.sub("", address.strip(), count=1)
    if "://" not in bare and not bare.startswith("www."):
        return " ".join(bare.casefold().split())
    parts = urlsplit(bare if "://" in bare else f"https://{bare}")
    host = (parts.netloc.rsplit("@", 1)[-1].casefold()).removeprefix("www.").removesuffix(":443")
    query = "&".join(each for each in _TRACKING.sub("", parts.query).split("&") if each)
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")
