"""The room of the page and the interface over HTTP (docs/web.md)."""

from intendance.web._access import Access
from intendance.web._accounts import Accounts
from intendance.web._app import build_app
from intendance.web._demo import demo_folder, demo_ledger
from intendance.web._memory import steady
from intendance.web._settings import Settings

__all__ = ["Access", "Accounts", "Settings", "build_app", "demo_folder", "demo_ledger", "steady"]
