"""States that take time: RDS instances, DynamoDB tables, caches, NAT gateways and load balancers that are being created, modified or deleted.

moto changes state within the call. Here a change is scheduled and carried out by the first call after it is due, so no
thread is needed and nothing changes between two calls that a client could tell apart.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class Durations:
    """Seconds that each state of an RDS instance, or of a cache in ElastiCache, lasts. With 0 the state shows in the response of the call that starts
    it, and is over with the next call."""

    creating: float = 0.0
    modifying: float = 0.0
    deleting: float = 0.0

    def document(self) -> dict[str, float]:
        """The durations as the control API shows them."""
        return asdict(self)


@dataclass(frozen=True)
class TableDurations:
    """Seconds that DynamoDB takes for what it does after the call that asks for it."""

    creating: float = 0.0
    updating: float = 0.0
    deleting: float = 0.0
    backup: float = 0.0
    """Until an on-demand backup is available."""
    time_to_live: float = 0.0
    """For which a change of time to live is being processed, and another one refused; an hour on AWS."""
    tags: float = 0.0
    """For which the tags of a new table are not visible."""

    def document(self) -> dict[str, float]:
        """The durations as the control API shows them."""
        return asdict(self)


@dataclass(frozen=True)
class BalancingDurations:
    """Seconds that Elastic Load Balancing takes for what it does after the call that asks for it."""

    provisioning: float = 0.0
    initial: float = 0.0
    """From the registration of a target until its first health checks are over."""
    draining: float = 0.0
    """From the end of a target's registration until it is gone, whatever the group's deregistration delay."""

    def document(self) -> dict[str, float]:
        """The durations as the control API shows them."""
        return asdict(self)


@dataclass(frozen=True)
class ScalingDurations:
    """Seconds that EC2 Auto Scaling takes for what it does after the call that asks for it."""

    launching: float = 0.0
    """From the start of an instance until it is in service."""
    refreshing: float = 0.0
    """For which an instance refresh goes on."""

    def document(self) -> dict[str, float]:
        """The durations as the control API shows them."""
        return asdict(self)


class Transitions:
    """Changes that are due at a time. Used under moto's lock only."""

    def __init__(self) -> None:
        self.durations = Durations()
        self.tables = TableDurations()
        self.caches = Durations()
        self.networks = Durations()
        self.balancing = BalancingDurations()
        self.scaling = ScalingDurations()
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def set_durations(self, creating: float = 0.0, modifying: float = 0.0, deleting: float = 0.0) -> None:
        """Sets the durations of changes that start from now on."""
        if min(creating, modifying, deleting) < 0:
            raise ValueError("durations are seconds, 0 or more")
        self.durations = Durations(creating, modifying, deleting)

    def set_table_durations(self, **seconds: float) -> None:
        """Sets durations of what DynamoDB starts from now on; those that are not given stay."""
        if any(given < 0 for given in seconds.values()):
            raise ValueError("durations are seconds, 0 or more")
        self.tables = replace(self.tables, **seconds)

    def set_cache_durations(self, creating: float = 0.0, modifying: float = 0.0, deleting: float = 0.0) -> None:
        """Sets the durations of changes in ElastiCache that start from now on."""
        if min(creating, modifying, deleting) < 0:
            raise ValueError("durations are seconds, 0 or more")
        self.caches = Durations(creating, modifying, deleting)

    def set_network_durations(self, creating: float = 0.0, modifying: float = 0.0, deleting: float = 0.0) -> None:
        """Sets the durations of NAT gateways that are created or deleted from now on."""
        if min(creating, modifying, deleting) < 0:
            raise ValueError("durations are seconds, 0 or more")
        self.networks = Durations(creating, modifying, deleting)

    def set_balancing_durations(self, **seconds: float) -> None:
        """Sets durations of what Elastic Load Balancing starts from now on; those that are not given stay."""
        if any(given < 0 for given in seconds.values()):
            raise ValueError("durations are seconds, 0 or more")
        self.balancing = replace(self.balancing, **seconds)

    def set_scaling_durations(self, **seconds: float) -> None:
        """Sets durations of what EC2 Auto Scaling starts from now on; those that are not given stay."""
        if any(given < 0 for given in seconds.values()):
            raise ValueError("durations are seconds, 0 or more")
        self.scaling = replace(self.scaling, **seconds)

    def schedule(self, seconds: float, change: Callable[[], None]) -> None:
        """Has ``change`` carried out by the first call that comes ``seconds`` from now or later."""
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), change))

    def advance(self) -> None:
        """Carries out what is due, in the order of the due times."""
        while self._due and self._due[0][0] <= time.monotonic():
            heapq.heappop(self._due)[2]()

    def complete(self) -> None:
        """Carries out all that is scheduled, due or not, in the order of the due times."""
        while self._due:
            heapq.heappop(self._due)[2]()

    def clear(self) -> None:
        """Forgets all scheduled changes."""
        self._due = []


TRANSITIONS = Transitions()
"""The one schedule: corrections put changes in, moto's front carries them out."""
