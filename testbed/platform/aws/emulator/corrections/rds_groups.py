"""DB subnet groups: duplicates, zones, and those in use.

Sources: CreateDBSubnetGroup, ModifyDBSubnetGroup, DeleteDBSubnetGroup in the RDS API reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.rds.exceptions import DBSubnetGroupNotFoundError
from moto.rds.models import DBSubnetGroup, RDSBackend
from moto.rds.responses import RDSResponse

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_MAX_RECORDS = 100


@replaces(RDSBackend, "create_subnet_group")
def create(original: Any, self: RDSBackend, subnet_name: str, description: str, subnets: list[Any], tags: Any) -> Any:
    """Refuses a name that is taken (moto overwrites the group) and subnets in fewer than two zones."""
    name = subnet_name.lower()
    if name in self.subnet_groups:
        refuse("DBSubnetGroupAlreadyExists", f"The DB subnet group '{name}' already exists.")
    if name == "default" or len(name) > 255:
        refuse("InvalidParameterValue", f"The parameter DBSubnetGroupName is not valid: {name}")
    _check(subnets)
    return original(self, name, description, subnets, tags)


def _check(subnets: list[Any]) -> None:
    if len({subnet.vpc_id for subnet in subnets}) > 1:
        refuse("InvalidSubnet", "Multiple subnets were requested that are not all in a common VPC.")
    zones = {subnet.availability_zone for subnet in subnets}
    if len(zones) < 2:
        refuse(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage:"
            f" {', '.join(sorted(zones))}. Add subnets to cover at least 2 AZs.",
        )


def _subnets(response: RDSResponse) -> list[Any]:
    ec2 = ec2_backends[response.current_account][response.region]
    known = {subnet.id: subnet for zone in ec2.subnets.values() for subnet in zone.values()}
    asked = response.params.get("subnet_ids", [])
    missing = [subnet_id for subnet_id in asked if subnet_id not in known]
    if missing:
        refuse("InvalidSubnet", f"Some input subnets in :{missing} are invalid.")
    return [known[subnet_id] for subnet_id in asked]


@replaces(RDSResponse, "create_db_subnet_group")
def create_call(original: Any, self: RDSResponse) -> Any:
    """An unknown subnet is RDS's error, not EC2's."""
    _subnets(self)
    return original(self)


@replaces(RDSResponse, "modify_db_subnet_group")
def modify(original: Any, self: RDSResponse) -> Any:
    """Changes the group in place; moto loses it."""
    group = _group(self.backend, self.params["db_subnet_group_name"])
    subnets = _subnets(self)
    _check(subnets)
    group._subnets = subnets
    if self.params.get("db_subnet_group_description") is not None:
        group.description = self.params["db_subnet_group_description"]
    return ActionResult({"DBSubnetGroup": group})


@replaces(RDSBackend, "delete_subnet_group")
def delete(original: Any, self: RDSBackend, subnet_name: str) -> Any:
    """Refuses to delete a group that an instance is in, one that is being deleted included."""
    group = _group(self, subnet_name)
    for database in self.databases.values():
        if getattr(database, "db_subnet_group", None) is group:
            refuse(
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{group.name}' because at least one database instance:"
                f" {database.db_instance_identifier} is still using it.",
            )
    return original(self, group.name)


def _group(backend: RDSBackend, name: str) -> DBSubnetGroup:
    group = backend.subnet_groups.get(name.lower())
    if group is None:
        raise DBSubnetGroupNotFoundError(name)
    return group


@replaces(RDSResponse, "describe_db_subnet_groups")
def describe(original: Any, self: RDSResponse) -> Any:
    """Pages by name; moto returns all."""
    name = self.params.get("db_subnet_group_name")
    if name:
        return ActionResult({"DBSubnetGroups": [_group(self.backend, name)]})
    groups = [group for group in self.backend.subnet_groups.values() if not HIDING.hidden(group.name)]
    size = self.params.get("max_records") or _MAX_RECORDS
    shown, following = paging.page(groups, lambda group: group.name, self.params.get("marker"), size)
    return ActionResult({"DBSubnetGroups": shown, "Marker": following})


@replaces(RDSBackend, "iter_tagged_resources")
def tagged(original: Any, self: RDSBackend) -> Iterator[TaggedResource]:
    """The Resource Groups Tagging API covers subnet groups (``rds:subgrp``) as well."""
    yield from original(self)
    for group in self.subnet_groups.values():
        tags = {tag["Key"]: tag["Value"] for tag in group.get_tags()}
        yield TaggedResource(arn=group.arn, tags=tags, resource_type="rds:subgrp")
