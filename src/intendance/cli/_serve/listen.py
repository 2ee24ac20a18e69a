"""The socket, the ledger and the server that answers on it."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from intendance.cli._serve.exposure import Exposure
from intendance.terms import IntendanceError

if TYPE_CHECKING:
    from intendance.web import Settings

_NEEDED = ("litestar", "uvicorn", "argon2", "numpy")


@contextmanager
def prepared(db: str | None) -> Iterator[tuple[str, bool]]:
    """The ledger to serve and whether it is the demo's, which is removed at the end.

    Raises IntendanceError ``web.extra-missing`` where the server isn't installed.
    """
    check_installed()
    if db is not None:
        yield db, False
        return
    from intendance.web import demo_folder, demo_ledger

    folder = demo_folder()
    try:
        yield demo_ledger(folder), True
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def listen(
    settings: Settings, exposure: Exposure, port: int, tell: Callable[[str], object]
) -> None:
    """Answers on the host and ``port`` until it is interrupted; ``tell`` is told the address.

    Raises IntendanceError ``web.address`` where it can't listen there, ``ledger.*`` where the
    ledger can't be opened.
    """
    import uvicorn

    from intendance.web import build_app, steady

    steady()
    host = exposure.host
    with _socket(host, port) as found:
        app = build_app(settings)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=5,
            ssl_certfile=exposure.certificate,
            ssl_keyfile=exposure.key,
            proxy_headers=exposure.proxy is not None,
            forwarded_allow_ips=exposure.proxy or "",
        )
        where = f"[{host}]" if ":" in host else host
        scheme = "https" if exposure.certificate else "http"
        tell(f"{scheme}://{where}:{found.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[found])


def _socket(host: str, port: int) -> socket.socket:
    try:
        kind = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # Told its protocol, or asyncio leaves small packets to wait for each other (Nagle).
        found = socket.socket(kind[0], kind[1], kind[2])
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(kind[4])
        # From here on who connects waits in line, so that the address can be told.
        found.listen(2048)
    except OSError as fault:
        raise IntendanceError(
            "web.address", expected="an address and port to listen on",
            got=fault.strerror or str(fault), where=f"{host}:{port}",
        ) from fault  # fmt: skip
    return found


def check_installed() -> None:
    """Raises IntendanceError ``web.extra-missing`` where the server isn't installed."""
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise IntendanceError(
            "web.extra-missing", expected="the packages of the server",
            got="no module " + ", ".join(missing), where="serve",
        )  # fmt: skip
