"""EC2 Auto Scaling: names, bounds, settings that moto forgets, zones in balance, versions of instances, deletion.

Source: CreateAutoScalingGroup, UpdateAutoScalingGroup, DeleteAutoScalingGroup, DescribeAutoScalingGroups and the data
types AutoScalingGroup and Instance in the Amazon EC2 Auto Scaling API reference; "Instance distribution across
Availability Zones" in its user guide.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, InstanceState
from moto.autoscaling.responses import AutoScalingResponse

from emulator.corrections import refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_STRATEGY = "CapacityDistributionStrategy"


@replaces(AutoScalingResponse, "create_auto_scaling_group")
def create(original: Any, self: AutoScalingResponse) -> Any:
    """A name is taken once, and the bounds are in order."""
    name = self._get_param("AutoScalingGroupName")
    if name in self.autoscaling_backend.autoscaling_groups:
        refuse("AlreadyExists", f"AutoScalingGroup by this name already exists - A group with the name {name} already exists")
    _bounds(self._get_int_param("MinSize"), self._get_int_param("MaxSize"), self._get_int_param("DesiredCapacity"))
    answer = original(self)
    group = self.autoscaling_backend.autoscaling_groups[name]
    group.availability_zone_distribution = {_STRATEGY: "balanced-best-effort"}
    _keep(self, group)
    return answer


@replaces(AutoScalingResponse, "update_auto_scaling_group")
def update(original: Any, self: AutoScalingResponse) -> Any:
    """Settings that are not given stay, and how many are wanted follows the bounds."""
    name = self._get_param("AutoScalingGroupName")
    group = self.autoscaling_backend.autoscaling_groups.get(name)
    if group is None:
        return original(self)
    smallest, largest = self._get_int_param("MinSize"), self._get_int_param("MaxSize")
    smallest = group.min_size if smallest is None else smallest
    largest = group.max_size if largest is None else largest
    _bounds(smallest, largest, self._get_int_param("DesiredCapacity"))
    answer = original(self)
    _keep(self, group)
    wanted = min(max(group.desired_capacity, smallest), largest)
    if wanted != group.desired_capacity:
        self.autoscaling_backend.set_desired_capacity(name, wanted)
    return answer


def _bounds(smallest: int, largest: int, wanted: int | None) -> None:
    if smallest > largest:
        refuse("ValidationError", f"Min bound, {smallest}, must be less than or equal to max bound, {largest}")
    if wanted is not None and not smallest <= wanted <= largest:
        refuse("ValidationError", f"Desired capacity:{wanted} must be between the specified min size:{smallest} and max size:{largest}")


def _keep(response: AutoScalingResponse, group: FakeAutoScalingGroup) -> None:
    cooldown = response._get_int_param("DefaultCooldown")
    if cooldown is not None:
        group.default_cooldown = cooldown
    warmup = response._get_int_param("DefaultInstanceWarmup")
    if warmup is not None:
        group.default_instance_warmup = warmup
    for parameter, attribute in (
        ("InstanceMaintenancePolicy", "instance_maintenance_policy"),
        ("AvailabilityZoneDistribution", "availability_zone_distribution"),
    ):
        given = response._get_param(parameter)
        if given:
            setattr(group, attribute, given)


@replaces(AutoScalingResponse, "delete_auto_scaling_group")
def delete(original: Any, self: AutoScalingResponse) -> Any:
    """Refused while there are instances, unless forced; policies go with the group."""
    name = self._get_param("AutoScalingGroupName")
    group = self.autoscaling_backend.autoscaling_groups.get(name)
    if group is not None and group.instance_states and not self._get_bool_param("ForceDelete", False):
        refuse("ResourceInUse", "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.")
    answer = original(self)
    policies = self.autoscaling_backend.policies
    for policy in [known for known in policies.values() if known.auto_scaling_group_name == name]:
        del policies[policy.name]
    return answer


@replaces(AutoScalingResponse, "describe_auto_scaling_groups")
def describe(original: Any, self: AutoScalingResponse) -> Any:
    """Leaves hidden groups out, unless asked for by name."""
    answer = original(self)
    if not self._get_param("AutoScalingGroupNames", []):
        groups = answer._result["AutoScalingGroups"]
        answer._result["AutoScalingGroups"] = [group for group in groups if not HIDING.hidden(group.name)]
    return answer


@replaces(FakeAutoScalingGroup, "replace_autoscaling_group_instances")
def launch(original: Any, self: FakeAutoScalingGroup, count_needed: int, propagated_tags: dict[str, str]) -> None:
    """One at a time where there are the fewest, ``Pending`` first, of the version that the group has now."""
    subnets = self.vpc_zone_identifier.split(",") if self.vpc_zone_identifier else []
    everywhere = self.vpc_zone_identifier
    known = {state.instance_id for state in self.instance_states}
    try:
        for _ in range(count_needed):
            if subnets:
                used = Counter(state.instance.subnet_id for state in self.instance_states)
                self.vpc_zone_identifier = min(subnets, key=lambda subnet: (used[subnet], subnet))
            original(self, 1, dict(propagated_tags))
    finally:
        self.vpc_zone_identifier = everywhere
    for state in self.instance_states:
        if state.instance_id not in known:
            _started(self, state)


def _started(group: FakeAutoScalingGroup, state: InstanceState) -> None:
    if group.ec2_launch_template is not None:
        state.front_version = group.ec2_launch_template.get_version(group.launch_template_version).number
    seconds = TRANSITIONS.scaling.launching
    if seconds > 0:
        state.lifecycle_state = "Pending"
        TRANSITIONS.schedule(seconds, lambda: setattr(state, "lifecycle_state", "InService"))


@replaces(FakeAutoScalingGroup, "active_instances")
def active(original: Any, self: FakeAutoScalingGroup) -> list[InstanceState]:
    """Those that are starting count as well: no more are started for them."""
    return [state for state in self.instance_states if state.lifecycle_state in ("Pending", "InService")]


def _version(state: InstanceState) -> dict[str, Any] | None:
    """An instance is of the version that it was started with, whatever the group has now."""
    template = state.auto_scaling_group.ec2_launch_template
    if template is None:
        return None
    number = getattr(state, "front_version", template.default_version_number)
    return {"LaunchTemplateId": template.id, "LaunchTemplateName": template.name, "Version": str(number)}


InstanceState.launch_template = property(_version)


@replaces(AutoScalingBackend, "put_scaling_policy")
def put_policy(original: Any, self: AutoScalingBackend, **given: Any) -> Any:
    """Only for a group that is there; the requests of each target are those of a load balancer's target group."""
    if given["as_name"] not in self.autoscaling_groups:
        refuse("ValidationError", "Group " + given["as_name"] + " not found")
    aim = (given.get("target_tracking_config") or {}).get("PredefinedMetricSpecification") or {}
    if aim.get("PredefinedMetricType") == "ALBRequestCountPerTarget" and not aim.get("ResourceLabel"):
        refuse("ValidationError", "Resource label is required for predefined metric type ALBRequestCountPerTarget")
    return original(self, **given)


@replaces(AutoScalingBackend, "delete_policy")
def delete_policy(original: Any, self: AutoScalingBackend, group_name: str) -> None:
    """One that is not there cannot be deleted."""
    if group_name not in self.policies:
        refuse("ValidationError", f"PolicyName not found - null: {group_name}")
    original(self, group_name)


@replaces(AutoScalingBackend, "create_or_update_tags")
def tag(original: Any, self: AutoScalingBackend, tags: list[dict[str, str]]) -> None:
    """Only of groups that are there."""
    _known(self, tags)
    original(self, tags)


@replaces(AutoScalingBackend, "delete_tags")
def untag(original: Any, self: AutoScalingBackend, tags: list[dict[str, str]]) -> None:
    """Only of groups that are there."""
    _known(self, tags)
    original(self, tags)


def _known(backend: AutoScalingBackend, tags: list[dict[str, str]]) -> None:
    for given in tags:
        if given["ResourceId"] not in backend.autoscaling_groups:
            refuse("ValidationError", "Resource " + given["ResourceId"] + " not found")
