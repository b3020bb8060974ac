"""EC2 Auto Scaling: instance refreshes, which moto has not.

Source: StartInstanceRefresh, DescribeInstanceRefreshes, CancelInstanceRefresh and the data types InstanceRefresh,
RefreshPreferences and DesiredConfiguration in the Amazon EC2 Auto Scaling API reference; "Use an instance refresh to
update instances in an Auto Scaling group" and "Undo changes with a rollback" in its user guide.
"""

from __future__ import annotations

import uuid
from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup, autoscaling_backends
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult
from moto.core.utils import utcnow

from emulator.corrections import refuse
from emulator.transitions import TRANSITIONS

_ACTIVE = ("Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress")
_PAGE = 50
_MOST = 100


def _refreshes(group: FakeAutoScalingGroup) -> list[dict[str, Any]]:
    """Those of a group, the newest first."""
    return group.__dict__.setdefault("front_refreshes", [])


def force(group: str, works: bool, reason: str, account: str, region: str) -> None:
    """Decides whether instances that a refresh of the group starts will work.

    :raises KeyError: where there is no such group.
    """
    autoscaling_backends[account][region].autoscaling_groups[group].__dict__["front_failure"] = None if works else reason


def _group(response: AutoScalingResponse) -> FakeAutoScalingGroup:
    name = response._get_param("AutoScalingGroupName")
    group = response.autoscaling_backend.autoscaling_groups.get(name)
    if group is None:
        refuse("ValidationError", f"AutoScalingGroup name not found - null: {name}")
    return group


def start_instance_refresh(self: AutoScalingResponse) -> ActionResult:
    """One at a time; ``Pending`` first. Rolling back by itself takes a configuration to roll forward to."""
    group = _group(self)
    preferences = self._get_param("Preferences", {}) or {}
    wanted = self._get_param("DesiredConfiguration", {}) or {}
    _check(preferences, wanted)
    if any(refresh["Status"] in _ACTIVE for refresh in _refreshes(group)):
        refuse("InstanceRefreshInProgress", "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.")
    template = wanted.get("LaunchTemplate")
    if template:
        self.autoscaling_backend.ec2_backend.get_launch_template(template["LaunchTemplateId"]).get_version(template["Version"])
    refresh = {
        "InstanceRefreshId": str(uuid.uuid4()),
        "AutoScalingGroupName": group.name,
        "Status": "Pending",
        "StartTime": utcnow(),
        "PercentageComplete": 0,
        "InstancesToUpdate": len(group.instance_states),
        "Preferences": preferences,
        "DesiredConfiguration": wanted,
    }
    _refreshes(group).insert(0, refresh)
    TRANSITIONS.schedule(TRANSITIONS.scaling.refreshing / 2, lambda: _proceed(group, refresh))
    return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})


def _check(preferences: dict[str, Any], wanted: dict[str, Any]) -> None:
    least, most = int(preferences.get("MinHealthyPercentage", 90)), int(preferences.get("MaxHealthyPercentage", 100))
    if not 0 <= least <= 100 <= most <= 200 or most - least > 100:
        refuse("ValidationError", "MinHealthyPercentage is 0 to 100, MaxHealthyPercentage 100 to 200, at most 100 apart")
    if str(preferences.get("AutoRollback", False)).lower() == "true":
        version = str((wanted.get("LaunchTemplate") or {}).get("Version", ""))
        if version in ("", "$Latest", "$Default"):
            refuse("ValidationError", "AutoRollback needs a DesiredConfiguration with the number of a version")


def _proceed(group: FakeAutoScalingGroup, refresh: dict[str, Any]) -> None:
    if refresh["Status"] != "Pending":
        return
    refresh["Status"] = "InProgress"
    refresh["PercentageComplete"] = 50
    TRANSITIONS.schedule(TRANSITIONS.scaling.refreshing / 2, lambda: _finish(group, refresh))


def _finish(group: FakeAutoScalingGroup, refresh: dict[str, Any]) -> None:
    if refresh["Status"] != "InProgress":
        return
    failure = group.__dict__.get("front_failure")
    if failure is None:
        _replace(group, refresh["DesiredConfiguration"].get("LaunchTemplate"))
        _end(refresh, "Successful", 100)
    elif str(refresh["Preferences"].get("AutoRollback", False)).lower() == "true":
        refresh["Status"] = "RollbackInProgress"
        refresh["StatusReason"] = failure
        TRANSITIONS.schedule(TRANSITIONS.scaling.refreshing / 2, lambda: _end(refresh, "RollbackSuccessful", 100))
    else:
        refresh["StatusReason"] = failure
        _end(refresh, "Failed", 50)


def _end(refresh: dict[str, Any], status: str, percentage: int) -> None:
    refresh["Status"] = status
    refresh["PercentageComplete"] = percentage
    refresh["EndTime"] = utcnow()


def _replace(group: FakeAutoScalingGroup, template: dict[str, Any] | None) -> None:
    """New instances are there before old ones go; the group takes on what it was refreshed to."""
    if template:
        group._set_launch_configuration("", dict(template), None)
    version = group.ec2_launch_template.get_version(group.launch_template_version).number
    old = [state for state in group.instance_states if getattr(state, "front_version", None) != version]
    if not old:
        return
    group.replace_autoscaling_group_instances(len(old), group.get_propagated_tags())
    group.instance_states = [state for state in group.instance_states if state not in old]
    group.autoscaling_backend.ec2_backend.terminate_instances([state.instance_id for state in old])
    group.autoscaling_backend.update_attached_target_groups(group.name)


def describe_instance_refreshes(self: AutoScalingResponse) -> ActionResult:
    """Those of one group, the newest first."""
    refreshes = _refreshes(_group(self))
    ids = self._get_param("InstanceRefreshIds", [])
    size = min(self._get_int_param("MaxRecords") or _PAGE, _MOST)
    return ActionResult(
        {"InstanceRefreshes": [known for known in refreshes if not ids or known["InstanceRefreshId"] in ids][:size]}
    )


def cancel_instance_refresh(self: AutoScalingResponse) -> ActionResult:
    """``Cancelling`` first; instances that were replaced stay as they are."""
    active = [known for known in _refreshes(_group(self)) if known["Status"] in ("Pending", "InProgress")]
    if not active:
        refuse("ActiveInstanceRefreshNotFound", "No in progress or pending Instance Refresh found")
    active[0]["Status"] = "Cancelling"
    TRANSITIONS.schedule(
        TRANSITIONS.scaling.refreshing / 2, lambda: _end(active[0], "Cancelled", active[0]["PercentageComplete"])
    )
    return ActionResult({"InstanceRefreshId": active[0]["InstanceRefreshId"]})


for _operation in (start_instance_refresh, describe_instance_refreshes, cancel_instance_refresh):
    setattr(AutoScalingResponse, _operation.__name__, _operation)
