"""The account that ``intendance brief`` writes: totals, promises against deliveries, conflicts."""

from intendance.cli._account.page import DEFAULT_ROWS, Account, account_page

__all__ = ["DEFAULT_ROWS", "Account", "account_page"]
