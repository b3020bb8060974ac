"""Cache subnet groups: subnets that are there, changes in place, and groups in use.

Sources: CreateCacheSubnetGroup, ModifyCacheSubnetGroup, DeleteCacheSubnetGroup and DescribeCacheSubnetGroups in the
ElastiCache API reference.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models import ec2_backends
from moto.elasticache.models import CacheSubnetGroup, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_MAX_RECORDS = 100


@replaces(ElastiCacheResponse, "create_cache_subnet_group")
def create(original: Any, self: ElastiCacheResponse) -> Any:
    """Refuses unknown subnets, for which moto makes subnets up."""
    _check(self)
    return original(self)


def _check(response: ElastiCacheResponse) -> None:
    ec2 = ec2_backends[response.current_account][response.region]
    known = {subnet.id: subnet for zone in ec2.subnets.values() for subnet in zone.values()}
    asked = response._get_param("SubnetIds", []) or []
    missing = [subnet_id for subnet_id in asked if subnet_id not in known]
    if missing or not asked:
        refuse("InvalidSubnet", f"Some input subnets are invalid: {missing}")
    if len({known[subnet_id].vpc_id for subnet_id in asked}) > 1:
        refuse("InvalidSubnet", "Subnets are not all in a common VPC.")


def modify(self: ElastiCacheResponse) -> Any:
    """Changes the group in place; moto lacks the call."""
    group = group_of(self.elasticache_backend, self._get_param("CacheSubnetGroupName"))
    _check(self)
    changed = CacheSubnetGroup(
        self.current_account,
        self.region,
        group.cache_subnet_group_name,
        self._get_param("CacheSubnetGroupDescription") or group.cache_subnet_group_description,
        self._get_param("SubnetIds", []),
        group.tags,
    )
    self.elasticache_backend.cache_subnet_groups[group.cache_subnet_group_name] = changed
    return ActionResult({"CacheSubnetGroup": changed})


def delete(self: ElastiCacheResponse) -> Any:
    """Deletes a group that no cache is in, one that is being deleted included; moto lacks the call."""
    backend = self.elasticache_backend
    group = group_of(backend, self._get_param("CacheSubnetGroupName"))
    name = group.cache_subnet_group_name
    for cluster in backend.cache_clusters.values():
        if cluster.cache_subnet_group_name == name:
            refuse("CacheSubnetGroupInUse", f"Cache subnet group {name} is currently in use by a cache cluster.")
    del backend.cache_subnet_groups[name]
    backend.tagging_service.delete_all_tags_for_resource(group.arn)
    return EmptyResult()


ElastiCacheResponse.modify_cache_subnet_group = modify
ElastiCacheResponse.delete_cache_subnet_group = delete


def group_of(backend: ElastiCacheBackend, name: str) -> CacheSubnetGroup:
    """The group of that name; fails as ElastiCache does when there is none."""
    return backend.describe_cache_subnet_groups(name)[0]


@replaces(ElastiCacheResponse, "describe_cache_subnet_groups")
def describe(original: Any, self: ElastiCacheResponse) -> Any:
    """Pages by name."""
    name = self._get_param("CacheSubnetGroupName")
    if name:
        return ActionResult({"CacheSubnetGroups": [group_of(self.elasticache_backend, name)]})
    groups = [
        group
        for group in self.elasticache_backend.cache_subnet_groups.values()
        if not HIDING.hidden(group.cache_subnet_group_name)
    ]
    size = page_size(self)
    shown, following = paging.page(groups, lambda g: g.cache_subnet_group_name, self._get_param("Marker"), size)
    return ActionResult({"CacheSubnetGroups": shown, "Marker": following})


def page_size(response: ElastiCacheResponse) -> int:
    """The page that was asked for, 20 to 100."""
    size = response._get_int_param("MaxRecords") or _MAX_RECORDS
    if not 20 <= size <= 100:
        refuse("InvalidParameterValue", f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    return size
