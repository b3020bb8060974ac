"""The numbered log of every call, for assertions such as "nothing was written" and "each create went out once"."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from emulator.protocol import Call


@dataclass(slots=True)
class Entry:
    """One call. ``status`` is 0 while it is under way and when its connection was dropped."""

    index: int
    time: float
    call: Call
    status: int = 0
    error: str = ""
    fault: str = ""
    millis: float = 0.0

    def document(self) -> dict[str, Any]:
        """The entry as the control API shows it."""
        return {
            "index": self.index,
            "time": int(self.time * 1000),
            "service": self.call.service,
            "operation": self.call.operation,
            "resource": self.call.resource,
            "region": self.call.region,
            "caller": self.call.caller,
            "mutating": self.call.mutating,
            "status": self.status,
            "error": self.error,
            "fault": self.fault,
            "millis": round(self.millis, 1),
        }


class CallLog:
    """Calls in the order of arrival, numbered from 0; numbers go on after a reset, so that marks stay meaningful."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._first = 0

    def open(self, call: Call) -> Entry:
        """Numbers a call that has just arrived."""
        with self._lock:
            entry = Entry(self._first + len(self._entries), time.time(), call)
            self._entries.append(entry)
            return entry

    def next_index(self) -> int:
        """The number that the next call will get."""
        with self._lock:
            return self._first + len(self._entries)

    def since(self, index: int) -> list[Entry]:
        """All calls numbered ``index`` or higher that are still kept."""
        with self._lock:
            return self._entries[max(0, index - self._first) :]

    def counts(self, index: int, caller: str | None = None) -> dict[str, dict[str, int]]:
        """How many calls since ``index``, by service and operation; of one caller only where given."""
        totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for entry in self.since(index):
            if caller is not None and entry.call.caller != caller:
                continue
            totals[entry.call.service][entry.call.operation] += 1
        return {service: dict(operations) for service, operations in totals.items()}

    def clear(self) -> None:
        """Forgets all calls; numbering goes on."""
        with self._lock:
            self._first += len(self._entries)
            self._entries = []
