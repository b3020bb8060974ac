"""The JSON API under ``/_front/`` that tests and the demo drive the emulator with."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.exceptions import ServiceException
from moto.elasticache.models import elasticache_backends

from emulator import seed
from emulator.call_log import CallLog
from emulator.corrections import (
    Refusal,
    autoscaling_refreshes,
    elasticache_groups,
    elbv2_targets,
    rds_instances,
    rds_modifications,
    rds_replicas,
)
from emulator.faults import Faults, InvalidRule
from emulator.hiding import HIDING
from emulator.moto_app import Moto
from emulator.server import Request, Response
from emulator.transitions import TRANSITIONS, BalancingDurations, ScalingDurations, TableDurations

PREFIX = "/_front/"
Query = dict[str, list[str]]


class Control:
    """Routes ``METHOD /_front/<path>`` to what it controls. Answers 400 with an ``error`` to what it cannot obey."""

    def __init__(self, moto: Moto, calls: CallLog, faults: Faults):
        self._moto = moto
        self._calls = calls
        self._faults = faults
        self._routes: dict[tuple[str, str], Callable[[Any, Query], Any]] = {
            ("GET", "health"): lambda body, query: {"status": "ok"},
            ("GET", "calls"): self._list_calls,
            ("GET", "calls/next"): lambda body, query: {"next": self._calls.next_index()},
            ("GET", "calls/counts"): self._count_calls,
            ("DELETE", "calls"): lambda body, query: self._calls.clear(),
            ("GET", "faults"): lambda body, query: [rule.document() for rule in self._faults.rules()],
            ("POST", "faults"): lambda body, query: self._faults.add(body).document(),
            ("DELETE", "faults"): self._remove_faults,
            ("POST", "reset"): self._reset,
            ("GET", "transitions/rds"): lambda body, query: TRANSITIONS.durations.document(),
            ("PUT", "transitions/rds"): lambda body, query: TRANSITIONS.set_durations(**body),
            ("GET", "transitions/dynamodb"): lambda body, query: TRANSITIONS.tables.document(),
            ("PUT", "transitions/dynamodb"): lambda body, query: TRANSITIONS.set_table_durations(**body),
            ("PUT", "transitions/elasticache"): lambda body, query: TRANSITIONS.set_cache_durations(**body),
            ("PUT", "transitions/ec2"): lambda body, query: TRANSITIONS.set_network_durations(**body),
            ("PUT", "transitions/elbv2"): lambda body, query: TRANSITIONS.set_balancing_durations(**body),
            ("POST", "maintenance/elasticache"): self._maintain_cache,
            ("POST", "transitions/complete"): self._complete,
            ("POST", "maintenance/rds"): self._maintenance,
            ("POST", "status/rds"): self._force_status,
            ("POST", "replication/rds"): self._break_replication,
            ("POST", "health/elbv2"): self._force_health,
            ("PUT", "transitions/autoscaling"): lambda body, query: TRANSITIONS.set_scaling_durations(**body),
            ("POST", "instances/autoscaling"): self._decide_instances,
            ("POST", "certificates"): self._certificates,
        }

    def handle(self, request: Request) -> Response:
        """Answers one request of the control API."""
        route = self._routes.get((request.method, request.path.removeprefix(PREFIX)))
        if route is None:
            return _answer(404, {"error": f"no {request.method} {request.path}"})
        try:
            body = json.loads(request.body) if request.body else {}
            return _answer(200, route(body, parse_qs(request.query)))
        except (InvalidRule, ValueError, TypeError, KeyError, ServiceException, Refusal) as failure:
            return _answer(400, {"error": f"{type(failure).__name__}: {failure}"})

    def _list_calls(self, body: Any, query: Query) -> dict[str, Any]:
        entries = self._calls.since(_since(query))
        for key in ("service", "operation", "caller"):
            if key in query:
                entries = [entry for entry in entries if getattr(entry.call, key) == query[key][0]]
        if query.get("mutating") == ["true"]:
            entries = [entry for entry in entries if entry.call.mutating]
        return {"next": self._calls.next_index(), "calls": [entry.document() for entry in entries]}

    def _count_calls(self, body: Any, query: Query) -> dict[str, dict[str, int]]:
        return self._calls.counts(_since(query), query.get("caller", [None])[0])

    def _remove_faults(self, body: Any, query: Query) -> None:
        if "id" in query:
            self._faults.remove(int(query["id"][0]))
        else:
            self._faults.clear()

    def _reset(self, body: Any, query: Query) -> None:
        self._faults.clear()
        HIDING.clear()
        TRANSITIONS.set_durations()
        TRANSITIONS.tables = TableDurations()
        TRANSITIONS.set_cache_durations()
        TRANSITIONS.set_network_durations()
        TRANSITIONS.balancing = BalancingDurations()
        TRANSITIONS.scaling = ScalingDurations()
        self._moto.reset()
        self._calls.clear()

    def _complete(self, body: Any, query: Query) -> None:
        with self._moto.locked():
            TRANSITIONS.complete()

    def _maintenance(self, body: Any, query: Query) -> dict[str, Any]:
        with self._moto.locked():
            TRANSITIONS.advance()
            return {"applied": rds_modifications.maintain(body["id"], DEFAULT_ACCOUNT_ID, _region(body))}

    def _maintain_cache(self, body: Any, query: Query) -> dict[str, Any]:
        with self._moto.locked():
            TRANSITIONS.advance()
            backend = elasticache_backends[DEFAULT_ACCOUNT_ID][_region(body)]
            return {"applied": elasticache_groups.maintain(backend, body["id"])}

    def _force_status(self, body: Any, query: Query) -> None:
        with self._moto.locked():
            TRANSITIONS.advance()
            rds_instances.force_status(body["id"], body["status"], DEFAULT_ACCOUNT_ID, _region(body))

    def _break_replication(self, body: Any, query: Query) -> None:
        with self._moto.locked():
            TRANSITIONS.advance()
            rds_replicas.break_replication(
                body["id"], body["status"], body.get("message", ""), DEFAULT_ACCOUNT_ID, _region(body)
            )

    def _force_health(self, body: Any, query: Query) -> None:
        with self._moto.locked():
            TRANSITIONS.advance()
            elbv2_targets.force(
                body["group"],
                body.get("target", "*"),
                body["state"],
                body.get("reason", ""),
                DEFAULT_ACCOUNT_ID,
                _region(body),
            )

    def _decide_instances(self, body: Any, query: Query) -> None:
        with self._moto.locked():
            TRANSITIONS.advance()
            autoscaling_refreshes.force(
                body["group"], body["works"], body.get("reason", ""), DEFAULT_ACCOUNT_ID, _region(body)
            )

    def _certificates(self, body: Any, query: Query) -> dict[str, Any]:
        with self._moto.locked():
            return {"arns": seed.certificates((body["host"],), (_region(body),), tuple(body.get("others", ())))}


def _region(body: Any) -> str:
    return body.get("region", "us-east-1")


def _since(query: Query) -> int:
    return int(query.get("since", ["0"])[0])


def _answer(status: int, document: Any) -> Response:
    body = json.dumps({} if document is None else document).encode()
    return Response(status, [("Content-Type", "application/json")], body)
