"""WAF: one web ACL a resource, and only of resources that are there.

Source: AssociateWebACL, GetWebACLForResource and DeleteWebACL in the AWS WAF API reference (version 2019-07-29).
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import elbv2_backends
from moto.wafv2.models import WAFV2Backend

from emulator.corrections import refuse, replaces


@replaces(WAFV2Backend, "associate_web_acl")
def associate(original: Any, self: WAFV2Backend, web_acl_arn: str, resource_arn: str) -> None:
    """Takes the place of another web ACL."""
    _must_exist(self, resource_arn)
    if web_acl_arn in self.wacls:
        _forget(self, resource_arn)
    original(self, web_acl_arn, resource_arn)


@replaces(WAFV2Backend, "get_web_acl_for_resource")
def get_for_resource(original: Any, self: WAFV2Backend, resource_arn: str) -> Any:
    """Fails for a load balancer that is not there; what was associated with it is not any more."""
    _must_exist(self, resource_arn)
    return original(self, resource_arn)


@replaces(WAFV2Backend, "delete_web_acl")
def delete(original: Any, self: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str) -> None:
    """Refuses while a load balancer that is there uses it."""
    for acl in self.wacls.values():
        if acl.id == _id and any(_exists(self, arn) for arn in acl.associated_resources):
            refuse("WAFAssociatedItemException", "AWS WAF couldn't perform the operation because your resource is being used")
    original(self, name, scope, _id, lock_token)


def _must_exist(backend: WAFV2Backend, resource_arn: str) -> None:
    if not _exists(backend, resource_arn):
        _forget(backend, resource_arn)
        refuse(
            "WAFNonexistentItemException",
            "AWS WAF couldn't perform the operation because your resource doesn't exist.",
        )


def _exists(backend: WAFV2Backend, resource_arn: str) -> bool:
    if ":loadbalancer/" not in resource_arn:
        return True
    return resource_arn in elbv2_backends[backend.account_id][resource_arn.split(":")[3]].load_balancers


def _forget(backend: WAFV2Backend, resource_arn: str) -> None:
    for acl in backend.wacls.values():
        if resource_arn in acl.associated_resources:
            acl.associated_resources.remove(resource_arn)
