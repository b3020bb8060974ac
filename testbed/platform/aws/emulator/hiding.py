"""New resources that listings do not show yet: AWS's listings are eventually consistent."""

from __future__ import annotations

import re
import time

from emulator.protocol import Call
from emulator.server import Response

# What a create's response calls the thing by, where that is not the name in the request.
_GENERATED_ID = re.compile(
    rb"<(?:groupId|internetGatewayId|routeTableId|vpcId|subnetId|allocationId|natGatewayId|LoadBalancerArn|TargetGroupArn)>([^<]+)<"
)


class Hiding:
    """Names and ids to leave out of listings until a time. A lookup by the exact id still answers."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def hide(self, call: Call, response: Response, millis: int) -> None:
        """Hides what ``call`` has just created."""
        if response.status >= 300:
            return
        until = time.monotonic() + millis / 1000
        if call.resource:
            self._until[call.resource.lower()] = until
        for identifier in _GENERATED_ID.findall(response.body):
            self._until[identifier.decode().lower()] = until

    def hidden(self, *names: str | None) -> bool:
        """Whether one of a resource's names, ids or ARNs is hidden at present."""
        if not self._until:
            return False
        now = time.monotonic()
        self._until = {name: until for name, until in self._until.items() if until > now}
        for name in names:
            if name and (name.lower() in self._until or re.split("[:/]", name.lower())[-1] in self._until):
                return True
        return False

    def clear(self) -> None:
        """Shows everything."""
        self._until = {}


HIDING = Hiding()
"""The one register: corrections of listings ask it, the front fills it."""
