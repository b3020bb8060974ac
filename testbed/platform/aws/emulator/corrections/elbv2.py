"""Elastic Load Balancing: names, zones, states, listeners, tags, deletion. What becomes of targets is in elbv2_targets.

Source: CreateLoadBalancer, DeleteLoadBalancer, CreateTargetGroup, CreateListener, DescribeTags and the data type
LoadBalancerState in the Elastic Load Balancing API reference (version 2015-12-01); "Tags for your Application Load
Balancer" in its user guide: at most 50 a resource; "Enable access logs for your Application Load Balancer" there.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import LoadBalancerNotFoundError, TooManyTagsError
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer, FakeTargetGroup
from moto.elbv2.responses import ELBV2Response
from moto.s3.models import s3_backends

from emulator.corrections import elbv2_targets, paging, refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_PAGE = 400
_MAX_TAGGED = 20
_MAX_TAGS = 50
_LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"
_NAME = re.compile(r"(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?")


@replaces(ELBv2Backend, "create_load_balancer")
def create(original: Any, self: ELBv2Backend, name: str, security_groups: Any, subnet_ids: Any, **given: Any) -> Any:
    """A second call of the same settings returns the first's load balancer; another one of the name is refused.

    ``provisioning`` first.
    """
    if not _NAME.fullmatch(name or ""):
        refuse(
            "ValidationError", f"The load balancer name '{name}' is not valid: at most 32 letters, digits and hyphens"
        )
    given["scheme"] = given.get("scheme") or "internet-facing"
    for existing in self.load_balancers.values():
        if existing.name == name:
            return _same(existing, given["scheme"], security_groups, subnet_ids)
    subnets = [self.ec2_backend.get_subnet(subnet_id) for subnet_id in subnet_ids]
    zones = {subnet.availability_zone for subnet in subnets}
    if (
        (given.get("loadbalancer_type") or "application") == "application"
        and not given.get("subnet_mappings")
        and len(zones) < 2
    ):
        refuse(
            "InvalidConfigurationRequest", "At least two subnets in two different Availability Zones must be specified"
        )
    balancer = original(self, name, security_groups, subnet_ids, **given)
    balancer.dns_name = _dns_name(balancer, self.region_name)
    TRANSITIONS.schedule(TRANSITIONS.balancing.provisioning, balancer.activate)
    return balancer


def _same(existing: FakeLoadBalancer, scheme: str, security_groups: Any, subnet_ids: Any) -> FakeLoadBalancer:
    same = (
        existing.scheme == scheme
        and sorted(existing.security_groups or []) == sorted(security_groups or [])
        and sorted(subnet.id for subnet in existing.subnets) == sorted(subnet_ids or [])
    )
    if not same:
        refuse(
            "DuplicateLoadBalancerName",
            f"A load balancer with the same name '{existing.name}' exists, but with different settings",
        )
    return existing


def _dns_name(balancer: FakeLoadBalancer, region: str) -> str:
    number = zlib.crc32(balancer.arn.encode())
    prefix = "internal-" if balancer.scheme == "internal" else ""
    return f"{prefix}{balancer.name}-{number}.{region}.elb.amazonaws.com".lower()


@replaces(ELBV2Response, "describe_load_balancers")
def describe(original: Any, self: ELBV2Response) -> Any:
    """Fails for any name or ARN that is not there, and pages by ARN, 400 at a time."""
    arns, names = self._get_param("LoadBalancerArns", []), self._get_param("Names", [])
    balancers = self.elbv2_backend.load_balancers
    by_name = {balancer.name: balancer for balancer in balancers.values()}
    if any(arn not in balancers for arn in arns) or any(name not in by_name for name in names):
        raise LoadBalancerNotFoundError()
    if arns or names:
        found = [balancers[arn] for arn in arns] + [by_name[name] for name in names]
    else:
        found = [balancer for balancer in balancers.values() if not HIDING.hidden(balancer.arn, balancer.name)]
    size, marker = (
        self._get_int_param("PageSize", _PAGE),
        paging.marker_of(self._get_param("Marker"), "ValidationError"),
    )
    shown, following = paging.page(found, lambda balancer: balancer.arn, marker, size)
    return ActionResult({"LoadBalancers": shown, "NextMarker": paging.token(following)})


@replaces(ELBv2Backend, "create_target_group")
def create_target_group(original: Any, self: ELBv2Backend, name: str, **given: Any) -> FakeTargetGroup:
    """A second call of the same settings returns the first's group."""
    for existing in self.target_groups.values():
        if existing.name == name and all(
            str(given.get(setting)) == str(getattr(existing, setting))
            for setting in ("vpc_id", "port", "protocol", "target_type")
        ):
            return existing
    return original(self, name, **given)


@replaces(ELBV2Response, "describe_target_groups")
def describe_target_groups(original: Any, self: ELBV2Response) -> Any:
    """Pages by ARN, 400 at a time."""
    balancer, arns, names = (
        self._get_param("LoadBalancerArn"),
        self._get_param("TargetGroupArns", []),
        self._get_param("Names", []),
    )
    groups = [
        group
        for group in self.elbv2_backend.describe_target_groups(balancer, arns, names)
        if balancer or arns or names or not HIDING.hidden(group.arn, group.name)
    ]
    size, marker = (
        self._get_int_param("PageSize", _PAGE),
        paging.marker_of(self._get_param("Marker"), "ValidationError"),
    )
    shown, following = paging.page(groups, lambda group: group.arn, marker, size)
    return ActionResult({"TargetGroups": shown, "NextMarker": paging.token(following)})


@replaces(ELBV2Response, "describe_tags")
def describe_tags(original: Any, self: ELBV2Response) -> Any:
    """At most 20 resources a call, each of which must exist."""
    arns = self._get_param("ResourceArns", [])
    if len(arns) > _MAX_TAGGED:
        refuse("ValidationError", f"The number of resources must not exceed {_MAX_TAGGED}")
    for arn in arns:
        self.elbv2_backend._get_resource_by_arn(arn)
    return original(self)


@replaces(ELBv2Backend, "add_tags")
def add_tags(original: Any, self: ELBv2Backend, resource_arns: list[str], tags: list[dict[str, str]]) -> None:
    """Up to 50 a resource."""
    for arn in resource_arns:
        self._get_resource_by_arn(arn)
        present = self.tagging_service.get_tag_dict_for_resource(arn)
        if len(set(present) | {tag["Key"] for tag in tags}) > _MAX_TAGS:
            raise TooManyTagsError()
    for arn in resource_arns:
        self.tagging_service.tag_resource(arn, tags)


@replaces(ELBv2Backend, "create_listener")
def create_listener(
    original: Any, self: ELBv2Backend, load_balancer_arn: str, protocol: str, port: Any, *rest: Any, **given: Any
) -> Any:
    """One listener a port, and HTTPS only with a certificate."""
    balancer = self.load_balancers.get(load_balancer_arn)
    if balancer is not None and any(str(listener.port) == str(port) for listener in balancer.listeners.values()):
        refuse("DuplicateListener", "A listener already exists on this port for this load balancer")
    if protocol in ("HTTPS", "TLS") and not given.get("certificate"):
        refuse("ValidationError", "A certificate must be specified for HTTPS listeners")
    if given.get("certificate") and not self._certificate_exists(given["certificate"]):
        refuse("CertificateNotFound", f"Certificate ARN '{given['certificate']}' is not valid")
    before = elbv2_targets.used(self)
    listener = original(self, load_balancer_arn, protocol, port, *rest, **given)
    elbv2_targets.begin(self, before)
    return listener


@replaces(ELBv2Backend, "modify_listener")
def modify_listener(original: Any, self: ELBv2Backend, arn: str, *args: Any, **given: Any) -> Any:
    """What it forwards to is in use, and what it forwarded to is not any more."""
    before = elbv2_targets.used(self)
    listener = original(self, arn, *args, **given)
    for action in listener.default_actions:
        if action.type == "forward":
            for group_arn in self._get_target_group_arns_from(action_data=action.data):
                group = self.target_groups[group_arn]
                if listener.load_balancer_arn not in group.load_balancer_arns:
                    group.load_balancer_arns.append(listener.load_balancer_arn)
    _release_groups(self)
    elbv2_targets.begin(self, before)
    return listener


@replaces(ELBv2Backend, "delete_listener")
def delete_listener(original: Any, self: ELBv2Backend, listener_arn: str) -> Any:
    """A target group without a listener is on no load balancer."""
    listener = original(self, listener_arn)
    _release_groups(self)
    return listener


@replaces(ELBv2Backend, "modify_load_balancer_attributes")
def modify_attributes(original: Any, self: ELBv2Backend, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
    """Access logs need a bucket that Elastic Load Balancing may write to; it tries with a file of its own."""
    balancer = self.load_balancers.get(arn)
    wanted = {**(balancer.attrs if balancer else {}), **attrs}
    if balancer is not None and str(wanted.get("access_logs.s3.enabled")).lower() == "true":
        _try_logs(self, wanted.get("access_logs.s3.bucket") or "", wanted.get("access_logs.s3.prefix") or "")
    return original(self, arn, attrs)


def _try_logs(backend: ELBv2Backend, bucket_name: str, prefix: str) -> None:
    s3 = s3_backends[backend.account_id][backend.partition]
    bucket = s3.buckets.get(bucket_name)
    folder = f"{prefix}/AWSLogs" if prefix else "AWSLogs"
    folder = f"{folder}/{backend.account_id}"
    if bucket is None or not _lets_write(bucket, folder):
        refuse(
            "InvalidConfigurationRequest",
            f"Access Denied for bucket: {bucket_name}. Please check S3bucket permission",
        )
    s3.put_object(bucket_name, f"{folder}/ELBAccessLogTestFile", b"")


def _lets_write(bucket: Any, folder: str) -> bool:
    statements = json.loads(bucket.policy or b"{}").get("Statement", [])
    return any(
        given["Effect"] == "Allow"
        and given["Principal"] == {"Service": _LOG_DELIVERY}
        and f"{bucket.arn}/{folder}/*" in given["Resource"]
        for given in statements
    )


@replaces(ELBv2Backend, "delete_load_balancer")
def delete(original: Any, self: ELBv2Backend, arn: str) -> None:
    """Refuses to delete a protected one; listeners and rules go with it. One that is gone is deleted already."""
    balancer = self.load_balancers.get(arn)
    if balancer is not None and str(balancer.attrs.get("deletion_protection.enabled")).lower() == "true":
        refuse(
            "OperationNotPermitted", f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        )
    original(self, arn)
    _release_groups(self)


def _release_groups(backend: ELBv2Backend) -> None:
    for group in backend.target_groups.values():
        if group.load_balancer_arns and not backend._any_listener_using(group.arn):
            group.load_balancer_arns = []
