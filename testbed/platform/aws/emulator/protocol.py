"""Which AWS service, operation and resource a request is about, and errors in that service's wire format.

Sources: the protocol pages of the Smithy documentation (awsQuery, ec2Query, awsJson1_1, restXml, restJson1) and the S3 API
reference for its sub-resources.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from emulator.server import Request, Response

_READS = ("Describe", "List", "Get", "Head", "Lookup", "Search", "Simulate", "Decode", "AssumeRole", "Select", "Batch")

# The parameter that names what a query call is about, most telling first.
_NAMES = (
    "ReplicationGroupId", "CacheClusterId", "CacheSubnetGroupName",
    "DBInstanceIdentifier", "DBSnapshotIdentifier", "DBSubnetGroupName", "DBParameterGroupName", "ResourceName",
    "AlarmName", "AlarmNames.member.1", "DashboardName", "DashboardNames.member.1", "RoleName", "PolicyName", "PolicyArn", "InstanceProfileName",
    "OpenIDConnectProviderArn", "Name", "LoadBalancerArn", "TargetGroupArn", "ListenerArn", "RuleArn",
    "ResourceArns.member.1", "LoadBalancerArns.member.1", "TargetGroupArns.member.1", "Names.member.1",
    "ResourceARN", "AutoScalingGroupName", "LaunchTemplateName", "LaunchTemplateId", "GroupName", "GroupId", "GroupId.1", "SubnetId", "VpcId", "ResourceId.1", "TopicArn", "QueueName",
)  # fmt: skip
_JSON_NAMES = ("CertificateArn", "SecretId", "Name", "TableName", "ResourceArn", "KeyId", "HostedZoneId")

_S3_SUBRESOURCES = {
    "versioning": "BucketVersioning", "encryption": "BucketEncryption", "policy": "BucketPolicy",
    "lifecycle": "BucketLifecycleConfiguration", "publicAccessBlock": "PublicAccessBlock", "acl": "BucketAcl",
    "ownershipControls": "BucketOwnershipControls", "replication": "BucketReplication", "location": "BucketLocation",
    "logging": "BucketLogging", "cors": "BucketCors", "notification": "BucketNotificationConfiguration",
    "object-lock": "ObjectLockConfiguration", "policyStatus": "BucketPolicyStatus", "website": "BucketWebsite",
    "accelerate": "BucketAccelerateConfiguration", "requestPayment": "BucketRequestPayment",
}  # fmt: skip
_S3_VERBS = {"GET": "Get", "PUT": "Put", "DELETE": "Delete", "HEAD": "Head", "POST": "Post"}
_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request")


@dataclass(frozen=True)
class Call:
    """What a request asks for."""

    service: str
    """The signing name: ``rds``, ``s3``, ``monitoring`` is given as ``cloudwatch``, ..."""
    operation: str
    resource: str
    """The name, id or ARN that the call is about, or an empty string."""
    wire: str
    """``query``, ``ec2``, ``json``, ``rest`` (XML) or ``rest-json``."""
    region: str
    caller: str = ""
    """The access key id that signed the request: tells the operator's calls from other programs' and the tests'."""

    @property
    def mutating(self) -> bool:
        """Whether the operation may change anything."""
        return not self.operation.startswith(_READS)


# Signing names that differ from the name by which everybody knows the service.
_SERVICE_NAMES = {"monitoring": "cloudwatch", "tagging": "resourcegroupstaggingapi"}


def identify(request: Request) -> Call:
    """Reads service, operation and resource off a request, without parsing more of the body than that needs."""
    match = _CREDENTIAL.search(request.headers.get("authorization", ""))
    caller, region, signing = match.groups() if match else ("", "us-east-1", "")
    service = _SERVICE_NAMES.get(signing, signing)
    service, operation, name, wire = _identify(request, service)
    return Call(service, operation, name, wire, region, caller)


def _identify(request: Request, service: str) -> tuple[str, str, str, str]:
    target = request.headers.get("x-amz-target")
    if target:
        return service or target.split("_")[0].lower(), target.rpartition(".")[2], _json_name(request), "json"
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form = parse_qs(_plain(request).decode("utf-8", "replace"))
        operation = form.get("Action", [""])[0]
        name = next((form[key][0] for key in _NAMES if key in form), "")
        return service or "sts", operation, name, "ec2" if service == "ec2" else "query"
    if service in ("s3", ""):
        return _s3(request)
    if service == "eks":
        return _eks(request)
    return service, f"{request.method} {request.path}", request.path, "rest"


def _plain(request: Request) -> bytes:
    """The body; SDKs compress that of PutMetricData when it is long (Smithy's ``requestCompression``)."""
    return gzip.decompress(request.body) if request.headers.get("content-encoding") == "gzip" else request.body


def _json_name(request: Request) -> str:
    try:
        document = json.loads(request.body or b"{}")
    except ValueError:
        return ""
    return next((str(document[key]) for key in _JSON_NAMES if key in document), "")


_EKS = (
    (re.compile(r"/clusters/?"), {"POST": "CreateCluster", "GET": "ListClusters"}),
    (re.compile(r"/clusters/([^/]+)"), {"GET": "DescribeCluster", "DELETE": "DeleteCluster"}),
    (re.compile(r"/clusters/([^/]+)/access-entries"), {"POST": "CreateAccessEntry", "GET": "ListAccessEntries"}),
    (
        re.compile(r"/clusters/[^/]+/access-entries/(.+)"),
        {"GET": "DescribeAccessEntry", "DELETE": "DeleteAccessEntry", "POST": "UpdateAccessEntry"},
    ),
    (re.compile(r"/tags/(.+)"), {"POST": "TagResource", "DELETE": "UntagResource", "GET": "ListTagsForResource"}),
)


def _eks(request: Request) -> tuple[str, str, str, str]:
    for path, operations in _EKS:
        match = path.fullmatch(request.path)
        if match and request.method in operations:
            return "eks", operations[request.method], "".join(match.groups()), "rest-json"
    return "eks", f"{request.method} {request.path}", request.path, "rest-json"


def _s3(request: Request) -> tuple[str, str, str, str]:
    bucket, _, key = request.path.lstrip("/").partition("/")
    parameters = [pair.partition("=")[0] for pair in request.query.split("&")]
    if not bucket:
        return "s3", "ListBuckets", "", "rest"
    verb = _S3_VERBS.get(request.method, request.method.title())
    operation = _s3_object(verb, parameters, request) if key else _s3_bucket(verb, parameters)
    return "s3", operation, f"{bucket}/{key}" if key else bucket, "rest"


def _s3_bucket(verb: str, parameters: list[str]) -> str:
    for parameter in parameters:
        if parameter in _S3_SUBRESOURCES:
            return verb + _S3_SUBRESOURCES[parameter]
        if parameter == "tagging":
            return verb + "BucketTagging"
        if parameter == "versions":
            return "ListObjectVersions"
        if parameter == "uploads":
            return "ListMultipartUploads"
        if parameter == "delete":
            return "DeleteObjects"
    return {"Get": "ListObjectsV2", "Put": "CreateBucket", "Delete": "DeleteBucket", "Head": "HeadBucket"}.get(
        verb, verb
    )


def _s3_object(verb: str, parameters: list[str], request: Request) -> str:
    if "tagging" in parameters:
        return f"{verb}ObjectTagging"
    if "uploads" in parameters:
        return "CreateMultipartUpload"
    if "uploadId" in parameters:
        return {"Put": "UploadPart", "Post": "CompleteMultipartUpload", "Delete": "AbortMultipartUpload"}.get(
            verb, "ListParts"
        )
    if verb == "Put" and "x-amz-copy-source" in request.headers:
        return "CopyObject"
    return f"{verb}Object"


_JSON = ("json", "rest-json")


def error(call: Call, code: str, message: str, status: int = 400) -> Response:
    """An error as the service itself would send it, so that the SDK sees code and message."""
    if call.wire in _JSON:
        body = json.dumps({"__type": code, "message": message}).encode()
        return Response(status, [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-ErrorType", code)], body)
    inner = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if call.wire == "query":
        kind = "Sender" if status < 500 else "Receiver"
        text = (
            f"<ErrorResponse><Error><Type>{kind}</Type>{inner}</Error><RequestId>{_REQUEST}</RequestId></ErrorResponse>"
        )
    elif call.wire == "ec2":
        text = f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>{_REQUEST}</RequestID></Response>"
    else:
        text = f'<?xml version="1.0" encoding="UTF-8"?><Error>{inner}<RequestId>{_REQUEST}</RequestId></Error>'
    return Response(status, [("Content-Type", "text/xml")], text.encode())


_REQUEST = "00000000-0000-4000-8000-000000000000"


def throttle(call: Call) -> Response:
    """The throttling error of the service, as its API reference names it."""
    if call.service == "s3":
        return error(call, "SlowDown", "Please reduce your request rate.", 503)
    if call.service == "ec2":
        return error(call, "RequestLimitExceeded", "Request limit exceeded.", 503)
    return error(call, "ThrottlingException" if call.wire in _JSON else "Throttling", "Rate exceeded", 400)


_ERROR_CODE = re.compile(rb"<Code>([^<]+)</Code>")


def error_code(call: Call, response: Response) -> str:
    """The service's error code in a response, or an empty string where it is a success or has none (HEAD)."""
    if response.status < 400:
        return ""
    if call.wire == "rest-json":
        return next((value for name, value in response.headers if name.lower() == "x-amzn-errortype"), "")
    if call.wire == "json":
        try:
            return str(json.loads(response.body).get("__type", "")).rpartition("#")[2]
        except (ValueError, AttributeError):
            return ""
    match = _ERROR_CODE.search(response.body)
    return match.group(1).decode() if match else ""
