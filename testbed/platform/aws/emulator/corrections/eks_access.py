"""EKS: access entries, which moto lacks.

Source: CreateAccessEntry, DescribeAccessEntry, ListAccessEntries and DeleteAccessEntry in the EKS API reference;
"Grant IAM users access to Kubernetes with EKS access entries" in the user guide: a cluster made by the API accepts
them only when its authentication mode is API or API_AND_CONFIG_MAP, the default is CONFIG_MAP, an entry's principal is
an IAM role that exists, and an entry outlives its role.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.eks import urls
from moto.eks.models import EKSBackend
from moto.eks.responses import EKSResponse
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random

from emulator.corrections import paging, refuse, replaces

_MODES = ("API", "API_AND_CONFIG_MAP")
_USER_NAMES = {"EC2_LINUX": "system:node:{{EC2PrivateDNSName}}", "STANDARD": ""}
_MOST = 100

urls.url_paths["{0}/clusters/(?P<name>[^/]+)/access-entries$"] = urls.response.dispatch
urls.url_paths["{0}/clusters/(?P<name>[^/]+)/access-entries/(?P<principalArn>.+)$"] = urls.response.dispatch


@replaces(EKSResponse, "create_cluster")
def create_cluster(original: Any, self: EKSResponse) -> Any:
    """Keeps how the cluster authenticates."""
    answer = original(self)
    cluster = self.eks_backend.describe_cluster(self._get_param("name"))
    config = self._get_param("accessConfig") or {}
    cluster.access_config = {"authenticationMode": config.get("authenticationMode") or "CONFIG_MAP"}
    cluster.access_entries = {}
    return answer


def _cluster(self: EKSResponse) -> Any:
    return self.eks_backend.describe_cluster(self._get_param("name"))


def _entry(self: EKSResponse) -> dict[str, Any]:
    principal = self._get_param("principalArn")
    entry = _cluster(self).access_entries.get(principal)
    if entry is None:
        refuse(
            "ResourceNotFoundException",
            f"The specified principalArn could not be found. You cannot find an access entry for {principal}",
            404,
        )
    return entry


def create_access_entry(self: EKSResponse) -> ActionResult:
    cluster = _cluster(self)
    principal = self._get_param("principalArn")
    if cluster.access_config["authenticationMode"] not in _MODES:
        refuse(
            "InvalidRequestException",
            "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
        )
    if principal in cluster.access_entries:
        refuse(
            "ResourceInUseException",
            "The specified access entry resource is already in use on this cluster.",
            409,
        )
    account = self.eks_backend.account_id
    if principal not in {role.arn for role in iam_backends[account][self.eks_backend.partition].roles.values()}:
        refuse("InvalidParameterException", "The specified principalArn is invalid: invalid principal.")
    kind = self._get_param("type") or "STANDARD"
    role = principal.rpartition("/")[2]
    entry = {
        "clusterName": cluster.name,
        "principalArn": principal,
        "kubernetesGroups": ["system:nodes"] if kind == "EC2_LINUX" else self._get_param("kubernetesGroups") or [],
        "accessEntryArn": cluster.arn.replace(":cluster/", ":access-entry/")
        + f"/role/{account}/{role}/{mock_random.uuid4()}",
        "tags": self._get_param("tags") or {},
        "username": _USER_NAMES.get(kind, ""),
        "type": kind,
    }
    cluster.access_entries[principal] = entry
    return ActionResult({"accessEntry": entry})


def describe_access_entry(self: EKSResponse) -> ActionResult:
    return ActionResult({"accessEntry": _entry(self)})


def list_access_entries(self: EKSResponse) -> ActionResult:
    most = int(self._get_param("maxResults") or _MOST)
    marker = paging.marker_of(self._get_param("nextToken"), "InvalidParameterException")
    shown, following = paging.page(_cluster(self).access_entries, str, marker, most)
    return ActionResult({"accessEntries": shown, "nextToken": paging.token(following)})


def delete_access_entry(self: EKSResponse) -> EmptyResult:
    del _cluster(self).access_entries[_entry(self)["principalArn"]]
    return EmptyResult()


for function in (create_access_entry, describe_access_entry, list_access_entries, delete_access_entry):
    setattr(EKSResponse, function.__name__, function)


def _tags(backend: EKSBackend, arn: str) -> dict[str, str] | None:
    entries = (entry for cluster in backend.clusters.values() for entry in cluster.access_entries.values())
    return next((entry["tags"] for entry in entries if entry["accessEntryArn"] == arn), None)


@replaces(EKSBackend, "tag_resource")
def tag_resource(original: Any, self: EKSBackend, resource_arn: str, tags: dict[str, str]) -> None:
    """Tags access entries too."""
    known = _tags(self, resource_arn)
    if known is None:
        original(self, resource_arn, tags)
    else:
        known.update(tags)


@replaces(EKSBackend, "untag_resource")
def untag_resource(original: Any, self: EKSBackend, resource_arn: str, tag_keys: list[str] | str) -> None:
    """Untags access entries too."""
    known = _tags(self, resource_arn)
    if known is None:
        original(self, resource_arn, tag_keys)
        return
    for key in [tag_keys] if isinstance(tag_keys, str) else tag_keys:
        known.pop(key, None)
