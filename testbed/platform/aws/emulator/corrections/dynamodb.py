"""DynamoDB: states that last, what a table refuses meanwhile, time to live, recovery, backups, tags and pages.

Sources, all in the DynamoDB API reference unless said otherwise: CreateTable, UpdateTable, DeleteTable, ListTables,
UpdateContinuousBackups, DescribeContinuousBackups, UpdateTimeToLive, CreateBackup, ListBackups, TagResource; "Using
on-demand backup and restore" and "Point-in-time recovery" in the developer guide.
"""

from __future__ import annotations

import re
import time
import uuid
from datetime import timedelta
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Backup, Table
from moto.dynamodb.responses import DynamoHandler

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_NAME = re.compile(r"[a-zA-Z0-9_.-]{3,255}")
_MAX_TABLES = 100
_MAX_BACKUPS = 100
# "LatestRestorableDateTime is typically 5 minutes before the current time."
_RECOVERY_LAG = timedelta(minutes=5)


@replaces(DynamoDBBackend, "create_table")
def create(original: Any, self: DynamoDBBackend, name: str, *args: Any, **kwargs: Any) -> Table:
    """The table stays ``CREATING`` for a while. Refuses names and key types that DynamoDB does not take."""
    _check_name("tableName", name)
    for attribute in kwargs.get("attr") or []:
        if attribute.get("AttributeType") not in ("S", "N", "B"):
            refuse(
                "ValidationException",
                f"1 validation error detected: Value '{attribute.get('AttributeType')}' at"
                " 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum"
                " value set: [B, N, S]",
            )
    table = original(self, name, *args, **kwargs)
    table.tags_visible_at = time.monotonic() + TRANSITIONS.tables.tags
    pass_through(table, "CREATING", TRANSITIONS.tables.creating)
    return table


def _check_name(field: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        refuse(
            "ValidationException",
            f"Invalid {field}: {name}. Names are 3 to 255 characters long and consist of a-z, A-Z, 0-9, '_', '-' and"
            " '.'",
        )


def pass_through(table: Table, status: str, seconds: float) -> None:
    """Leaves a table in ``status`` for a while, then active."""
    table.status = status

    def active() -> None:
        if table.status == status:
            table.status = "ACTIVE"

    TRANSITIONS.schedule(seconds, active)


@replaces(Table, "describe")
def describe(original: Any, self: Table, base_key: str = "TableDescription") -> dict[str, Any]:
    """Shows the status that the table is in, and an id of its own."""
    result = original(self, base_key=base_key)
    result[base_key]["TableStatus"] = getattr(self, "status", "ACTIVE")
    if not hasattr(self, "table_id"):
        self.table_id = str(uuid.uuid4())
    result[base_key]["TableId"] = self.table_id
    return result


@replaces(DynamoDBBackend, "update_table")
def update(original: Any, self: DynamoDBBackend, name: str, *args: Any, **kwargs: Any) -> Table:
    """Leaves ``ACTIVE`` for a while, and is refused in every other state."""
    table = self.get_table(name)
    check_active(table)
    updated = original(self, name, *args, **kwargs)
    pass_through(updated, "UPDATING", TRANSITIONS.tables.updating)
    return updated


def check_active(table: Table) -> None:
    """Refuses what DynamoDB does to an active table only."""
    status = getattr(table, "status", "ACTIVE")
    if status != "ACTIVE":
        doing = {"CREATING": "created", "UPDATING": "updated", "DELETING": "deleted"}.get(status, status)
        refuse(
            "ResourceInUseException",
            f"Attempt to change a resource which is still in use: Table is being {doing}: {table.name}",
        )


@replaces(DynamoDBBackend, "delete_table")
def delete(original: Any, self: DynamoDBBackend, name: str) -> Table:
    """Passes through ``DELETING``; refused while the table is created, updated, backed up or protected."""
    table = self.get_table(name)
    if getattr(table, "status", "ACTIVE") == "DELETING":
        return table
    if table.deletion_protection_enabled:
        refuse(
            "ValidationException",
            "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection"
            " first.",
        )
    check_active(table)
    if _backing_up(self, table.name):
        refuse("ResourceInUseException", f"Table is being backed up: {table.name}")
    if _recoverable(table):
        # A system backup is kept for 35 days when a table with point-in-time recovery is deleted.
        backup = Backup(self.account_id, self.region_name, f"{table.name}$DeletedTableBackup", table, type_="SYSTEM")
        self.backups[backup.arn] = backup
    table.status = "DELETING"

    def gone() -> None:
        if self.tables.get(table.name) is table:
            original(self, table.name)

    TRANSITIONS.schedule(TRANSITIONS.tables.deleting, gone)
    return table


def _recoverable(table: Table) -> bool:
    recovery = table.continuous_backups["PointInTimeRecoveryDescription"]
    return recovery["PointInTimeRecoveryStatus"] == "ENABLED"


@replaces(DynamoHandler, "list_tables")
def list_tables(original: Any, self: DynamoHandler) -> Any:
    """Lists by name, so that a table deleted between two pages hides no other; moto then ends the listing."""
    size = self.body.get("Limit", _MAX_TABLES)
    if not 1 <= size <= _MAX_TABLES:
        refuse(
            "ValidationException",
            f"1 validation error detected: Value '{size}' at 'limit' failed to satisfy constraint: Member must have value"
            " less than or equal to 100",
        )
    names = [name for name in self.dynamodb_backend.tables if not HIDING.hidden(name)]
    shown, following = paging.page(names, lambda name: name, self.body.get("ExclusiveStartTableName"), size)
    result: dict[str, Any] = {"TableNames": shown}
    if following is not None:
        result["LastEvaluatedTableName"] = following
    return ActionResult(result)


@replaces(DynamoDBBackend, "update_continuous_backups")
def update_recovery(original: Any, self: DynamoDBBackend, table_name: str, specification: dict[str, Any]) -> Any:
    """Not before the table is active."""
    table = self.tables.get(table_name)
    if table is not None and getattr(table, "status", "ACTIVE") == "CREATING":
        refuse(
            "ContinuousBackupsUnavailableException",
            "Backups are being enabled for the table: " + table_name + ". Please retry later",
        )
    before = table is not None and _recoverable(table)
    answer = original(self, table_name, specification)
    if table is not None and _recoverable(table) and not before:
        table.recoverable_since = utcnow()
    return _with_times(table, answer)


@replaces(DynamoDBBackend, "describe_continuous_backups")
def describe_recovery(original: Any, self: DynamoDBBackend, table_name: str) -> Any:
    """The newest restorable time moves with the clock; moto's is that of the call that turned recovery on."""
    return _with_times(self.tables.get(table_name), original(self, table_name))


def _with_times(table: Table | None, description: dict[str, Any]) -> dict[str, Any]:
    recovery = dict(description["PointInTimeRecoveryDescription"])
    since = getattr(table, "recoverable_since", None)
    if since is not None and recovery["PointInTimeRecoveryStatus"] == "ENABLED":
        recovery["EarliestRestorableDateTime"] = since
        recovery["LatestRestorableDateTime"] = max(since, utcnow() - _RECOVERY_LAG)
    return {**description, "PointInTimeRecoveryDescription": recovery}


@replaces(DynamoDBBackend, "update_time_to_live")
def update_time_to_live(original: Any, self: DynamoDBBackend, table_name: str, specification: dict[str, Any]) -> None:
    """One change at a time, and none to what is so already."""
    table = self.get_table(table_name)
    check_active(table)
    if getattr(table, "time_to_live_until", 0.0) > time.monotonic():
        refuse("ValidationException", "Time to live has been modified multiple times within a fixed interval")
    enabled = table.ttl["TimeToLiveStatus"] == "ENABLED"
    if enabled and specification["Enabled"]:
        present = table.ttl["AttributeName"]
        refuse(
            "ValidationException",
            "TimeToLive is already enabled"
            if present == specification["AttributeName"]
            else f"TimeToLive is active on a different AttributeName: current AttributeName is {present}",
        )
    if not enabled and not specification["Enabled"]:
        refuse("ValidationException", "TimeToLive is already disabled")
    original(self, table_name, specification)
    table.time_to_live_until = time.monotonic() + TRANSITIONS.tables.time_to_live


@replaces(DynamoDBBackend, "describe_time_to_live")
def describe_time_to_live(original: Any, self: DynamoDBBackend, table_name: str) -> dict[str, Any]:
    """``ENABLING`` and ``DISABLING`` while a change is processed, which may take an hour."""
    description = dict(original(self, table_name))
    if getattr(self.get_table(table_name), "time_to_live_until", 0.0) > time.monotonic():
        description["TimeToLiveStatus"] = description["TimeToLiveStatus"].replace("ED", "ING")
    return description


@replaces(DynamoDBBackend, "create_backup")
def create_backup(original: Any, self: DynamoDBBackend, table_name: str, backup_name: str) -> Backup:
    """The backup is ``CREATING`` for a while; another one of the table has to wait."""
    _check_name("backupName", backup_name)
    table = self.tables.get(table_name)
    if table is not None and getattr(table, "status", "ACTIVE") in ("CREATING", "DELETING"):
        refuse("TableInUseException", f"Table is being created or deleted: {table_name}")
    if _backing_up(self, table_name):
        refuse("BackupInUseException", f"Backup is being created for the table: {table_name}")
    backup = original(self, table_name, backup_name)
    backup.status = "CREATING"

    def available() -> None:
        backup.status = "AVAILABLE"

    TRANSITIONS.schedule(TRANSITIONS.tables.backup, available)
    return backup


def _backing_up(backend: DynamoDBBackend, table_name: str) -> bool:
    return any(backup.status == "CREATING" and backup.table.name == table_name for backup in backend.backups.values())


@replaces(DynamoHandler, "list_backups")
def list_backups(original: Any, self: DynamoHandler) -> Any:
    """On-demand backups unless asked for others, page by page."""
    kind = self.body.get("BackupType", "USER")
    found = [
        backup
        for backup in self.dynamodb_backend.list_backups(self.body.get("TableName"))
        if kind in ("ALL", backup.type)
    ]
    size = self.body.get("Limit", _MAX_BACKUPS)
    shown, following = paging.page(
        found, lambda backup: backup.arn, self.body.get("ExclusiveStartBackupArn"), size
    )
    result: dict[str, Any] = {"BackupSummaries": [backup.summary for backup in shown]}
    if following is not None:
        result["LastEvaluatedBackupArn"] = following
    return ActionResult(result)


@replaces(DynamoDBBackend, "tag_resource")
def tag(original: Any, self: DynamoDBBackend, arn: str, tags: dict[str, str]) -> None:
    """A key that is there already gets the new value; moto keeps both."""
    for table in self.tables.values():
        if table.table_arn == arn:
            table.tags = [given for given in table.tags if given["Key"] not in tags]
    original(self, arn, tags)


@replaces(DynamoDBBackend, "list_tags_of_resource")
def list_tags(original: Any, self: DynamoDBBackend, table_arn: str) -> Any:
    """Tags of a new table are not visible at once."""
    tags = original(self, table_arn)
    for table in self.tables.values():
        if table.table_arn == table_arn and getattr(table, "tags_visible_at", 0.0) > time.monotonic():
            return []
    return tags
