"""RDS: DB parameter groups, when their parameters take effect, reboots, and the engines' default versions.

Sources: CreateDBParameterGroup, ModifyDBParameterGroup, DeleteDBParameterGroup, DescribeDBParameters, DescribeDBEngineVersions,
RebootDBInstance, ModifyDBInstance (``DBParameterGroupName``, ``EngineVersion``) and DBParameterGroupStatus in the RDS API
reference; "DB parameter groups for Amazon RDS DB instances" in the user guide.
"""

from __future__ import annotations

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend
from moto.rds.responses import RDSResponse

from emulator.corrections import paging, rds_catalog, refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_MAX_RECORDS = 100
_MOST_PARAMETERS = 20
"""The documented limit of parameters in one ModifyDBParameterGroup."""

# Of the hundreds of parameters those that force TLS, with their documented defaults.
_FORCES_TLS = {"postgres": "rds.force_ssl", "mysql": "require_secure_transport", "mariadb": "require_secure_transport"}
# Without a reboot: "Requiring SSL/TLS for all connections to a MySQL / MariaDB DB instance".
_DYNAMIC = {"require_secure_transport"}


def family(engine: str, version: str) -> str:
    """The DB parameter group family of an engine's version."""
    return engine + rds_catalog.major_of(engine, version)


def _group(backend: RDSBackend, name: str) -> DBParameterGroup:
    group = backend.db_parameter_groups.get(name.lower())
    if group is None:
        raise DBParameterGroupNotFoundError(name)
    return group


@replaces(RDSBackend, "create_db_parameter_group")
def create(original: Any, self: RDSBackend, db_parameter_group_kwargs: Any) -> Any:
    """Names have letters, digits and single hyphens; a family is one that RDS has."""
    name = db_parameter_group_kwargs["db_parameter_group_name"] = db_parameter_group_kwargs["db_parameter_group_name"].lower()
    if not re.fullmatch(r"[a-z](-?[a-z0-9])*", name) or len(name) > 255:
        refuse("InvalidParameterValue", f"The parameter DBParameterGroupName is not a valid identifier: {name}")
    asked = db_parameter_group_kwargs.get("db_parameter_group_family") or ""
    known = {family(engine, major) for engine, majors in rds_catalog.DEFAULT_MINOR.items() for major in majors}
    if asked.startswith(("postgres", "mysql", "mariadb")) and asked not in known:
        refuse("InvalidParameterValue", f"ParameterGroupFamily {asked} is not a valid parameter group family")
    return original(self, db_parameter_group_kwargs)


@replaces(RDSResponse, "describe_db_parameter_groups")
def describe_groups(original: Any, self: RDSResponse) -> Any:
    """Pages by name."""
    name = self.params.get("db_parameter_group_name")
    if name:
        return ActionResult({"DBParameterGroups": [_group(self.backend, name)]})
    groups = [group for group in self.backend.db_parameter_groups.values() if not HIDING.hidden(group.name)]
    size = self.params.get("max_records") or _MAX_RECORDS
    if not 20 <= size <= 100:
        refuse("InvalidParameterValue", f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    shown, following = paging.page(groups, lambda group: group.name, self.params.get("marker"), size)
    return ActionResult({"DBParameterGroups": shown, "Marker": following})


@replaces(RDSResponse, "modify_db_parameter_group")
def modify_group(original: Any, self: RDSResponse) -> Any:
    """``immediate`` is for dynamic parameters only; what is pending shows at the instances that use the group."""
    group = _group(self.backend, self.params["db_parameter_group_name"])
    given = [parameter.original_dict() for parameter in self.params.get("parameters", [])]
    if group.name.startswith("default."):
        refuse("InvalidDBParameterGroupState", f"The parameter group {group.name} cannot be modified.")
    if not 1 <= len(given) <= _MOST_PARAMETERS:
        refuse("InvalidParameterValue", f"The number of parameters must be between 1 and {_MOST_PARAMETERS}.")
    for parameter in given:
        if parameter["ApplyMethod"] == "immediate" and parameter["ParameterName"] not in _DYNAMIC:
            refuse(
                "InvalidParameterCombination",
                f"cannot use immediate apply method for static parameter {parameter['ParameterName']}",
            )
    changed = [
        parameter
        for parameter in given
        if group.parameters.get(parameter["ParameterName"], {}).get("ParameterValue") != parameter["ParameterValue"]
    ]
    group.update_parameters(given)
    if any(parameter["ApplyMethod"] != "immediate" for parameter in changed):
        for database in self.backend.databases.values():
            if database.db_parameter_group_name == group.name:
                database.parameter_apply_status = "pending-reboot"
    return ActionResult({"DBParameterGroupName": group.name})


@replaces(RDSResponse, "describe_db_parameters")
def describe_parameters(original: Any, self: RDSResponse) -> Any:
    """The parameters that somebody set, and of the engine's own the one that forces TLS, as far as ``Source`` lets."""
    group = _group(self.backend, self.params["db_parameter_group_name"])
    source = self.params.get("source")
    found = [_parameter(name, given.get("ParameterValue"), "user") for name, given in group.parameters.items()]
    engine = (group.family or "").rstrip("0123456789.")
    name = _FORCES_TLS.get(engine)
    if name and name not in group.parameters:
        found.append(_parameter(name, _default(engine, (group.family or "")[len(engine) :]), "system"))
    return ActionResult({"Parameters": [each for each in found if source is None or each["Source"] == source]})


def _default(engine: str, major: str) -> str:
    numbers = [int(part) for part in major.split(".")]
    if engine == "postgres":
        return "1" if numbers >= [15] else "0"
    return "ON" if engine == "mariadb" and numbers >= [11, 8] else "OFF"


def _parameter(name: str, value: str | None, source: str) -> dict[str, Any]:
    return {
        "ParameterName": name,
        "ParameterValue": value,
        "Source": source,
        "ApplyType": "dynamic" if name in _DYNAMIC else "static",
        "IsModifiable": True,
    }


@replaces(RDSBackend, "delete_db_parameter_group")
def delete(original: Any, self: RDSBackend, db_parameter_group_name: str) -> Any:
    """A group that an instance uses stays, and so do RDS's own."""
    group = _group(self, db_parameter_group_name)
    if group.name.startswith("default."):
        refuse("InvalidDBParameterGroupState", f"The parameter group {group.name} is a default group and cannot be deleted.")
    users = [database for database in self.databases.values() if database.db_parameter_group_name == group.name]
    if users:
        refuse(
            "InvalidDBParameterGroupState",
            "One or more database instances are still members of this parameter group"
            f" {group.name}, so the group cannot be deleted",
        )
    return original(self, group.name)


def _status_list(self: DBInstance) -> list[dict[str, Any]]:
    group = self.db_parameter_groups()[0]
    status = getattr(self, "parameter_apply_status", "in-sync")
    if status == "pending-database-upgrade" and group.family == family(self.engine, self.engine_version):
        # The upgrade has restarted the engine with the new group.
        status = self.parameter_apply_status = "in-sync"
    return [{"DBParameterGroupName": group.name, "ParameterApplyStatus": status}]


DBInstance.db_parameter_group_status_list = property(_status_list)


@replaces(RDSBackend, "create_db_instance")
def create_instance(original: Any, self: RDSBackend, db_kwargs: Any) -> Any:
    """A new instance's group is of its version's family."""
    engine, version = db_kwargs.get("engine"), db_kwargs.get("engine_version")
    if engine in rds_catalog.DEFAULT_MINOR and version:
        _check_family(self, db_kwargs.get("db_parameter_group_name"), engine, version)
    return original(self, db_kwargs)


def _check_family(backend: RDSBackend, name: str | None, engine: str, version: str) -> None:
    if name is None:
        return
    wanted = family(engine, version)
    has = name[len("default.") :] if name.startswith("default.") else _group(backend, name).family
    if has != wanted:
        refuse(
            "InvalidParameterCombination",
            f"The parameter group {name} with DBParameterGroupFamily {has} can't be used for this instance. Please use a"
            f" parameter group with DBParameterGroupFamily {wanted}.",
        )


@replaces(RDSBackend, "modify_db_instance")
def modify_instance(original: Any, self: RDSBackend, db_instance_identifier: str, db_kwargs: Any) -> DBInstance:
    """Another group is associated at once and takes effect with a reboot; a major upgrade wants one of its family."""
    database = self.describe_db_instances(db_instance_identifier)[0]
    name = db_kwargs.get("db_parameter_group_name")
    if database.engine not in rds_catalog.DEFAULT_MINOR:
        return original(self, db_instance_identifier, db_kwargs)
    engine, current = database.engine, database.engine_version
    version = rds_catalog.full_version(engine, db_kwargs["engine_version"]) if db_kwargs.get("engine_version") else current
    major = family(engine, version) != family(engine, current)
    if major and name is None and not database.is_default_parameter_group(database.db_parameter_groups()[0].name):
        refuse(
            "InvalidParameterCombination",
            f"The current DB instance parameter group {database.db_parameter_group_name} is custom. You must explicitly"
            " specify a new DB instance parameter group, either default or custom, for the engine version upgrade.",
        )
    _check_family(self, name, engine, version)
    if name is not None and name.startswith("default."):
        db_kwargs.pop("DBParameterGroupName", None)
        db_kwargs.pop("db_parameter_group_name", None)
    before = database.db_parameter_groups()[0].name
    database = original(self, db_instance_identifier, db_kwargs)
    if name is not None and name.startswith("default."):
        database.db_parameter_group_name = None
    if name is not None and name.lower() != before:
        _associate(database, major)
    return database


def _associate(database: DBInstance, with_upgrade: bool) -> None:
    if with_upgrade:
        database.parameter_apply_status = "pending-database-upgrade"
        return
    database.parameter_apply_status = "applying"

    def applied() -> None:
        if database.parameter_apply_status == "applying":
            database.parameter_apply_status = "pending-reboot"

    TRANSITIONS.schedule(TRANSITIONS.durations.modifying, applied)


@replaces(RDSBackend, "reboot_db_instance")
def reboot(original: Any, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    """An available instance is ``rebooting``, and has its parameters afterwards."""
    database = original(self, db_instance_identifier)
    if database.status not in ("available", "storage-full"):
        refuse("InvalidDBInstanceState", f"Instance {db_instance_identifier} is not in an available state.")
    database.status = "rebooting"

    def rebooted() -> None:
        if database.status == "rebooting":
            database.status = "available"
            database.parameter_apply_status = "in-sync"

    TRANSITIONS.schedule(TRANSITIONS.durations.modifying, rebooted)
    return database


def describe_engine_versions(self: RDSResponse) -> Any:
    """The versions on offer, or with ``DefaultOnly`` that of the engine, or of its major version."""
    engine, asked = self.params.get("engine"), self.params.get("engine_version")
    if engine not in rds_catalog.DEFAULT_MINOR:
        refuse("InvalidParameterValue", f"Unrecognized engine name: {engine}")
    versions = list(rds_catalog.DEFAULT_MINOR[engine].values())
    if asked:
        versions = [version for version in versions if version == asked or rds_catalog.major_of(engine, version) == asked]
    elif self.params.get("default_only"):
        versions = [rds_catalog.full_version(engine, None)]
    return ActionResult(
        {
            "DBEngineVersions": [
                {"Engine": engine, "EngineVersion": version, "DBParameterGroupFamily": family(engine, version), "Status": "available"}
                for version in versions
            ]
        }
    )


RDSResponse.describe_db_engine_versions = describe_engine_versions
