"""RDS instances: what CreateDBInstance refuses, and creating and deleting as states that last.

Sources: CreateDBInstance and DeleteDBInstance in the RDS API reference; "Viewing Amazon RDS DB instance status".
"""

from __future__ import annotations

import base64
import os
import re
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.rds.models import DBInstance, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from emulator.corrections import paging, rds_catalog, refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

# User names that the engine keeps for itself.
_RESERVED_USERS = {"postgres": {"admin"}, "mysql": {"mysql", "rdsadmin", "root"}, "mariadb": {"rdsadmin", "root"}}
_MAX_RECORDS = 100


@replaces(RDSResponse, "create_db_instance")
def create(original: Any, self: RDSResponse) -> Any:
    """Checks what a caller asks for. Restores come another way, since they take most of it from a snapshot."""
    params = self.params
    if params.get("db_cluster_identifier") is None and params.get("engine") in rds_catalog.DEFAULT_MINOR:
        if params.get("db_instance_identifier", "").lower() not in self.backend.databases:
            _check(self, params)
        params["EngineVersion"] = rds_catalog.full_version(params["engine"], params.get("engine_version"))
    return original(self)


def _check(response: RDSResponse, params: Any) -> None:
    engine, storage_type = params["engine"], params.get("storage_type") or "gp2"
    rds_catalog.check_class(params.get("db_instance_class", ""))
    rds_catalog.full_version(engine, params.get("engine_version"))
    if params.get("allocated_storage") is None:
        refuse("InvalidParameterCombination", "The parameter AllocatedStorage must be provided.")
    rds_catalog.check_storage(engine, storage_type, params["allocated_storage"])
    rds_catalog.check_retention(params.get("backup_retention_period", 1))
    if params.get("multi_az") and params.get("availability_zone"):
        refuse(
            "InvalidParameterCombination",
            "Requesting a specific availability zone is not valid for Multi-AZ instances.",
        )
    _check_credentials(engine, params)
    name = params.get("db_name")
    if name is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", name):
        refuse("InvalidParameterValue", "DBName must begin with a letter and contain only alphanumeric characters.")
    _check_groups(response, params)


def _check_credentials(engine: str, params: Any) -> None:
    user = params.get("master_username")
    if not user:
        refuse("InvalidParameterValue", "The parameter MasterUsername must be provided and must not be blank.")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,62}", user) or user.lower() in _RESERVED_USERS[engine]:
        refuse(
            "InvalidParameterValue", f"MasterUsername {user} cannot be used as it is a reserved word used by the engine"
        )
    if params.get("manage_master_user_password"):
        return
    if not params.get("master_user_password"):
        refuse("InvalidParameterValue", "The parameter MasterUserPassword must be provided and must not be blank.")
    rds_catalog.check_password(engine, params["master_user_password"])


def _check_groups(response: RDSResponse, params: Any) -> None:
    ec2 = ec2_backends[response.current_account][response.region]
    name = params.get("db_subnet_group_name")
    vpc = response.backend.describe_db_subnet_groups(name.lower())[0].vpc_id if name else None
    for group_id in params.get("vpc_security_group_ids") or []:
        group = ec2.get_security_group_from_id(group_id)
        if group is None:
            refuse("InvalidParameterValue", f"Invalid security group , groupId= {group_id}, groupName=.")
        if vpc is not None and group.vpc_id != vpc:
            refuse(
                "InvalidParameterCombination",
                "The DB instance and EC2 security group are in different VPCs. The DB instance is in"
                f" {vpc} and the EC2 security group is in {group.vpc_id}",
            )


@replaces(RDSBackend, "create_db_instance")
def start_creating(original: Any, self: RDSBackend, db_kwargs: Any) -> DBInstance:
    """A new instance is ``creating`` first, without an endpoint, and has a resource id of its own."""
    db_kwargs["db_instance_identifier"] = db_kwargs["db_instance_identifier"].lower()
    database = original(self, db_kwargs)
    _begin_life(self, database)
    return database


@replaces(RDSBackend, "create_db_instance_read_replica")
def start_creating_replica(original: Any, self: RDSBackend, db_kwargs: Any) -> DBInstance:
    """A replica is an instance like any other; moto copies its source, resource id included."""
    replica = original(self, db_kwargs)
    _begin_life(self, replica)
    return replica


# What a restore does not take over from its source; moto copies all and hears no false.
_GIVEN_OR_FALSE = ("multi_az", "deletion_protection", "publicly_accessible", "copy_tags_to_snapshot")


@replaces(RDSBackend, "restore_db_instance_to_point_in_time")
def restore_to_time(original: Any, self: RDSBackend, source: str, target: str, overrides: Any) -> DBInstance:
    """RestoreDBInstanceToPointInTime: in one zone and without deletion protection unless it is asked for."""
    return _as_asked(original(self, source, target, overrides), overrides)


@replaces(RDSBackend, "restore_db_instance_from_db_snapshot")
def restore_snapshot(original: Any, self: RDSBackend, from_snapshot_id: str, overrides: Any) -> DBInstance:
    """RestoreDBInstanceFromDBSnapshot: the same."""
    return _as_asked(original(self, from_snapshot_id, overrides), overrides)


def _as_asked(database: DBInstance, overrides: Any) -> DBInstance:
    for setting in _GIVEN_OR_FALSE:
        setattr(database, setting, bool(overrides.get(setting)))
    return database


def _begin_life(backend: RDSBackend, database: DBInstance) -> None:
    database.dbi_resource_id = "db-" + base64.b32encode(os.urandom(17)).decode()[:26]
    database.pending_modified_values = {}
    database.status = "creating"
    group = getattr(database, "db_subnet_group", None)
    zones = sorted({subnet.availability_zone for subnet in group._subnets}) if group else []
    database.zones = zones or [f"{backend.region_name}{letter}" for letter in "ab"]
    if database.availability_zone not in database.zones:
        database.availability_zone = database.zones[0]

    def available() -> None:
        if database.status == "creating":
            database.status = "available"
            database.instance_create_time = utcnow()

    TRANSITIONS.schedule(TRANSITIONS.durations.creating, available)


@replaces(RDSBackend, "create_auto_snapshot")
def name_automated_snapshot(original: Any, self: RDSBackend, db_instance_identifier: str, name: str) -> Any:
    """Automated snapshots are named by the minute, in which here an instance may be deleted and made again."""
    taken = {snapshot for snapshot in self.database_snapshots if snapshot.startswith(name)}
    return original(self, db_instance_identifier, f"{name}-{len(taken) + 1}" if taken else name)


def _secondary_zone(self: DBInstance) -> str | None:
    if not self.multi_az or self.status == "creating":
        return None
    return next((zone for zone in getattr(self, "zones", []) if zone != self.availability_zone), None)


def _endpoint(self: DBInstance) -> dict[str, Any] | None:
    return (
        None
        if self.status == "creating"
        else {"Address": self.address, "Port": self.port, "HostedZoneId": "Z2R2ITUGPM61AM"}
    )


def _latest_restorable_time(self: DBInstance) -> datetime | None:
    if self.status == "creating" or not self.backup_retention_period:
        return None
    now = utcnow()
    return now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)


DBInstance.secondary_availability_zone = property(_secondary_zone)
# The endpoint appears once the instance is available, and the time moves every five minutes, as transaction logs do.
DBInstance.endpoint = property(_endpoint)
DBInstance.latest_restorable_time = property(_latest_restorable_time)


@replaces(RDSBackend, "delete_db_instance")
def start_deleting(
    original: Any,
    self: RDSBackend,
    db_instance_identifier: str,
    final_db_snapshot_identifier: str | None = None,
    skip_final_snapshot: bool | None = False,
    delete_automated_backups: bool | None = True,
) -> DBInstance:
    """The instance stays listed as ``deleting``; its final snapshot is complete when it is gone."""
    database = self.describe_db_instances(db_instance_identifier)[0]
    _check_delete(database, final_db_snapshot_identifier, skip_final_snapshot)
    snapshot = None
    if final_db_snapshot_identifier:
        snapshot = self.create_db_snapshot(database.db_instance_identifier, final_db_snapshot_identifier)
        snapshot.status = "creating"
    database.status = "deleting"

    def gone() -> None:
        if snapshot is not None:
            snapshot.status = "available"
        if self.databases.get(database.db_instance_identifier) is database:
            original(self, database.db_instance_identifier, None, True, delete_automated_backups)

    TRANSITIONS.schedule(TRANSITIONS.durations.deleting, gone)
    return database


def _check_delete(database: DBInstance, snapshot: str | None, skip: bool | None) -> None:
    name = database.db_instance_identifier
    if database.status == "deleting":
        refuse("InvalidDBInstanceState", f"Instance {name} is already being deleted.")
    if database.status == "creating":
        refuse("InvalidDBInstanceState", f"Instance {name} is currently creating - try again later.")
    if database.deletion_protection:
        refuse(
            "InvalidParameterCombination",
            "Cannot delete protected DB Instance, please disable deletion protection and try again.",
        )
    if skip and snapshot:
        refuse(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.",
        )
    if not skip and not snapshot and not database.is_replica:
        refuse(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
        )
    if snapshot and database.status not in ("available", "storage-full"):
        refuse(
            "InvalidDBInstanceState",
            f"Cannot create a snapshot because the database instance {name} is not currently in the available state.",
        )


@replaces(RDSResponse, "describe_db_instances")
def describe(original: Any, self: RDSResponse) -> Any:
    """Pages by name, so that an instance deleted between two pages neither fails the second nor hides another."""
    name = self.params.get("db_instance_identifier")
    filters = {given["Name"]: given["Values"] for given in self.params.get("filters", [])}
    found = self.backend.describe_db_instances(name, filters=filters)
    if not name:
        found = [database for database in found if not HIDING.hidden(database.db_instance_identifier)]
    size = self.params.get("max_records") or _MAX_RECORDS
    if not 20 <= size <= 100:
        refuse("InvalidParameterValue", f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    shown, following = paging.page(
        found, lambda database: database.db_instance_identifier, self.params.get("marker"), size
    )
    return ActionResult({"DBInstances": shown, "Marker": following})


def force_status(name: str, status: str, account: str, region: str) -> None:
    """Puts an instance into a state that RDS decides on: ``failed``, ``storage-full``, ``incompatible-network``, ..."""
    rds_backends[account][region].describe_db_instances(name)[0].status = status
