"""The files that pages need: style, scripts. They come with the program and are read once."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
from litestar import Response

from intendance.web._failures import plain


class StaticFile(msgspec.Struct, frozen=True):
    """One file: its bytes, media type and the first digits of its SHA-256."""

    content: bytes
    kind: str
    mark: str


@cache
def static_files() -> dict[str, StaticFile]:
    """All files by their path under ``static``."""
    return dict(_files(resources.files(__package__).joinpath("static"), ""))


def static_address(name: str) -> str:
    """Where a file is; another content has another address, so that it may be kept for long."""
    return f"/static/{name}?{static_files()[name].mark}"


def static_answer(name: str) -> Response[bytes]:
    """A file of the pages; 404 for what is none."""
    found = static_files().get(name.strip("/"))
    if found is None:
        raise plain(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": f'"{found.mark}"'}
    return Response(found.content, media_type=found.kind, headers=headers)


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, StaticFile]]:
    if not folder.is_dir():
        return
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{above}{each.name}/")
            continue
        content = each.read_bytes()
        kind = mimetypes.guess_type(each.name)[0] or "application/octet-stream"
        mark = hashlib.sha256(content).hexdigest()[:16]
        yield above + each.name, StaticFile(content, kind, mark)
