"""The room of the page and the interface over HTTP (docs/web.md)."""

from intendance.web._app import build_app
from intendance.web._settings import Settings
from intendance.web._shelf import demo_folder, demo_ledger

__all__ = ["Settings", "build_app", "demo_folder", "demo_ledger"]
