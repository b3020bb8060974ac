"""RDS: automated backups that are replicated to another region.

Sources: StartDBInstanceAutomatedBackupsReplication, StopDBInstanceAutomatedBackupsReplication and
DescribeDBInstanceAutomatedBackups in the RDS API reference; "Replicating automated backups to another AWS Region" and
"Stopping automated backup replication" in the RDS user guide.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.models import DBInstance, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from emulator.corrections import paging, rds_catalog, refuse, replaces
from emulator.transitions import TRANSITIONS

_MAX_RECORDS = 100
_PER_REGION = 20
"""The documented quota of replicated backups for an account and destination region."""


def _arn_id() -> str:
    return "ab-" + base64.b32encode(os.urandom(17)).decode()[:26].lower()


@dataclass
class ReplicatedBackup:
    """What the destination region knows of one source instance."""

    source: DBInstance
    source_arn: str
    source_region: str
    arn: str
    retention: int
    kms_key_id: str | None
    status: str = "creating"
    resource_id: str = ""
    latest: Any = field(default=None)

    def document(self) -> dict[str, Any]:
        """The backup as DescribeDBInstanceAutomatedBackups shows it."""
        alive = self.source.status != "deleting" and self._source_is_there()
        if not alive:
            self.status = "retained"
        elif self.status == "active":
            self.latest = self.source.latest_restorable_time or self.latest
        window = {"EarliestTime": self.source.instance_create_time, "LatestTime": self.latest}
        return {
            "DBInstanceArn": self.source_arn,
            "DbiResourceId": self.resource_id,
            "Region": self.source_region,
            "DBInstanceIdentifier": self.source.db_instance_identifier,
            "Engine": self.source.engine,
            "Status": self.status,
            "Encrypted": bool(self.kms_key_id),
            "KmsKeyId": self.kms_key_id,
            "BackupRetentionPeriod": self.retention,
            "DBInstanceAutomatedBackupsArn": self.arn,
            "RestoreWindow": window if self.latest else None,
        }

    def _source_is_there(self) -> bool:
        backend = self.source.backend
        return backend.databases.get(self.source.db_instance_identifier) is self.source


def _backups(backend: RDSBackend) -> list[ReplicatedBackup]:
    if not hasattr(backend, "replicated_backups"):
        backend.replicated_backups = []
    return backend.replicated_backups


def _source(backend: RDSBackend, arn: str) -> tuple[DBInstance, str]:
    parts = arn.split(":")
    if len(parts) != 7 or parts[5] != "db":
        refuse("InvalidParameterValue", f"Invalid ARN: {arn}")
    region, name = parts[3], parts[6]
    if region == backend.region_name:
        refuse("InvalidParameterValue", "The source and destination Regions must be different.")
    database = rds_backends[backend.account_id][region].databases.get(name)
    if database is None:
        refuse("DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    return database, region


def start(self: RDSResponse) -> Any:
    """Begins to replicate; the first copy arrives later, and until then the status is ``creating``."""
    params, backend = self.params, self.backend
    arn = params["source_db_instance_arn"]
    source, region = _source(backend, arn)
    key = params.get("kms_key_id")
    if source.status != "available" or not source.backup_retention_period:
        refuse("InvalidDBInstanceState", "The source DB instance must be available and have automated backups.")
    if source.storage_encrypted and not key:
        refuse("InvalidParameterValue", "Encrypted instances require a valid KMS key ID")
    if key and key.split(":")[3] != backend.region_name:
        refuse("KMSKeyNotAccessibleFault", f"The specified KMS key [{key}] does not exist, is not enabled or you do not have permissions to access it.")
    retention = params.get("backup_retention_period") or 7
    rds_catalog.check_retention(retention)
    present = [backup for backup in _backups(backend) if backup.status != "retained"]
    if any(backup.source_arn == arn for backup in present):
        refuse("InvalidDBInstanceAutomatedBackupState", f"Automated backups of {arn} are replicated to this Region already.")
    if len(present) >= _PER_REGION:
        refuse("DBInstanceAutomatedBackupQuotaExceeded", "You have reached the quota of replicated automated backups in this Region.")
    name = f"arn:aws:rds:{backend.region_name}:{backend.account_id}:auto-backup:{_arn_id()}"
    backup = ReplicatedBackup(source, arn, region, name, retention, key, resource_id=source.dbi_resource_id)
    _backups(backend).append(backup)

    def arrived() -> None:
        if backup.status == "creating":
            backup.status = "active"
            backup.latest = source.latest_restorable_time

    TRANSITIONS.schedule(TRANSITIONS.durations.creating, arrived)
    return ActionResult({"DBInstanceAutomatedBackup": backup.document()})


def stop(self: RDSResponse) -> Any:
    """Ends replication; what was copied is retained until its retention is over."""
    arn = self.params["source_db_instance_arn"]
    for backup in _backups(self.backend):
        if backup.source_arn == arn and backup.status != "retained":
            backup.status = "retained"
            return ActionResult({"DBInstanceAutomatedBackup": backup.document()})
    refuse("DBInstanceAutomatedBackupNotFound", f"Automated backups of {arn} are not replicated to this Region.", 404)


RDSResponse.start_db_instance_automated_backups_replication = start
RDSResponse.stop_db_instance_automated_backups_replication = stop


@replaces(RDSResponse, "describe_db_instance_automated_backups")
def describe(original: Any, self: RDSResponse) -> Any:
    """The region's own instances' backups and the replicated ones, in pages."""
    name = self.params.get("db_instance_identifier")
    found = [_own(database) for database in self.backend.databases.values() if database.backup_retention_period]
    found += [backup.document() for backup in _backups(self.backend)]
    if name:
        found = [backup for backup in found if backup["DBInstanceIdentifier"] == name]
        if not found:
            refuse("DBInstanceAutomatedBackupNotFound", f"DBInstanceAutomatedBackup {name} not found.", 404)
    size = self.params.get("max_records") or _MAX_RECORDS
    if not 20 <= size <= 100:
        refuse("InvalidParameterValue", f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    shown, following = paging.page(
        found, lambda backup: backup["DBInstanceAutomatedBackupsArn"], self.params.get("marker"), size
    )
    return ActionResult({"DBInstanceAutomatedBackups": shown, "Marker": following})


def _own(database: DBInstance) -> dict[str, Any]:
    latest = database.latest_restorable_time
    region, account = database.backend.region_name, database.backend.account_id
    return {
        "DBInstanceArn": database.db_instance_arn,
        "DbiResourceId": database.dbi_resource_id,
        "Region": region,
        "DBInstanceIdentifier": database.db_instance_identifier,
        "Engine": database.engine,
        "Status": "active" if latest else "creating",
        "Encrypted": bool(database.storage_encrypted),
        "BackupRetentionPeriod": database.backup_retention_period,
        "DBInstanceAutomatedBackupsArn": f"arn:aws:rds:{region}:{account}:auto-backup:ab-{database.dbi_resource_id[3:].lower()}",
        "RestoreWindow": {"EarliestTime": database.instance_create_time, "LatestTime": latest} if latest else None,
    }
