"""How ``intendance serve`` listens."""

from intendance.cli._serve.exposure import Exposure, access_beside, check_exposure
from intendance.cli._serve.listen import check_installed, listen, prepared

__all__ = ["Exposure", "access_beside", "check_exposure", "check_installed", "listen", "prepared"]
