"""What the engine tells of itself, as records of ``logging`` below the logger ``crmkit``."""

from __future__ import annotations

import logging

logging.getLogger("crmkit").addHandler(logging.NullHandler())


def log(level: int, target: str, text: str) -> None:
    """Hands a line of the engine to the logger of its room."""
    logging.getLogger("crmkit." + target.replace("::", ".")).log(level, "%s", text)
