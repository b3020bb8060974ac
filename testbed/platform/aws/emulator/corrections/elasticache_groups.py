"""Replication groups of Redis OSS and Valkey: their nodes, states that last, changes, passwords, final snapshots.

Sources: CreateReplicationGroup, ModifyReplicationGroup, IncreaseReplicaCount, DecreaseReplicaCount,
DeleteReplicationGroup, DescribeReplicationGroups, AddTagsToResource and the data types ReplicationGroup and
CacheCluster in the ElastiCache API reference; "Authenticating with the AUTH command" in its user guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.elasticache.exceptions import ReplicationGroupNotFound, SnapshotAlreadyExists
from moto.elasticache.models import ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse

from emulator.corrections import elasticache_catalog as catalog
from emulator.corrections import elasticache_subnets as subnets
from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_MOST_REPLICAS = 5


class Node:
    """A cache cluster of one node, as which ElastiCache shows each node of a replication group."""

    num_cache_nodes = 1
    cache_nodes: Any = None
    node_ids = ("0001",)

    def __init__(self, group: Any, number: int):
        self.replication_group_id = group.replication_group_id
        self.cache_cluster_id = f"{group.replication_group_id}-{number:03}"
        self.arn = group.arn.rpartition("replicationgroup:")[0] + "cluster:" + self.cache_cluster_id
        self.engine = group.engine
        self.engine_version = group.engine_version
        self.cache_node_type = group.cache_node_type
        self.cache_subnet_group_name = group.cache_subnet_group_name
        self.security_groups = group.security_groups
        self.port = group.port
        self.preferred_maintenance_window = group.preferred_maintenance_window
        self.cache_cluster_status = "available"
        self.cache_cluster_create_time = utcnow()
        self.snapshot_retention_limit = group.snapshot_retention_limit
        self.auto_minor_version_upgrade = group.auto_minor_version_upgrade
        self.transit_encryption_enabled = group.transit_encryption_enabled
        self.at_rest_encryption_enabled = group.at_rest_encryption_enabled
        self.auth_token_enabled = group.auth_token_enabled
        self.pending_modified_values: dict[str, Any] = {}


@replaces(ElastiCacheResponse, "create_replication_group")
def create(original: Any, self: ElastiCacheResponse) -> Any:
    """Checks the request; ``NumCacheClusters`` counts the primary and its replicas, of which moto makes one."""
    name = self._get_param("ReplicationGroupId").lower()
    backend = self.elasticache_backend
    if name in backend.replication_groups or self._get_param("ClusterMode") == "enabled":
        return original(self)
    version = _check_create(self, name)
    group_name = self._get_param("CacheSubnetGroupName")
    vpc = subnets.group_of(backend, group_name).vpc_id if group_name else None
    security_groups = catalog.security_groups(self, vpc)
    answer = original(self)
    group = backend.replication_groups[name]
    group.engine_version, group.security_groups = version, security_groups
    group.auto_minor_version_upgrade = catalog.flag(self._get_param("AutoMinorVersionUpgrade", True))
    group.tokens = [self._get_param("AuthToken")] if self._get_param("AuthToken") else []
    _begin_life(backend, group, self._get_int_param("NumCacheClusters") or 1)
    return answer


def _check_create(response: ElastiCacheResponse, name: str) -> str:
    catalog.check_id("ReplicationGroupId", name, 40)
    catalog.check_node_type(response._get_param("CacheNodeType"))
    engine = response._get_param("Engine") or "redis"
    if engine == "memcached":
        refuse("InvalidParameterValue", "Replication groups are not supported for engine memcached.")
    nodes = response._get_int_param("NumCacheClusters") or 1
    if not 1 <= nodes <= 1 + _MOST_REPLICAS:
        refuse("InvalidParameterValue", "NumCacheClusters must be between 1 and 6.")
    fails_over = catalog.flag(response._get_param("AutomaticFailoverEnabled", False))
    _check_failover(fails_over, catalog.flag(response._get_param("MultiAZEnabled", False)), nodes)
    token = response._get_param("AuthToken")
    if token:
        catalog.check_token(token)
        if not catalog.flag(response._get_param("TransitEncryptionEnabled", False)):
            refuse("InvalidParameterCombination", "AuthToken is only supported with encryption in transit.")
    _check_retention(response._get_int_param("SnapshotRetentionLimit"))
    catalog.check_window(response._get_param("PreferredMaintenanceWindow"))
    return catalog.full_version(engine, response._get_param("EngineVersion"))


def _check_failover(fails_over: bool, multi_az: bool, nodes: int) -> None:
    if fails_over and nodes < 2:
        refuse("InvalidParameterCombination", "Automatic failover needs at least one replica.")
    if multi_az and not fails_over:
        refuse("InvalidParameterCombination", "Multi-AZ needs automatic failover.")


def _check_retention(days: int | None) -> None:
    if days is not None and not 0 <= days <= 35:
        refuse("InvalidParameterValue", "SnapshotRetentionLimit must be between 0 and 35.")


def _begin_life(backend: ElastiCacheBackend, group: Any, nodes: int) -> None:
    shard = group.node_groups[0]
    group.shard = {key: shard[key] for key in ("node_group_id", "status", "primary_endpoint")}
    group.shard["reader_endpoint"] = {"address": shard["reader_endpoint_address"], "port": group.port}
    group.node_groups = []
    group.status = "creating"
    group.member_clusters = [f"{group.replication_group_id}-{number:03}" for number in range(1, nodes + 1)]
    _set_nodes(backend, group)

    def available() -> None:
        if group.status == "creating":
            group.status = "available"
            group.node_groups = [group.shard]

    TRANSITIONS.schedule(TRANSITIONS.caches.creating, available)


def _set_nodes(backend: ElastiCacheBackend, group: Any) -> None:
    """Has exactly the group's members as cache clusters, with the group's tags, which ElastiCache hands on."""
    for name in [key for key, found in backend.cache_clusters.items() if _member_of(found, group)]:
        if name not in group.member_clusters:
            node = backend.cache_clusters.pop(name)
            backend.tagging_service.delete_all_tags_for_resource(node.arn)
    tags = backend.tagging_service.list_tags_for_resource(group.arn)["Tags"]
    for name in group.member_clusters:
        if name not in backend.cache_clusters:
            node = Node(group, int(name.rpartition("-")[2]))
            backend.cache_clusters[name] = node
            backend.tagging_service.tag_resource(node.arn, tags)
    group.shard["node_group_members"] = [
        {"cache_cluster_id": name, "cache_node_id": "0001", "current_role": "replica" if index else "primary"}
        for index, name in enumerate(group.member_clusters)
    ]


def _member_of(cluster: Any, group: Any) -> bool:
    return getattr(cluster, "replication_group_id", None) == group.replication_group_id


def nodes_of(backend: ElastiCacheBackend, group: Any) -> list[Any]:
    """The nodes of a group, in order."""
    return [backend.cache_clusters[name] for name in group.member_clusters]


def _group(backend: ElastiCacheBackend, name: str) -> Any:
    group = backend.replication_groups.get((name or "").lower())
    if group is None:
        raise ReplicationGroupNotFound(name)
    return group


def _changeable(response: ElastiCacheResponse) -> Any:
    group = _group(response.elasticache_backend, response._get_param("ReplicationGroupId"))
    catalog.check_state(
        f"Replication group {group.replication_group_id}", group.status, "InvalidReplicationGroupState"
    )
    return group


@replaces(ElastiCacheResponse, "modify_replication_group")
def modify(original: Any, self: ElastiCacheResponse) -> Any:
    """Node type and version wait for the maintenance window unless ApplyImmediately, which takes along what waits."""
    backend = self.elasticache_backend
    group = _changeable(self)
    immediately = catalog.flag(self._get_param("ApplyImmediately", False))
    _give_token(self, group, immediately)
    _settings(self, group)
    waiting = _waiting(self, backend, group)
    for node in nodes_of(backend, group):
        node.pending_modified_values = dict(waiting)
        node.security_groups = group.security_groups
        node.snapshot_retention_limit = group.snapshot_retention_limit
        node.preferred_maintenance_window = group.preferred_maintenance_window
    if immediately:
        _apply_pending(backend, group)
    return ActionResult({"ReplicationGroup": group})


def _give_token(response: ElastiCacheResponse, group: Any, immediately: bool) -> None:
    token, strategy = response._get_param("AuthToken"), response._get_param("AuthTokenUpdateStrategy") or "ROTATE"
    if not token:
        return
    catalog.check_token(token)
    if not immediately or not group.transit_encryption_enabled:
        refuse("InvalidParameterCombination", "AuthToken needs ApplyImmediately and encryption in transit.")
    if strategy == "SET" and group.tokens and token not in group.tokens:
        refuse("InvalidParameterCombination", "SET takes a token that was given with ROTATE before.")
    group.tokens = [token] if strategy == "SET" else [*group.tokens[-1:], token]
    group.auth_token_enabled = True
    # Two changes within a second are two times, as on AWS, where each takes minutes.
    before = group.auth_token_last_modified_date or utcnow()
    group.auth_token_last_modified_date = max(utcnow(), before + timedelta(seconds=1))


def _settings(response: ElastiCacheResponse, group: Any) -> None:
    fails_over, multi_az = response._get_param("AutomaticFailoverEnabled"), response._get_param("MultiAZEnabled")
    wanted = (
        catalog.flag(fails_over) if fails_over is not None else group.automatic_failover == "enabled",
        catalog.flag(multi_az) if multi_az is not None else group.multi_az == "enabled",
    )
    _check_failover(*wanted, len(group.member_clusters))
    group.automatic_failover, group.multi_az = ("enabled" if on else "disabled" for on in wanted)
    retention = response._get_int_param("SnapshotRetentionLimit")
    _check_retention(retention)
    if retention is not None:
        group.snapshot_retention_limit = retention
    if response._get_param("AutoMinorVersionUpgrade") is not None:
        group.auto_minor_version_upgrade = catalog.flag(response._get_param("AutoMinorVersionUpgrade"))
    catalog.check_window(response._get_param("PreferredMaintenanceWindow"))
    if response._get_param("PreferredMaintenanceWindow"):
        group.preferred_maintenance_window = response._get_param("PreferredMaintenanceWindow")
    if response._get_param("SecurityGroupIds"):
        group.security_groups = catalog.security_groups(response, None)


def _waiting(response: ElastiCacheResponse, backend: ElastiCacheBackend, group: Any) -> dict[str, Any]:
    waiting = dict(nodes_of(backend, group)[0].pending_modified_values)
    node_type, version = response._get_param("CacheNodeType"), response._get_param("EngineVersion")
    if node_type:
        catalog.check_node_type(node_type)
        waiting["cache_node_type"] = node_type
    if version:
        full = catalog.full_version(group.engine, version)
        if catalog.numbers(full) < catalog.numbers(group.engine_version):
            refuse("InvalidParameterCombination", f"Cannot downgrade from {group.engine_version} to {full}.")
        waiting["engine_version"] = full
    return waiting


def _apply_pending(backend: ElastiCacheBackend, group: Any) -> None:
    group.status = "modifying"

    def applied() -> None:
        if group.status != "modifying":
            return
        group.status = "available"
        for node in nodes_of(backend, group):
            waiting, node.pending_modified_values = node.pending_modified_values, {}
            for attribute, value in waiting.items():
                setattr(node, attribute, value)
                setattr(group, attribute, value)

    TRANSITIONS.schedule(TRANSITIONS.caches.modifying, applied)


def maintain(backend: ElastiCacheBackend, name: str) -> list[str]:
    """Opens a group's maintenance window.

    :return: the names of the settings that waited.
    """
    group = _group(backend, name)
    waiting = sorted(nodes_of(backend, group)[0].pending_modified_values)
    if waiting:
        _apply_pending(backend, group)
    return waiting


def increase(self: ElastiCacheResponse) -> Any:
    """Adds replicas; moto lacks the call."""
    return _scale(self, lambda wanted, now: wanted > now, "larger")


def decrease(self: ElastiCacheResponse) -> Any:
    """Removes the newest replicas; moto lacks the call."""
    return _scale(self, lambda wanted, now: wanted < now, "smaller")


def _scale(response: ElastiCacheResponse, allowed: Any, word: str) -> Any:
    backend = response.elasticache_backend
    group = _changeable(response)
    wanted, now = response._get_int_param("NewReplicaCount"), len(group.member_clusters) - 1
    if not catalog.flag(response._get_param("ApplyImmediately", False)):
        refuse("InvalidParameterValue", "ApplyImmediately must be true.")
    if wanted == now:
        refuse("NoOperationFault", "The operation was not performed because no changes were required.")
    if not allowed(wanted, now) or not 0 <= wanted <= _MOST_REPLICAS:
        refuse("InvalidParameterValue", f"NewReplicaCount must be {word} than {now}, and between 0 and 5.")
    _check_failover(group.automatic_failover == "enabled", group.multi_az == "enabled", wanted + 1)
    group.status = "modifying"

    def scaled() -> None:
        if group.status == "modifying":
            group.status = "available"
            numbers = range(1, wanted + 2)
            group.member_clusters = [f"{group.replication_group_id}-{number:03}" for number in numbers]
            _set_nodes(backend, group)

    TRANSITIONS.schedule(TRANSITIONS.caches.modifying, scaled)
    return ActionResult({"ReplicationGroup": group})


ElastiCacheResponse.increase_replica_count = increase
ElastiCacheResponse.decrease_replica_count = decrease


@replaces(ElastiCacheResponse, "delete_replication_group")
def delete(original: Any, self: ElastiCacheResponse) -> Any:
    """The group stays listed as ``deleting``, then is gone with its nodes; in moto it stays for good."""
    backend = self.elasticache_backend
    group = _changeable(self)
    name = self._get_param("FinalSnapshotIdentifier")
    if name in backend.snapshots:
        raise SnapshotAlreadyExists(name)
    snapshot = backend.create_snapshot(name, group.replication_group_id, None, None, None) if name else None
    if snapshot is not None:
        snapshot.snapshot_status = "creating"
    group.status = "deleting"

    def gone() -> None:
        if snapshot is not None:
            snapshot.snapshot_status = "available"
        if backend.replication_groups.get(group.replication_group_id) is group:
            group.member_clusters = []
            _set_nodes(backend, group)
            del backend.replication_groups[group.replication_group_id]
            backend.tagging_service.delete_all_tags_for_resource(group.arn)

    TRANSITIONS.schedule(TRANSITIONS.caches.deleting, gone)
    return ActionResult({"ReplicationGroup": group})


@replaces(ElastiCacheResponse, "describe_replication_groups")
def describe(original: Any, self: ElastiCacheResponse) -> Any:
    """Pages by id."""
    backend, name = self.elasticache_backend, self._get_param("ReplicationGroupId")
    if name:
        return ActionResult({"ReplicationGroups": [_group(backend, name)]})
    groups: list[ReplicationGroup] = [
        group for group in backend.replication_groups.values() if not HIDING.hidden(group.replication_group_id)
    ]
    shown, following = paging.page(
        groups, lambda group: group.replication_group_id, self._get_param("Marker"), subnets.page_size(self)
    )
    return ActionResult({"ReplicationGroups": shown, "Marker": following})


@replaces(ElastiCacheBackend, "describe_snapshots")
def describe_snapshots(original: Any, self: ElastiCacheBackend, **filters: Any) -> Any:
    """Snapshots of a group outlive it, and can still be asked for by its id."""
    group = filters.get("replication_group_id")
    if group and not filters.get("snapshot_name"):
        return [snapshot for snapshot in self.snapshots.values() if snapshot.replication_group_id == group]
    return original(self, **filters)


@replaces(ElastiCacheBackend, "add_tags_to_resource")
def add_tags(original: Any, self: ElastiCacheBackend, arn: str, tags: list[dict[str, str]]) -> None:
    """Tags of a group are handed on to its nodes; while it is being changed it takes none."""
    group = _taggable(self, arn)
    original(self, arn, tags)
    for node in nodes_of(self, group) if group is not None else []:
        original(self, node.arn, tags)


@replaces(ElastiCacheBackend, "remove_tags_from_resource")
def remove_tags(original: Any, self: ElastiCacheBackend, arn: str, tags: list[str]) -> None:
    """As with adding."""
    group = _taggable(self, arn)
    original(self, arn, tags)
    for node in nodes_of(self, group) if group is not None else []:
        original(self, node.arn, tags)


def _taggable(backend: ElastiCacheBackend, arn: str) -> Any:
    kind, name = arn.split(":")[5:7]
    if kind != "replicationgroup":
        return None
    group = _group(backend, name)
    catalog.check_state(f"Replication group {name}", group.status, "InvalidReplicationGroupState")
    return group


@replaces(ElastiCacheBackend, "iter_tagged_resources")
def tagged(original: Any, self: ElastiCacheBackend) -> Iterator[TaggedResource]:
    """Types are the words of the ARNs, as ResourceTypeFilters of GetResources documents them; what never had a tag is
    not returned."""
    for resource in original(self):
        if resource.tags:
            kind = resource.arn.split(":")[5]
            yield TaggedResource(arn=resource.arn, tags=resource.tags, resource_type=f"elasticache:{kind}")
