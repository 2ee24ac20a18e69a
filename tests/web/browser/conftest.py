"""One browser and one server for all browser tests; what breaks the policy fails its test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from intendance.api import open_ledger
from intendance.web import Settings, build_app

uvicorn = pytest.importorskip("uvicorn")
playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM: Final = Path("/usr/bin/chromium")
_QUIET: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_LOCALES: Final = {"en": "en-GB", "fr": "fr-FR"}

HOSTILE: Final = (
    "Germany has delivered 4 Leopard 2A6 tanks to Ukraine. "
    "<script>document.title='taken'</script><style>body{display:none}</style>"
    "<img src=x onerror=\"document.title='taken'\"> "
    "\u202eright to left\u202c and \u2066isolated\u2069 and \u200ehidden\n\n"
    + "x" * 1_000_000
    + "\n\nDenmark has delivered 19 F-16 aircraft to Ukraine.\n"
)
"""A report that would take a page over if it could."""


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a server of its own, in a thread, on a port that is free."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build_app(settings), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        held.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: install the package chromium")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(_QUIET))
        yield made
        made.close()


@pytest.fixture(scope="session")
def address(demo_address: str, plans: Path) -> Iterator[str]:
    """A server of the demo ledger with plans; only to look."""
    with served(Settings(database=demo_address, plans=plans)) as made:
        yield made


@pytest.fixture
def own(copied: Path) -> Iterator[str]:
    """A server of a demo ledger of the test's own, to write to."""
    with served(Settings(database=str(copied))) as made:
        yield made


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server whose ledger holds the hostile report, and that report's identifier."""
    folder = tmp_path_factory.mktemp("hostile")
    report = folder / "report.txt"
    report.write_text(f"date 2024-05-01\n\n{HOSTILE}", encoding="utf-8")
    database = str(folder / "hostile.db")
    with open_ledger(database) as books:
        books.read(report)
        id_ = books.reports()[0].id
    with served(Settings(database=database)) as made:
        yield made, id_


Browse = Callable[..., Any]


@pytest.fixture
def browse(browser: Any) -> Iterator[Browse]:
    """Opens a page: ``browse(address, language="fr", scripts=False, width=360)``.

    When the test ends, anything that the policy refused, any fault of a script and any request to
    another host fails it.
    """
    problems: list[str] = []
    with ExitStack() as stack:

        def opened(
            to: str, language: str = "en", *, scripts: bool = True, width: int = 1200
        ) -> Any:
            context = browser.new_context(
                locale=_LOCALES[language], java_script_enabled=scripts,
                viewport={"width": width, "height": 900},
            )  # fmt: skip
            stack.callback(context.close)
            context.set_default_timeout(20_000)
            page = context.new_page()
            _watch(page, urlsplit(to).netloc, problems)
            answer = page.goto(to)
            if answer.status >= 500:
                problems.append(f"{answer.status} at {to}")
            return page

        yield opened
    assert problems == []


def _watch(page: Any, host: str, problems: list[str]) -> None:
    def told(message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            problems.append(message.text)

    def asked(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != host:
            problems.append(f"a request to {parts.netloc}")

    page.on("console", told)
    page.on("pageerror", lambda fault: problems.append(str(fault)))
    page.on("request", asked)
