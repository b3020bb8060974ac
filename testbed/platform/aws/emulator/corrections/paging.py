"""Pages by key: an entry deleted between two pages neither fails the second nor hides another."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any

from emulator.corrections import refuse


def page(
    entries: Iterable[Any], key: Callable[[Any], str], marker: str | None, size: int
) -> tuple[list[Any], str | None]:
    """The ``size`` entries after ``marker`` in the order of their keys, and the marker of the next page, if any."""
    ordered = sorted(((key(entry), entry) for entry in entries), key=lambda pair: pair[0])
    left = [pair for pair in ordered if not marker or pair[0] > marker]
    shown = [entry for _, entry in left[:size]]
    return shown, left[size - 1][0] if len(left) > size else None


def token(marker: str | None) -> str | None:
    """An opaque token for a marker, for services whose tokens are opaque."""
    return None if marker is None else base64.urlsafe_b64encode(marker.encode()).decode()


def marker_of(given: str | None, code: str) -> str | None:
    """The marker in a token; fails with ``code`` where it is none of ours."""
    if not given:
        return None
    try:
        return base64.urlsafe_b64decode(given.encode()).decode()
    except (binascii.Error, UnicodeError):
        refuse(code, f"The token {given} is not valid.")
