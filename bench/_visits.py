"""Visitors for bench/web.py: which pages they ask for, over a bare connection of HTTP/1.1."""

from __future__ import annotations

import asyncio
import random
from typing import Any
from urllib.parse import urlencode

import msgspec


class Visit(msgspec.Struct, frozen=True):
    """One page to ask for; ``kind`` is what its time is counted under."""

    kind: str
    path: str


class Session:
    """One browser: a connection that is kept, one request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._lock = asyncio.Lock()
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._host}\r\n".encode())

    async def post(self, path: str, body: Any) -> tuple[int, bytes]:
        """Status and body of a JSON request."""
        content = msgspec.json.encode(body)
        head = f"POST {path} HTTP/1.1\r\n{self._host}Content-Type: application/json\r\n"
        return await self._ask(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)

    async def close(self) -> None:
        """Ends the connection."""
        if self._writer is not None:
            self._writer.close()
            await self._writer.wait_closed()

    @property
    def _host(self) -> str:
        return f"Host: {self._place[0]}:{self._place[1]}\r\n"

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        async with self._lock:
            if self._writer is None:
                self._reader, self._writer = await asyncio.open_connection(*self._place)
            assert self._reader is not None
            self._writer.write(request)
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            status = int(head.split(" ", 2)[1])
            if "transfer-encoding: chunked" in head:
                return status, await self._chunks()
            length = int(head.partition("content-length:")[2].split("\r\n")[0])
            return status, await self._reader.readexactly(length)

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        parts = []
        while size := int(await self._reader.readline(), 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return b"".join(parts)


async def visits(host: str, port: int, chance: random.Random, count: int) -> list[Visit]:
    """Pages as visitors ask for them; facets in any combination of what the ledger has."""
    session = Session(host, port)
    _, body = await session.get("/api/v1/facets")
    facets = msgspec.json.decode(body)["facets"]
    after, ids = "", []
    for _ in range(4):
        _, body = await session.get(f"/api/v1/commitments?limit=100{after}")
        page = msgspec.json.decode(body)
        ids += [each["id"] for each in page["records"]]
        after = f"&cursor={page['next']}" if page["next"] else ""
    _, body = await session.get("/api/v1/reports?limit=100")
    reports = [each["id"] for each in msgspec.json.decode(body)["records"]]
    await session.close()
    made = {
        "facets": lambda: Visit("facets", _searched(facets, chance)),
        "commitment": lambda: Visit("commitment", f"/commitments/{chance.choice(ids)}"),
        "report": lambda: Visit("report", f"/reports/{chance.choice(reports)}"),
        "overview": lambda: Visit("overview", "/"),
        "conflicts": lambda: Visit("conflicts", "/conflicts"),
        "reports": lambda: Visit("reports", f"/reports?page={chance.randint(1, 3)}"),
    }
    kinds = chance.choices(tuple(made), (50, 25, 8, 5, 4, 8), k=count)
    return [made[kind]() for kind in kinds]


def _searched(facets: Any, chance: random.Random) -> str:
    """A search with up to four facets, each with one of its values."""
    names = {"donor": "donor", "recipient": "recipient", "item": "class", "stage": "stage",
             "certainty": "certainty", "witnesses": "witnesses"}  # fmt: skip
    asked = {}
    for name in chance.sample(sorted(names), chance.randint(0, 4)):
        values = facets[names[name]]
        if values:
            asked[name] = chance.choice(values)["value"]
    if chance.random() < 0.2:
        asked["since"] = f"202{chance.randint(2, 5)}"
    if chance.random() < 0.2:
        asked["page"] = str(chance.randint(2, 20))
    return "/ledger" + (f"?{urlencode(asked)}" if asked else "")


_COLUMNS = ("donors", "recipient", "item", "general", "live")


async def peer_visits(
    host: str, port: int, name: str, chance: random.Random, count: int
) -> list[Visit]:
    """The pages of Datasette that come nearest: a table with facets and filters, a row."""
    session = Session(host, port)
    _, body = await session.get(f"/{name}/commitment.json?_shape=objects&_size=400&_labels=off")
    rows = msgspec.json.decode(body)["rows"]
    await session.close()
    facets = urlencode([("_facet", each) for each in ("recipient", "item", "live")])

    def searched() -> Visit:
        row = chance.choice(rows)
        chosen = chance.sample(_COLUMNS, chance.randint(0, 4))
        asked = {f"{each}__exact": row[each] for each in chosen if row[each] is not None}
        return Visit("facets", f"/{name}/commitment?{facets}&{urlencode(asked)}")

    def one() -> Visit:
        return Visit("commitment", f"/{name}/commitment?id__exact={chance.choice(rows)['id']}")

    return [searched() if chance.random() < 2 / 3 else one() for _ in range(count)]
