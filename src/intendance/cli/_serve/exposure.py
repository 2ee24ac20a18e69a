"""Who can reach the server: other machines only with users and TLS."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import Final

import msgspec

from intendance.terms import IntendanceError

_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class Exposure(msgspec.Struct, frozen=True):
    """Where the server listens, and what stands before the ledger there."""

    host: str
    auth: bool = False
    certificate: Path | None = None
    key: Path | None = None
    proxy: str | None = None

    @property
    def secure(self) -> bool:
        """Whether browsers reach it over TLS."""
        return self.certificate is not None or self.proxy is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The hosts that a request may name where there are no users."""
        return tuple(sorted({*_LOOPBACK, self.host.lower()}))


def check_exposure(exposure: Exposure) -> None:
    """Raises IntendanceError ``web.exposed`` where others could reach the ledger unprotected."""
    if (exposure.certificate is None) != (exposure.key is None):
        raise IntendanceError(
            "setting.invalid", expected="--tls-cert and --tls-key together", got="one of them",
            where="serve",
        )  # fmt: skip
    if _is_loopback(exposure.host):
        return
    missing = [] if exposure.auth else ["--auth"]
    missing += [] if exposure.secure else ["TLS or a declared proxy"]
    if missing:
        raise IntendanceError(
            "web.exposed", expected="an address of this machine alone, or users and TLS",
            got=f"{exposure.host} without {' and '.join(missing)}", where="serve",
        )  # fmt: skip


def _is_loopback(host: str) -> bool:
    """Whether every address of that name is this machine's own."""
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, None)}
        return all(ipaddress.ip_address(each.partition("%")[0]).is_loopback for each in found)
    except (OSError, UnicodeError, ValueError):
        return False


def access_beside(address: str) -> Path:
    """The file of users of a ledger: beside it; of a database server, in this folder."""
    path = address.removeprefix("sqlite:///")
    if "://" in path:
        return Path("intendance.access")
    return Path(path).with_suffix(".access")
