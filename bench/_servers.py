"""Servers for bench/web.py: ours, and Datasette on the same file as the peer."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from _visits import Session

_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 60.0


class Server:
    """A server in a process of its own; ``start`` are the seconds to its first answer."""

    host = "127.0.0.1"
    version = ""

    def __init__(self, command: list[str], port: int, first: str) -> None:
        began = time.monotonic()
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            self.port = port or self._told()
            asyncio.run(self._answered(first, began + _PATIENCE))
        except BaseException:
            self.stop()
            raise
        self.start = time.monotonic() - began

    def _told(self) -> int:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://[\d.]+:(\d+)/", line)
        assert found is not None, line
        return int(found[1])

    async def _answered(self, first: str, until: float) -> None:
        while True:
            session = Session(self.host, self.port)
            try:
                status, _ = await session.get(first)
                assert status == 200, status
                return
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                await asyncio.sleep(0.02)
            finally:
                await session.close()

    def peak_mebibytes(self) -> float:
        """The most memory that the server has held."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", text)
        return int(found[1]) / 1024 if found else float("nan")

    def processor_seconds(self) -> float:
        """What the server has used of the processors so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(20)


def ours(database: str | None) -> Server:
    """``intendance serve``, on the demo ledger if no database is named."""
    command = [sys.executable, "-m", "intendance.cli", "serve", "--port", "0"]
    return Server([*command, *(["--db", database] if database else [])], 0, "/static/page.css")


def datasette() -> str | None:
    """The peer's command, if it is installed beside this Python or on the path."""
    beside = Path(sys.executable).with_name("datasette")
    return str(beside) if beside.exists() else shutil.which("datasette")


def peer(command: str, database: str) -> Server:
    """Datasette on the same file, with time enough for its queries and facets."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    limits = ["--setting", "sql_time_limit_ms", "20000"]
    limits += ["--setting", "facet_time_limit_ms", "20000"]
    made = [command, "serve", database, "--port", str(port), *limits]
    server = Server(made, port, "/-/versions.json")
    told = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    server.version = told.split()[-1]
    return server
