"""Fault rules: which calls to disturb, how, and how often."""

from __future__ import annotations

import random
import re
import threading
from dataclasses import dataclass, field
from typing import Any

from emulator.call_log import Entry

ACTIONS = ("latency", "throttle", "error", "drop_before", "drop_after", "hide")


class InvalidRule(ValueError):
    """A rule that could never do what its author meant."""


@dataclass
class Rule:
    """One rule. A call must match all that is given; ``None`` matches anything."""

    id: int
    action: str
    service: str | None = None
    operation: re.Pattern[str] | None = None
    resource: re.Pattern[str] | None = None
    caller: str | None = None
    """The access key id of the caller."""
    call: int | None = None
    """The number of the one call to hit."""
    skip: int = 0
    """How many matching calls to let pass first."""
    times: int | None = 1
    """How many calls to hit; ``None`` for all."""
    probability: float = 1.0
    millis: int = 0
    code: str = "InternalFailure"
    status: int = 500
    message: str = "Injected by the test."
    mutating: bool | None = None
    hits: int = 0
    random: random.Random = field(default_factory=random.Random)

    def matches(self, entry: Entry) -> bool:
        """Whether the call is one that this rule is for; draws the dice last, so that a seed replays."""
        if not self._selects(entry):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        return self.probability >= 1.0 or self.random.random() < self.probability

    def _selects(self, entry: Entry) -> bool:
        call = entry.call
        return (
            (self.times is None or self.hits < self.times)
            and (self.service is None or self.service == call.service)
            and (self.operation is None or self.operation.fullmatch(call.operation) is not None)
            and (self.caller is None or self.caller == call.caller)
            and (self.resource is None or self.resource.search(call.resource) is not None)
            and (self.call is None or self.call == entry.index)
            and (self.mutating is None or self.mutating == call.mutating)
        )

    def document(self) -> dict[str, Any]:
        """The rule as the control API shows it."""
        return {"id": self.id, "action": self.action, "hits": self.hits, "times": self.times}


class Faults:
    """The rules in force. Every rule that matches a call applies, in the order in which they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Rule] = []
        self._next_id = 1

    def add(self, document: dict[str, Any]) -> Rule:
        """Adds a rule given as JSON (see ``Rule`` for the fields).

        :raises InvalidRule: for unknown fields or actions, or patterns that do not compile.
        """
        with self._lock:
            rule = _parse(self._next_id, document)
            self._next_id += 1
            self._rules.append(rule)
            return rule

    def remove(self, rule_id: int) -> None:
        """Removes one rule; one that is not there is removed already."""
        with self._lock:
            self._rules = [rule for rule in self._rules if rule.id != rule_id]

    def clear(self) -> None:
        """Removes all rules."""
        with self._lock:
            self._rules = []

    def rules(self) -> list[Rule]:
        """The rules in force, in order, with their hits so far."""
        with self._lock:
            return list(self._rules)

    def hit(self, entry: Entry) -> list[Rule]:
        """The rules that apply to a call, each counted as one hit."""
        if not self._rules:
            return []
        with self._lock:
            matching = [rule for rule in self._rules if rule.matches(entry)]
            for rule in matching:
                rule.hits += 1
            return matching


_FIELDS = {
    "action", "service", "operation", "resource", "caller", "mutating", "call", "skip", "times", "probability", "seed",
    "millis", "code", "status", "message",
}  # fmt: skip


def _parse(rule_id: int, document: dict[str, Any]) -> Rule:
    unknown = set(document) - _FIELDS
    if unknown:
        raise InvalidRule(f"unknown fields {sorted(unknown)}; known are {sorted(_FIELDS)}")
    if document.get("action") not in ACTIONS:
        raise InvalidRule(f"action must be one of {', '.join(ACTIONS)}")
    given = {key: value for key, value in document.items() if key != "seed"}
    try:
        for key in ("operation", "resource"):
            if given.get(key) is not None:
                given[key] = re.compile(given[key])
    except re.error as failure:
        raise InvalidRule(f"{key} is not a regular expression: {failure}") from failure
    return Rule(rule_id, random=random.Random(document.get("seed", rule_id)), **given)
