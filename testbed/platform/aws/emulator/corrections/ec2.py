"""EC2 networking: what is in use cannot be deleted.

Source: DeleteSecurityGroup and DeleteSubnet in the EC2 API reference; error code DependencyViolation.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.responses.security_groups import SecurityGroups
from moto.elasticache.models import elasticache_backends
from moto.elbv2.models import elbv2_backends
from moto.rds.models import rds_backends

from emulator.corrections import refuse, replaces
from emulator.hiding import HIDING


@replaces(EC2Backend, "_delete_security_group")
def delete_security_group(original: Any, self: EC2Backend, vpc_id: str | None, group_id: str) -> None:
    """Refuses while an instance, a cache, a load balancer or another group's rule refers to the group."""
    group = self.get_security_group_from_id(group_id)
    if group is not None and (group.name == "default"):
        refuse("CannotDelete", f'the specified group: "{group_id}" name: "default" cannot be deleted by a user')
    if _in_use(self, group_id):
        refuse("DependencyViolation", f"resource {group_id} has a dependent object")
    original(self, vpc_id, group_id)


def _in_use(backend: EC2Backend, group_id: str) -> bool:
    databases = rds_backends[backend.account_id][backend.region_name].databases.values()
    balancers = elbv2_backends[backend.account_id][backend.region_name].load_balancers.values()
    caches = elasticache_backends[backend.account_id][backend.region_name].cache_clusters.values()
    return (
        any(group_id in [used["security_group_id"] for used in getattr(cache, "security_groups", [])] for cache in caches)
        or any(group_id in (database.vpc_security_group_ids or []) for database in databases)
        or any(group_id in (balancer.security_groups or []) for balancer in balancers)
        or any(_refers(group, group_id) for groups in backend.groups.values() for group in groups.values())
    )


def _refers(group: Any, group_id: str) -> bool:
    if group.id == group_id:
        return False
    return any(
        (rule.source_group or {}).get("GroupId") == group_id for rule in [*group.ingress_rules, *group.egress_rules]
    )


@replaces(EC2Backend, "delete_subnet")
def delete_subnet(original: Any, self: EC2Backend, subnet_id: str) -> Any:
    """Refuses while a load balancer or a database's subnet group with instances is in the subnet."""
    balancers = elbv2_backends[self.account_id][self.region_name].load_balancers.values()
    databases = rds_backends[self.account_id][self.region_name].databases.values()
    used = {subnet.id for balancer in balancers for subnet in balancer.subnets}
    for database in databases:
        group = getattr(database, "db_subnet_group", None)
        used.update(subnet.id for subnet in (group._subnets if group else []))
    if subnet_id in used:
        refuse("DependencyViolation", f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
    return original(self, subnet_id)


@replaces(SecurityGroups, "describe_security_groups")
def describe_security_groups(original: Any, self: SecurityGroups) -> Any:
    """Leaves hidden groups out, unless asked for by id."""
    answer = original(self)
    if not self._get_param("GroupIds", []):
        groups = answer._result["SecurityGroups"]
        answer._result["SecurityGroups"] = [group for group in groups if not HIDING.hidden(group.id)]
    return answer
