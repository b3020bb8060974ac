"""Clusters of Memcached, and the listing of all cache clusters, nodes of replication groups included.

Sources: CreateCacheCluster, ModifyCacheCluster, DeleteCacheCluster, DescribeCacheClusters and the data type
CacheCluster in the ElastiCache API reference; "In-transit encryption (TLS) for Memcached" in its user guide.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.exceptions import CacheClusterNotFound
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from emulator.corrections import elasticache_catalog as catalog
from emulator.corrections import elasticache_subnets as subnets
from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_PORT = 11211
_FIRST_WITH_TLS = [1, 6, 12]


@replaces(ElastiCacheResponse, "create_cache_cluster")
def create(original: Any, self: ElastiCacheResponse) -> Any:
    """A cluster of Memcached is ``creating`` first, without an endpoint, and listens on 11211."""
    name = self._get_param("CacheClusterId").lower()
    if self._get_param("Engine") != "memcached" or name in self.elasticache_backend.cache_clusters:
        return original(self)
    version = _check(self, name)
    vpc = subnets.group_of(self.elasticache_backend, self._get_param("CacheSubnetGroupName")).vpc_id
    groups = catalog.security_groups(self, vpc)
    answer = original(self)
    cluster = self.elasticache_backend.cache_clusters[name]
    cluster.engine_version = version
    cluster.security_groups = groups
    cluster.port = int(self._get_param("Port") or _PORT)
    cluster.auto_minor_version_upgrade = catalog.flag(self._get_param("AutoMinorVersionUpgrade", True))
    cluster.transit_encryption_enabled = catalog.flag(self._get_param("TransitEncryptionEnabled", False))
    cluster.at_rest_encryption_enabled = False
    cluster.cache_subnet_group_name = cluster.cache_subnet_group_name
    cluster.node_ids = [f"{number:04}" for number in range(1, cluster.num_cache_nodes + 1)]
    cluster.zones = "Multiple" if self._get_param("AZMode") == "cross-az" else f"{self.region}a"
    cluster.preferred_availability_zone = cluster.zones
    cluster.pending_modified_values = {}
    cluster.configuration_endpoint = None
    cluster.cache_nodes = None
    cluster.cache_cluster_status = "creating"

    def available() -> None:
        if cluster.cache_cluster_status == "creating":
            cluster.cache_cluster_status = "available"
            host = f"{name}.abc123.cfg.use1.cache.amazonaws.com"
            cluster.configuration_endpoint = {"address": host, "port": cluster.port}

    TRANSITIONS.schedule(TRANSITIONS.caches.creating, available)
    return answer


def _check(response: ElastiCacheResponse, name: str) -> str:
    catalog.check_id("CacheClusterId", name, 50)
    catalog.check_node_type(response._get_param("CacheNodeType"))
    version = catalog.full_version("memcached", response._get_param("EngineVersion"))
    catalog.check_window(response._get_param("PreferredMaintenanceWindow"))
    nodes = response._get_int_param("NumCacheNodes") or 1
    _check_nodes(nodes)
    if response._get_param("AZMode") == "cross-az" and nodes < 2:
        refuse("InvalidParameterCombination", "Cross-AZ mode needs more than one cache node.")
    if response._get_param("AuthToken"):
        refuse("InvalidParameterCombination", "AuthToken is not supported for engine memcached.")
    if catalog.flag(response._get_param("TransitEncryptionEnabled", False)):
        if catalog.numbers(version) < _FIRST_WITH_TLS:
            refuse(
                "InvalidParameterCombination",
                f"Encryption in-transit is not supported for engine memcached with version {version}.",
            )
        if not response._get_param("CacheSubnetGroupName"):
            refuse("InvalidParameterCombination", "Encryption features are only supported in a VPC.")
    return version


def _check_nodes(nodes: int) -> None:
    if not 1 <= nodes <= 40:
        refuse("NodeQuotaForClusterExceeded", f"{nodes} is not within the 1 to 40 nodes of a cluster.")


def modify(self: ElastiCacheResponse) -> Any:
    """Changes a cluster of Memcached; moto lacks the call. Without ApplyImmediately a new version waits."""
    cluster = cluster_of(self.elasticache_backend, self._get_param("CacheClusterId"))
    name = cluster.cache_cluster_id
    catalog.check_state(f"Cache cluster {name}", cluster.cache_cluster_status, "InvalidCacheClusterState")
    if self._get_param("CacheNodeType") not in (None, cluster.cache_node_type):
        refuse("InvalidParameterCombination", "The node type of engine memcached cannot be changed.")
    _groups_and_upgrades(self, cluster)
    pending: dict[str, Any] = dict(cluster.pending_modified_values)
    if self._get_param("EngineVersion"):
        version = catalog.full_version("memcached", self._get_param("EngineVersion"))
        if catalog.numbers(version) < catalog.numbers(cluster.engine_version):
            refuse("InvalidParameterCombination", f"Cannot downgrade from {cluster.engine_version} to {version}.")
        pending["engine_version"] = version
    nodes = self._get_int_param("NumCacheNodes")
    if nodes is not None and nodes != cluster.num_cache_nodes:
        _check_nodes(nodes)
        _check_removals(self, cluster, nodes)
        pending["num_cache_nodes"] = nodes
    cluster.pending_modified_values = pending
    if catalog.flag(self._get_param("ApplyImmediately", False)):
        apply_pending(cluster, self._get_param("CacheNodeIdsToRemove", []) or [])
    return ActionResult({"CacheCluster": cluster})


def _groups_and_upgrades(response: ElastiCacheResponse, cluster: Any) -> None:
    catalog.check_window(response._get_param("PreferredMaintenanceWindow"))
    if response._get_param("PreferredMaintenanceWindow"):
        cluster.preferred_maintenance_window = response._get_param("PreferredMaintenanceWindow")
    if response._get_param("SecurityGroupIds"):
        cluster.security_groups = catalog.security_groups(response, None)
    if response._get_param("AutoMinorVersionUpgrade") is not None:
        cluster.auto_minor_version_upgrade = catalog.flag(response._get_param("AutoMinorVersionUpgrade"))


def _check_removals(response: ElastiCacheResponse, cluster: Any, nodes: int) -> None:
    removed = response._get_param("CacheNodeIdsToRemove", []) or []
    surplus = max(0, cluster.num_cache_nodes - nodes)
    if len(removed) != surplus or not set(removed) <= set(cluster.node_ids):
        refuse(
            "InvalidParameterCombination",
            f"The number of cache node ids to remove must be {surplus}, and each must be a node of the cluster.",
        )


def apply_pending(cluster: Any, removed: list[str]) -> None:
    """Carries out what waits, through ``modifying``."""
    waiting = cluster.pending_modified_values
    cluster.cache_cluster_status = "modifying"

    def applied() -> None:
        if cluster.cache_cluster_status != "modifying":
            return
        cluster.cache_cluster_status = "available"
        cluster.pending_modified_values = {}
        cluster.engine_version = waiting.get("engine_version", cluster.engine_version)
        nodes = waiting.get("num_cache_nodes", cluster.num_cache_nodes)
        cluster.node_ids = [node for node in cluster.node_ids if node not in removed]
        while len(cluster.node_ids) < nodes:
            cluster.node_ids.append(f"{int(cluster.node_ids[-1]) + 1:04}")
        cluster.num_cache_nodes = nodes

    TRANSITIONS.schedule(TRANSITIONS.caches.modifying, applied)


ElastiCacheResponse.modify_cache_cluster = modify


@replaces(ElastiCacheBackend, "delete_cache_cluster")
def delete(original: Any, self: ElastiCacheBackend, cache_cluster_id: str) -> Any:
    """The cluster stays listed as ``deleting``, then is gone; in moto it stays for good."""
    cluster = cluster_of(self, cache_cluster_id)
    if getattr(cluster, "replication_group_id", None):
        refuse("InvalidCacheClusterState", f"Cache cluster {cache_cluster_id} is part of a replication group.")
    if cluster.cache_cluster_status not in ("available", "incompatible-network", "restore-failed"):
        refuse("InvalidCacheClusterState", f"Cache cluster {cache_cluster_id} is {cluster.cache_cluster_status}.")
    cluster.cache_cluster_status = "deleting"

    def gone() -> None:
        if self.cache_clusters.get(cluster.cache_cluster_id) is cluster:
            del self.cache_clusters[cluster.cache_cluster_id]
            self.tagging_service.delete_all_tags_for_resource(cluster.arn)

    TRANSITIONS.schedule(TRANSITIONS.caches.deleting, gone)
    return cluster


def cluster_of(backend: ElastiCacheBackend, name: str) -> Any:
    """The cluster of that id; fails as ElastiCache does when there is none."""
    cluster = backend.cache_clusters.get((name or "").lower())
    if cluster is None:
        raise CacheClusterNotFound(name)
    return cluster


@replaces(ElastiCacheResponse, "describe_cache_clusters")
def describe(original: Any, self: ElastiCacheResponse) -> Any:
    """Pages by id; shows nodes only where they are asked for."""
    name = self._get_param("CacheClusterId")
    backend = self.elasticache_backend
    found = [cluster_of(backend, name)] if name else list(backend.cache_clusters.values())
    if not name:
        found = [cluster for cluster in found if not HIDING.hidden(cluster.cache_cluster_id)]
    if catalog.flag(self._get_param("ShowCacheClustersNotInReplicationGroups", False)):
        found = [cluster for cluster in found if not getattr(cluster, "replication_group_id", None)]
    shown, following = paging.page(
        found, lambda cluster: cluster.cache_cluster_id, self._get_param("Marker"), subnets.page_size(self)
    )
    with_nodes = catalog.flag(self._get_param("ShowCacheNodeInfo", False))
    for cluster in shown:
        cluster.cache_nodes = _nodes(cluster) if with_nodes else None
    return ActionResult({"CacheClusters": shown, "Marker": following})


def _nodes(cluster: Any) -> list[dict[str, Any]]:
    return [
        {
            "cache_node_id": node,
            "cache_node_status": "available",
            "endpoint": {
                "address": f"{cluster.cache_cluster_id}.abc123.{node}.use1.cache.amazonaws.com",
                "port": cluster.port,
            },
        }
        for node in getattr(cluster, "node_ids", ["0001"])
    ]
