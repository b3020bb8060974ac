"""Elastic Load Balancing: the health of targets, from their registration until they are drained.

Source: RegisterTargets, DeregisterTargets, DescribeTargetHealth and the data type TargetHealth in the Elastic Load
Balancing API reference (version 2015-12-01); "Target health status" and "Deregistration delay" in the user guide of
Application Load Balancers.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup, elbv2_backends

from emulator.corrections import replaces
from emulator.transitions import TRANSITIONS

_EVERY = "*"
_REASONS = {
    "healthy": None,
    "unhealthy": "Target.FailedHealthChecks",
    "initial": "Elb.InitialHealthChecking",
}


def _checking(group: FakeTargetGroup) -> dict[str, object]:
    """Targets whose first health checks go on, with the round of checks that it is."""
    return group.__dict__.setdefault("front_checking", {})


def _draining(group: FakeTargetGroup) -> dict[str, dict[str, Any]]:
    """Targets that were taken out, and still have requests to answer."""
    return group.__dict__.setdefault("front_draining", {})


def _forced(group: FakeTargetGroup) -> dict[str, tuple[str, str | None]]:
    """States that tests have put targets into."""
    return group.__dict__.setdefault("front_forced", {})


def force(group_name: str, target: str, state: str, reason: str, account: str, region: str) -> None:
    """Puts a target, or every one that there is and comes, into a state that only health checks decide on.

    :raises KeyError: where there is no such group, or no such state.
    """
    groups = elbv2_backends[account][region].target_groups.values()
    group = {known.name: known for known in groups}[group_name]
    if target == _EVERY:
        _forced(group).clear()
    _forced(group)[target] = (state, reason or _REASONS[state])


def used(backend: ELBv2Backend) -> set[str]:
    """The groups that a load balancer sends requests to."""
    return {group.arn for group in backend.target_groups.values() if group.load_balancer_arns}


def begin(backend: ELBv2Backend, before: set[str]) -> None:
    """Checks the targets of groups that were not in use before."""
    for arn in used(backend) - before:
        group = backend.target_groups[arn]
        for target in group.targets:
            _check(group, target)


def _check(group: FakeTargetGroup, target: str) -> None:
    this_round = object()
    _checking(group)[target] = this_round

    def end() -> None:
        if _checking(group).get(target) is this_round:
            del _checking(group)[target]

    TRANSITIONS.schedule(TRANSITIONS.balancing.initial, end)


def _drain(group: FakeTargetGroup, target: str, registered: dict[str, Any]) -> None:
    _checking(group).pop(target, None)
    if group.load_balancer_arns:
        _draining(group)[target] = registered
        TRANSITIONS.schedule(TRANSITIONS.balancing.draining, lambda: _draining(group).pop(target, None) and None)


@replaces(FakeTargetGroup, "register")
def register(original: Any, self: FakeTargetGroup, targets: list[dict[str, Any]]) -> None:
    """``initial`` until the first checks are over; one that is registered already stays as it is."""
    joining = [target["Id"] for target in targets if target["Id"] not in self.targets]
    original(self, targets)
    for target in joining:
        _draining(self).pop(target, None)
        self.terminated_targets.pop(target, None)
        _check(self, target)


@replaces(FakeTargetGroup, "deregister")
def deregister(original: Any, self: FakeTargetGroup, targets: list[dict[str, Any]]) -> None:
    """``draining`` for the deregistration delay, and then gone."""
    known = {target["Id"]: self.targets.get(target["Id"]) for target in targets}
    original(self, targets)
    for target, registered in known.items():
        if registered is not None:
            _drain(self, target, registered)


@replaces(FakeTargetGroup, "deregister_terminated_instances")
def deregister_terminated(original: Any, self: FakeTargetGroup, instance_ids: list[str]) -> None:
    """What is terminated is taken out by itself."""
    known = {target: registered for target, registered in self.targets.items() if target in instance_ids}
    original(self, instance_ids)
    for target, registered in known.items():
        self.terminated_targets.pop(target, None)
        _drain(self, target, registered)


@replaces(ELBv2Backend, "describe_target_health")
def describe_target_health(
    original: Any, self: ELBv2Backend, target_group_arn: str, targets: list[dict[str, Any]]
) -> list[FakeHealthStatus]:
    """Those that are draining are listed as well."""
    listed = original(self, target_group_arn, targets)
    if targets:
        return listed
    group = self.target_groups[target_group_arn]
    return listed + [group.health_for(target, self.ec2_backend) for target in _draining(group).values()]


@replaces(FakeTargetGroup, "health_for")
def health_for(original: Any, self: FakeTargetGroup, target: dict[str, Any], ec2_backend: Any) -> FakeHealthStatus:
    """As registration, checks and tests have it; targets of a group that no load balancer uses are not checked."""
    name = target["Id"]
    if name in _draining(self) and name not in self.targets:
        return _status(
            self, _draining(self)[name], "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"
        )
    status = original(self, target, ec2_backend)
    if status.status != "healthy":
        return status
    if not self.load_balancer_arns:
        return _status(
            self,
            self.targets[name],
            "unused",
            "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer",
        )
    if name in _checking(self):
        return _status(
            self, self.targets[name], "initial", "Elb.RegistrationInProgress", "Target registration is in progress"
        )
    state, reason = _forced(self).get(name) or _forced(self).get(_EVERY) or ("healthy", None)
    return _status(self, self.targets[name], state, reason, None if reason is None else "Health checks failed")


def _status(
    group: FakeTargetGroup, registered: dict[str, Any], state: str, reason: str | None, description: str | None
) -> FakeHealthStatus:
    return FakeHealthStatus(
        registered["Id"], registered["Port"], group.health_check_port, state, reason, description
    )
