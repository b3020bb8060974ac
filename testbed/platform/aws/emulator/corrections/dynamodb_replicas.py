"""DynamoDB: replicas of a table in other regions, which moto ignores.

Sources: UpdateTable (ReplicaUpdates) and ReplicaDescription in the DynamoDB API reference; "How DynamoDB global tables
work" and "Best practices for global tables" in the developer guide, for version 2019.11.21: a replica has the name, keys
and items of the first table; streams of both images are turned on in every one and cannot be turned off; deletion
protection, recovery and tags are each table's own. A table from which a replica was made within the last 24 hours is not
deleted while it has one.
"""

from __future__ import annotations

import time
from typing import Any

from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from emulator.corrections import refuse, replaces
from emulator.corrections.dynamodb import check_active, pass_through
from emulator.transitions import TRANSITIONS

_STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
_SOURCE_FOR_SECONDS = 24 * 3600


def _group(table: Table) -> dict[str, Table]:
    """The tables of one global table by region, itself included; empty for a table of one region."""
    return getattr(table, "replicas_by_region", {})


def _join(group: dict[str, Table], table: Table) -> None:
    group[table.region_name] = table
    table.replicas_by_region = group


def _leave(table: Table) -> None:
    group = _group(table)
    group.pop(table.region_name, None)
    table.replicas_by_region = {}
    if len(group) == 1:
        # A single table is no global table any more.
        next(iter(group.values())).replicas_by_region = {}


@replaces(Table, "describe")
def describe(original: Any, self: Table, base_key: str = "TableDescription") -> dict[str, Any]:
    """Shows the others of a global table, each with its own status."""
    result = original(self, base_key=base_key)
    others = [table for region, table in sorted(_group(self).items()) if region != self.region_name]
    if others:
        result[base_key]["GlobalTableVersion"] = "2019.11.21"
        result[base_key]["Replicas"] = [
            {"RegionName": table.region_name, "ReplicaStatus": getattr(table, "status", "ACTIVE")} for table in others
        ]
    return result


@replaces(DynamoHandler, "update_table")
def update(original: Any, self: DynamoHandler) -> Any:
    """Adds or removes one replica in a call that changes nothing else."""
    updates = self.body.get("ReplicaUpdates")
    if not updates:
        return original(self)
    if len(updates) != 1 or len(updates[0]) != 1:
        refuse("ValidationException", "Only one replica update is allowed in one request")
    ((action, member),) = updates[0].items()
    table = self.dynamodb_backend.get_table(self.body["TableName"])
    region = member["RegionName"]
    if region == self.dynamodb_backend.region_name:
        refuse(
            "ValidationException",
            "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or"
            " UpdateTable as required.",
        )
    check_active(table)
    if action == "Create":
        _add(self.dynamodb_backend, table, region)
        seconds = TRANSITIONS.tables.creating
    elif action == "Delete":
        _remove(table, region)
        seconds = TRANSITIONS.tables.deleting
    else:
        refuse("ValidationException", f"Unsupported replica update: {action}")
    # A table is being updated for as long as its replica comes or goes.
    pass_through(table, "UPDATING", seconds)
    return DynamoResult(table.describe())


def _add(backend: DynamoDBBackend, table: Table, region: str) -> None:
    there: DynamoDBBackend = dynamodb_backends[backend.account_id][region]
    if table.name in there.tables:
        refuse(
            "ValidationException",
            f"Failed to create a the new replica of table with name: '{table.name}' because one or more replicas"
            " already existed as tables.",
        )
    stream = table.stream_specification or {}
    if stream.get("StreamEnabled") and stream.get("StreamViewType") != _STREAM["StreamViewType"]:
        refuse("ValidationException", "Table stream must have the view type NEW_AND_OLD_IMAGES to add replicas")
    table.set_stream_specification(dict(_STREAM))
    replica = there.create_table(
        table.name,
        schema=table.schema,
        throughput=None,
        attr=table.attr,
        global_indexes=None,
        indexes=None,
        streams=dict(_STREAM),
        billing_mode=table.billing_mode,
        sse_specification=table.sse_specification,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )
    replica.items = table.items
    group = _group(table)
    _join(group, table)
    _join(group, replica)
    table.source_until = time.monotonic() + _SOURCE_FOR_SECONDS


def _remove(table: Table, region: str) -> None:
    replica = _group(table).get(region)
    if replica is None:
        refuse(
            "ValidationException",
            "Update global table operation failed because one or more replicas were not part of the global table.",
        )
    if replica.deletion_protection_enabled:
        refuse("ValidationException", "Replica cannot be deleted as it is currently protected against deletion.")
    dynamodb_backends[replica.account_id][region].delete_table(replica.name)


@replaces(DynamoDBBackend, "delete_table")
def delete(original: Any, self: DynamoDBBackend, name: str) -> Table:
    """A deleted replica leaves its global table when it is gone; the source of a new one is not deleted."""
    table = self.get_table(name)
    if _group(table) and getattr(table, "source_until", 0.0) > time.monotonic():
        refuse(
            "ValidationException",
            "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the"
            " table in the last 24 hours.",
        )
    deleted = original(self, name)
    if _group(table):
        TRANSITIONS.schedule(TRANSITIONS.tables.deleting, lambda: _leave(table))
    return deleted
