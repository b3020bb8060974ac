"""RDS: read replicas.

Sources: CreateDBInstanceReadReplica, DeleteDBInstance, PromoteReadReplica and DBInstanceStatusInfo in the RDS API reference;
"Working with DB instance read replicas" in the user guide ("Considerations when deleting replicas", "Monitoring read
replication") and the limit of 15 replicas of one source.
"""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBInstance, RDSBackend, rds_backends

from emulator.corrections import rds_catalog, refuse, replaces
from emulator.transitions import TRANSITIONS

_MOST = 15


@replaces(RDSBackend, "create_db_instance_read_replica")
def create(original: Any, self: RDSBackend, db_kwargs: Any) -> DBInstance:
    """Refuses a name that is taken and a source that cannot be copied; what is not asked for is as documented."""
    name = db_kwargs["db_instance_identifier"].lower()
    source = self.find_db_from_id(db_kwargs["source_db_instance_identifier"])
    if name in self.databases:
        refuse("DBInstanceAlreadyExists", "DB instance already exists")
    if source.status not in ("available", "backing-up"):
        refuse("InvalidDBInstanceState", f"DB instance {source.db_instance_identifier} is not available.")
    if not source.backup_retention_period:
        refuse(
            "InvalidDBInstanceState",
            "Automated backups are not enabled for this database instance. To enable automated backups, use"
            " ModifyDBInstance to set the backup retention period to a non-zero value.",
        )
    if len(source.replicas) >= _MOST:
        refuse("InvalidDBInstanceState", f"The source instance already has {_MOST} read replicas.")
    if db_kwargs.get("db_instance_class"):
        rds_catalog.check_class(db_kwargs["db_instance_class"])
    asked = {key: db_kwargs.get(key) for key in ("multi_az", "deletion_protection")}
    tags = list(db_kwargs.get("tags") or [])
    replica = original(self, db_kwargs)
    replica.db_instance_identifier = name
    replica.source_db_instance_identifier = source.db_instance_identifier
    replica.backup_retention_period = 0
    replica.multi_az = bool(asked["multi_az"])
    replica.deletion_protection = bool(asked["deletion_protection"])
    replica.tags = tags
    replica.parameter_apply_status = "in-sync"
    replica.vpc_security_group_ids = list(replica.vpc_security_group_ids or [])
    zones = getattr(replica, "zones", None)
    if zones:
        # "A random, system-chosen Availability Zone": in turn, so that a test knows that they differ.
        replica.availability_zone = zones[len(source.replicas) % len(zones)]
    return replica


def _status_infos(self: DBInstance) -> list[dict[str, Any]]:
    if not self.is_replica or self.status == "creating":
        return []
    status = getattr(self, "replication_status", "replicating")
    message = getattr(self, "replication_message", None)
    return [{"StatusType": "read replication", "Normal": status == "replicating", "Status": status, "Message": message}]


DBInstance.status_infos = property(_status_infos)


def _independent(backend: RDSBackend, replica: DBInstance) -> None:
    source = backend.databases.get(replica.source_db_instance_identifier)
    if source is not None and replica.db_instance_identifier in source.replicas:
        source.replicas.remove(replica.db_instance_identifier)
    replica.is_replica = False
    replica.source_db_instance_identifier = None


@replaces(RDSBackend, "promote_read_replica")
def promote(original: Any, self: RDSBackend, db_kwargs: Any) -> DBInstance:
    """A promoted replica is an instance of its own, with backups as asked for (one day unless given)."""
    replica = self.describe_db_instances(db_kwargs["db_instance_identifier"])[0]
    if not replica.is_replica:
        refuse("InvalidDBInstanceState", f"DB Instance {replica.db_instance_identifier} is not a read replica.")
    if replica.status != "available":
        refuse("InvalidDBInstanceState", f"DB Instance {replica.db_instance_identifier} is not available.")
    replica.backup_retention_period = db_kwargs.get("backup_retention_period") or 1
    replica.status = "modifying"

    def promoted() -> None:
        replica.status = "available"
        _independent(self, replica)

    TRANSITIONS.schedule(TRANSITIONS.durations.modifying, promoted)
    return replica


@replaces(RDSBackend, "delete_db_instance")
def delete(original: Any, self: RDSBackend, db_instance_identifier: str, *args: Any, **kwargs: Any) -> DBInstance:
    """A replica has no final snapshot; those that a source leaves behind become instances of their own."""
    database = self.describe_db_instances(db_instance_identifier)[0]
    if database.is_replica and (kwargs.get("final_db_snapshot_identifier") or args and args[0]):
        refuse(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier can not be specified when deleting a replica instance.",
        )
    deleted = original(self, db_instance_identifier, *args, **kwargs)
    for name in list(database.replicas):
        if name in self.databases:
            _independent(self, self.databases[name])
    return deleted


def break_replication(name: str, status: str, message: str, account: str, region: str) -> None:
    """Puts a replica's replication into a state that RDS decides on: ``replicating``, ``error``, ``stopped``, ``terminated``."""
    replica = rds_backends[account][region].describe_db_instances(name)[0]
    replica.replication_status, replica.replication_message = status, message or None
