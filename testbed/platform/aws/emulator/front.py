"""What happens to one call: it is numbered, disturbed where a rule says so, answered by moto and written down."""

from __future__ import annotations

import time

from emulator import protocol
from emulator.call_log import CallLog, Entry
from emulator.corrections import Refusal
from emulator.faults import Faults, Rule
from emulator.hiding import HIDING
from emulator.moto_app import Moto, MotoGap
from emulator.protocol import Call
from emulator.server import Request, Response

DROPPED = Response(0, drop=True)


class Front:
    """Handles the calls of AWS clients."""

    def __init__(self, moto: Moto, calls: CallLog, faults: Faults):
        self._moto = moto
        self._calls = calls
        self._faults = faults

    def handle(self, request: Request) -> Response:
        """Answers one call."""
        call = protocol.identify(request)
        entry = self._calls.open(call)
        started = time.perf_counter()
        response = self._disturbed(request, entry, self._faults.hit(entry))
        entry.status = 0 if response.drop else response.status
        entry.error = protocol.error_code(call, response)
        entry.millis = (time.perf_counter() - started) * 1000
        return response

    def _disturbed(self, request: Request, entry: Entry, rules: list[Rule]) -> Response:
        if not rules:
            return self._answer(request, entry.call)
        entry.fault = ",".join(rule.action for rule in rules)
        for rule in rules:
            early = self._before(entry.call, rule)
            if early is not None:
                return early
        response = self._answer(request, entry.call)
        for rule in rules:
            if rule.action == "hide":
                HIDING.hide(entry.call, response, rule.millis)
        return DROPPED if any(rule.action == "drop_after" for rule in rules) else response

    def _before(self, call: Call, rule: Rule) -> Response | None:
        if rule.action == "latency":
            time.sleep(rule.millis / 1000)
        elif rule.action == "throttle":
            return protocol.throttle(call)
        elif rule.action == "error":
            return protocol.error(call, rule.code, rule.message, rule.status)
        elif rule.action == "drop_before":
            return DROPPED
        return None

    def _answer(self, request: Request, call: Call) -> Response:
        try:
            response = self._moto.answer(request)
            # moto leaves the body of an object's 403 empty; SDKs read the error code from it.
            if response.status == 403 and call.service == "s3" and not response.body and request.method != "HEAD":
                return protocol.error(call, "AccessDenied", "Access Denied", 403)
            return response
        except Refusal as refusal:
            return protocol.error(call, refusal.code, refusal.message, refusal.status)
        except MotoGap as gap:
            # moto answers its own gaps with 500, which every SDK takes for an outage and retries.
            return protocol.error(call, gap.code, str(gap), 400)
