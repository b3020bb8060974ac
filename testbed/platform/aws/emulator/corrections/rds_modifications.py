"""ModifyDBInstance: what applies at once, what waits for the maintenance window, and what is refused.

Source: ModifyDBInstance in the RDS API reference, and "Modifying an Amazon RDS DB instance", table of settings.
"""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBInstance, RDSBackend, rds_backends

from emulator.corrections import rds_catalog, refuse, replaces
from emulator.transitions import TRANSITIONS

# Settings that wait for the window unless ApplyImmediately: moto's attribute, and the name among the pending ones.
DEFERRED = {
    "db_instance_class": "DBInstanceClass",
    "engine_version": "EngineVersion",
    "allocated_storage": "AllocatedStorage",
    "storage_type": "StorageType",
    "iops": "Iops",
    "storage_throughput": "StorageThroughput",
    "multi_az": "MultiAZ",
    "license_model": "LicenseModel",
    "enable_iam_database_authentication": "IAMDatabaseAuthenticationEnabled",
    "backup_retention_period": "BackupRetentionPeriod",
}


@replaces(RDSBackend, "modify_db_instance")
def modify(original: Any, self: RDSBackend, db_instance_identifier: str, db_kwargs: Any) -> DBInstance:
    """Applies what applies at once and keeps the rest pending; ApplyImmediately carries out all that is pending."""
    database = self.describe_db_instances(db_instance_identifier)[0]
    if database.db_cluster_identifier is not None or database.engine not in rds_catalog.DEFAULT_MINOR:
        return original(self, db_instance_identifier, db_kwargs)
    if database.status not in ("available", "storage-full"):
        refuse("InvalidDBInstanceState", f"Database instance is not in available state: {database.status}")
    _check(database, db_kwargs)
    pending = dict(database.pending_modified_values)
    _defer(database, db_kwargs, pending)
    database = original(self, db_instance_identifier, db_kwargs)
    database.pending_modified_values = pending
    if db_kwargs.get("apply_immediately") and pending:
        _start(database)
    return database


def _defer(database: DBInstance, settings: Any, pending: dict[str, Any]) -> None:
    """Moves what waits from ``settings`` to ``pending``; asking for the present value takes a waiting change back."""
    for attribute, name in DEFERRED.items():
        if attribute not in settings or not _waits(attribute, database, settings[attribute]):
            continue
        value = settings.pop(attribute)
        if value == getattr(database, attribute):
            pending.pop(name, None)
        else:
            pending[name] = value


def _waits(attribute: str, database: DBInstance, value: Any) -> bool:
    if attribute != "backup_retention_period":
        return True
    # Switching backups on or off restarts the instance; another number of days applies at once.
    return (value == 0) != (database.backup_retention_period == 0)


def _check(database: DBInstance, settings: Any) -> None:
    engine = database.engine
    if settings.get("db_instance_class") is not None:
        rds_catalog.check_class(settings["db_instance_class"])
    interval = settings.get("monitoring_interval")
    if interval is not None and interval not in (0, 1, 5, 10, 15, 30, 60):
        refuse("InvalidParameterValue", f"Invalid monitoring interval: {interval}")
    if interval and not (settings.get("monitoring_role_arn") or database.monitoring_role_arn):
        refuse("InvalidParameterCombination", "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.")
    if settings.get("backup_retention_period") is not None:
        rds_catalog.check_retention(settings["backup_retention_period"])
    if settings.get("master_user_password") is not None:
        rds_catalog.check_password(engine, settings["master_user_password"])
    if settings.get("engine_version") is not None:
        settings["EngineVersion"] = _version(database, settings)
    if settings.get("allocated_storage") is not None:
        settings["AllocatedStorage"] = _storage(database, settings["allocated_storage"])


def _version(database: DBInstance, settings: Any) -> str:
    asked, current = settings["engine_version"], database.engine_version
    if asked == rds_catalog.major_of(database.engine, current):
        return current
    version = rds_catalog.full_version(database.engine, asked)
    if _numbers(version) < _numbers(current):
        refuse("InvalidParameterCombination", f"Cannot upgrade {database.engine} from {current} to {version}")
    major = rds_catalog.major_of
    if major(database.engine, version) != major(database.engine, current) and not settings.get(
        "allow_major_version_upgrade"
    ):
        refuse(
            "InvalidParameterCombination",
            "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
        )
    return version


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _storage(database: DBInstance, gib: int) -> int:
    current = database.allocated_storage
    if gib < current:
        refuse(
            "InvalidParameterCombination",
            f"Requested storage size ({gib}) cannot be less than the current size ({current})",
        )
    if gib == current:
        return gib
    rds_catalog.check_storage(database.engine, database.storage_type, gib)
    # The API reference: less than 10 % more is rounded up to 10 % more.
    return max(gib, -(-current * 11 // 10))


def _start(database: DBInstance) -> None:
    """The call's own response still says ``available``; the next look sees ``modifying``."""

    def modifying() -> None:
        if database.status == "available":
            database.status = "modifying"

    def applied() -> None:
        if database.status == "modifying":
            database.status = "available"
            apply_pending(database)

    TRANSITIONS.schedule(0, modifying)
    TRANSITIONS.schedule(TRANSITIONS.durations.modifying, applied)


def apply_pending(database: DBInstance) -> list[str]:
    """Gives an instance the settings that wait.

    :return: their names.
    """
    attributes = {name: attribute for attribute, name in DEFERRED.items()}
    waiting, database.pending_modified_values = database.pending_modified_values, {}
    for name, value in waiting.items():
        setattr(database, attributes[name], value)
    return sorted(waiting)


def maintain(name: str, account: str, region: str) -> list[str]:
    """Opens an instance's maintenance window: what waits is applied through ``modifying``.

    :return: the names of the settings that waited.
    """
    database = rds_backends[account][region].describe_db_instances(name)[0]
    waiting = sorted(database.pending_modified_values)
    if waiting:
        _start(database)
    return waiting
