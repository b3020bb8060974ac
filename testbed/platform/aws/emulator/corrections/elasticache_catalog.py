"""What ElastiCache accepts: ids, node types, versions, passwords, security groups.

Sources: CreateReplicationGroup, CreateCacheCluster and ModifyReplicationGroup in the ElastiCache API reference;
"Supported node types", "Supported engines and versions" and "Authenticating with the AUTH command" in its user guide.
"""

from __future__ import annotations

import re
from typing import Any

from moto.ec2.models import ec2_backends
from moto.elasticache.responses import ElastiCacheResponse

from emulator.corrections import refuse

# Each engine's versions as asked for and as shown; the last is the default.
_VERSIONS = {
    "redis": {"6.2": "6.2.6", "7.0": "7.0.7", "7.1": "7.1.0"},
    "valkey": {"7.2": "7.2.6", "8.0": "8.0.1"},
    "memcached": {"1.6.6": "1.6.6", "1.6.12": "1.6.12", "1.6.17": "1.6.17", "1.6.22": "1.6.22"},
}
_NODE_TYPE = re.compile(r"cache\.(t[234]g?|m[4567]g?|r[4567]gd?|c7gn)\.(micro|small|medium|large|\d{0,2}xlarge)")


def check_id(kind: str, value: str, longest: int) -> None:
    """A letter first, then letters, digits and single hyphens, not one at the end."""
    if not re.fullmatch(r"[A-Za-z](-?[A-Za-z0-9])*", value or "") or len(value) > longest:
        refuse(
            "InvalidParameterValue",
            f"The parameter {kind} is not a valid identifier. Identifiers must begin with a letter; must contain only"
            " ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.",
        )


def check_node_type(value: str | None) -> None:
    """Of a family and a size that there is."""
    if not value or not _NODE_TYPE.fullmatch(value):
        refuse("InvalidParameterValue", f"Invalid Cache Node Type: {value}.")


def full_version(engine: str, version: str | None) -> str:
    """The version as ElastiCache shows it, of one that was asked for or the default."""
    known = _VERSIONS.get(engine)
    if known is None:
        refuse("InvalidParameterValue", f"Invalid cache engine {engine}")
    if version is None:
        return list(known.values())[-1]
    if version in known.values():
        return version
    if version not in known:
        refuse("InvalidParameterCombination", f"Cannot find version {version} for {engine}")
    return known[version]


def numbers(version: str) -> list[int]:
    """The parts of a version, to compare."""
    return [int(part) for part in version.split(".")]


def check_token(token: str) -> None:
    """16 to 128 printable characters, and of the others only some."""
    if not re.fullmatch(r"[A-Za-z0-9!&#$^<>-]{16,128}", token):
        refuse("InvalidParameterValue", "Invalid AuthToken provided.")


def security_groups(response: ElastiCacheResponse, vpc: str | None) -> list[dict[str, str]]:
    """The groups of the request as ElastiCache shows them; they must be there, in the VPC of the subnet group."""
    ec2 = ec2_backends[response.current_account][response.region]
    shown = []
    for group_id in response._get_param("SecurityGroupIds", []) or []:
        group = ec2.get_security_group_from_id(group_id)
        if group is None or (vpc is not None and group.vpc_id != vpc):
            refuse("InvalidParameterValue", f"Some security groups are invalid: [{group_id}]")
        shown.append({"security_group_id": group_id, "status": "active"})
    return shown


def check_window(window: str | None) -> None:
    """``ddd:hh:mm-ddd:hh:mm`` of at least 60 minutes."""
    if window is None:
        return
    times = re.fullmatch(r"([a-z]{3}):(\d\d):(\d\d)-([a-z]{3}):(\d\d):(\d\d)", window)
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    if times is None or not {times[1], times[4]} <= set(days):
        refuse("InvalidParameterValue", f"Invalid maintenance window format: {window}")
    begin = days.index(times[1]) * 1440 + int(times[2]) * 60 + int(times[3])
    end = days.index(times[4]) * 1440 + int(times[5]) * 60 + int(times[6])
    if (end - begin) % (7 * 1440) < 60:
        refuse("InvalidParameterValue", "The maintenance window must be at least 60 minutes.")


def check_state(what: str, status: str, code: str) -> None:
    """Changes are refused in any state but ``available``."""
    if status != "available":
        refuse(code, f"{what} must be in available state to be changed; it is {status}.")


def flag(value: Any) -> bool:
    """A boolean parameter, however it was parsed."""
    return value is True or str(value).lower() == "true"
