"""The trade register of the SIPRI Arms Transfers Database."""

from intendance.exchange._sipri.register import READER, read_sipri

__all__ = ["READER", "read_sipri"]
