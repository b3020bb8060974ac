"""S3: what every new bucket has, tags at creation, policies with conditions, and pages of buckets.

Sources: CreateBucket, ListBuckets, PutBucketPolicy and DeleteBucketEncryption in the S3 API reference; "Default
encryption FAQ" and "Blocking public access" in the S3 user guide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import xmltodict
from moto.core.resource_tagging import TaggedResource
from moto.core.responses import ActionResult
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, PublicAccessBlock, S3Backend
from moto.s3.responses import S3Response

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_MAX_BUCKETS = 10000
_NAME = re.compile(r"(?!xn--|sthree-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias)")


def _default_encryption() -> dict[str, Any]:
    return {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}}


@replaces(S3Backend, "create_bucket")
def create(original: Any, self: S3Backend, bucket_name: str, *args: Any, **kwargs: Any) -> FakeBucket:
    """Since 2023 every new bucket is encrypted with AES256, blocks public access, and has ACLs disabled."""
    if not _NAME.fullmatch(bucket_name) or re.fullmatch(r"[\d.]+", bucket_name):
        refuse("InvalidBucketName", "The specified bucket is not valid.")
    bucket = original(self, bucket_name, *args, **kwargs)
    bucket.encryption = _default_encryption()
    bucket.public_access_block = PublicAccessBlock("true", "true", "true", "true")
    bucket.ownership_rule = "BucketOwnerEnforced"
    return bucket


@replaces(S3Backend, "delete_bucket_encryption")
def delete_encryption(original: Any, self: S3Backend, bucket_name: str) -> None:
    """Resets the default encryption to AES256; a bucket without is not to be had."""
    self.get_bucket(bucket_name).encryption = _default_encryption()


@replaces(S3Response, "_bucket_response_put")
def put_bucket(original: Any, self: S3Response, request: Any, bucket_name: str, querystring: Any) -> Any:
    """Keeps the tags that CreateBucketConfiguration carries."""
    body = self.body or b""
    creating = b"<Tag>" in (body if isinstance(body, bytes) else body.encode()) and "CreateBucketConfiguration" in str(
        body
    )
    known = bucket_name in self.backend.buckets
    answer = original(self, request, bucket_name, querystring)
    if creating and not known:
        given = xmltodict.parse(body, force_list={"Tag": True})["CreateBucketConfiguration"]["Tags"]["Tag"]
        self.backend.put_bucket_tagging(bucket_name, {tag["Key"]: tag.get("Value") or "" for tag in given})
    return answer


@replaces(S3Backend, "put_bucket_policy")
def put_policy(original: Any, self: S3Backend, bucket_name: str, policy: bytes) -> None:
    """Refuses what is no policy, is about another bucket, or is public where public policies are blocked."""
    bucket = self.get_bucket(bucket_name)
    try:
        statements = json.loads(policy)["Statement"]
    except (ValueError, KeyError, TypeError):
        refuse("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'")
    for statement in [statements] if isinstance(statements, dict) else statements:
        _check_statement(bucket, statement)
    original(self, bucket_name, policy)


def _check_statement(bucket: FakeBucket, statement: dict[str, Any]) -> None:
    for required in ("Effect", "Action", "Resource", "Principal"):
        if required not in statement and f"Not{required}" not in statement:
            refuse("MalformedPolicy", f"Missing required field {required}")
    resources = statement.get("Resource", [])
    for resource in [resources] if isinstance(resources, str) else resources:
        if resource != bucket.arn and not resource.startswith(f"{bucket.arn}/"):
            refuse("MalformedPolicy", "Policy has invalid resource")
    block = bucket.public_access_block
    everyone = statement.get("Principal") in ("*", {"AWS": "*"}) and not statement.get("Condition")
    if statement["Effect"] == "Allow" and everyone and block is not None and block.block_public_policy:
        refuse("AccessDenied", "Access Denied: public policies are blocked by the BlockPublicPolicy setting", 403)


@replaces(FakeBucket, "get_permission")
def permission(original: Any, self: FakeBucket, action: str, resource: str) -> Any:
    """Leaves statements about plain HTTP aside: moto ignores conditions, and all of the emulator's traffic is plain."""
    if self.policy is None or b"aws:SecureTransport" not in self.policy:
        return original(self, action, resource)
    policy = json.loads(self.policy)
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    policy["Statement"] = [
        given for given in statements if "aws:SecureTransport" not in json.dumps(given.get("Condition"))
    ]
    if not policy["Statement"]:
        return PermissionResult.NEUTRAL
    whole, self.policy = self.policy, json.dumps(policy).encode()
    try:
        return original(self, action, resource)
    finally:
        self.policy = whole


@replaces(S3Response, "all_buckets")
def list_buckets(original: Any, self: S3Response) -> Any:
    """Pages when MaxBuckets is given, and names the region of each bucket."""
    query = {key: unquote(values[0]) for key, values in self.querystring.items() if values}
    prefix, region = query.get("prefix", ""), query.get("bucket-region")
    found = [
        bucket
        for bucket in self.backend.list_buckets(prefix=prefix, bucket_region=region, max_buckets=None)
        if not HIDING.hidden(bucket.name)
    ]
    size = int(query.get("max-buckets") or _MAX_BUCKETS)
    if not 1 <= size <= _MAX_BUCKETS:
        refuse("InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000")
    marker = paging.marker_of(query.get("continuation-token"), "InvalidArgument")
    shown, following = paging.page(found, lambda bucket: bucket.name, marker, size)
    self.data["Action"] = "ListBuckets"
    result = {
        "Owner": {"ID": "bcaf1ffd86f41161ca5fb16fd081034f"},
        "Buckets": [_row(bucket) for bucket in shown],
        "ContinuationToken": paging.token(following),
        "Prefix": prefix or None,
    }
    return self.serialized(ActionResult(result))


def _row(bucket: FakeBucket) -> dict[str, Any]:
    return {"Name": bucket.name, "CreationDate": bucket.creation_date_ISO8601, "BucketRegion": bucket.region_name}


@replaces(S3Backend, "iter_tagged_resources")
def tagged(original: Any, self: S3Backend) -> Iterator[TaggedResource]:
    """Says the region, so that the tagging API can leave buckets of other regions out."""
    regions = {bucket.arn: bucket.region_name for bucket in self.buckets.values()}
    for resource in original(self):
        resource.extra["region"] = regions[resource.arn]
        yield resource


@replaces(S3Backend, "put_bucket_replication")
def put_replication(original: Any, self: S3Backend, bucket_name: str, replication: dict[str, Any]) -> None:
    """Refuses what S3 refuses of a destination: one that does not exist, or is not versioned."""
    rules = replication["Rule"] if isinstance(replication["Rule"], list) else [replication["Rule"]]
    for rule in rules:
        name = rule["Destination"]["Bucket"].rpartition(":")[2]
        destination = self.buckets.get(name)
        if destination is None:
            refuse("InvalidRequest", "Destination bucket must exist.")
        if not destination.is_versioned:
            refuse("InvalidRequest", "Destination bucket must have versioning enabled.")
        if "Filter" in rule and "DeleteMarkerReplication" not in rule:
            refuse("InvalidRequest", "DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema.")
    original(self, bucket_name, replication)


@replaces(S3Backend, "put_bucket_versioning")
def put_versioning(original: Any, self: S3Backend, bucket_name: str, status: str) -> None:
    """Versioning stays on for as long as objects are replicated."""
    bucket = self.get_bucket(bucket_name)
    if status == "Suspended" and getattr(bucket, "replication", None):
        refuse(
            "InvalidBucketState",
            "A replication configuration is present on this bucket, so you cannot change the versioning state."
            " To change the versioning state, first delete the replication configuration.",
            409,
        )
    original(self, bucket_name, status)


@replaces(S3Response, "get_bucket_replication")
def get_replication(original: Any, self: S3Response) -> Any:
    """Gives the rules back as they were put; moto leaves filters, deletions and metrics out."""
    configuration = self.backend.get_bucket_replication(self.bucket_name)
    if not configuration:
        return original(self)
    self.data["Action"] = "GetBucketReplication"
    rules = [_replication_rule(rule) for rule in configuration["Rule"]]
    return self.serialized(
        ActionResult({"ReplicationConfiguration": {"Role": configuration["Role"], "Rules": rules}})
    )


def _replication_rule(rule: dict[str, Any]) -> dict[str, Any]:
    shown = {key: rule[key] for key in ("ID", "Status", "Destination", "DeleteMarkerReplication") if key in rule}
    shown["Priority"] = int(rule["Priority"])
    if "Filter" in rule:
        shown["Filter"] = {"Prefix": (rule["Filter"] or {}).get("Prefix") or ""}
    return shown
