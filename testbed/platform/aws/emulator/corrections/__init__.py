"""What moto gets wrong and our code would otherwise be fitted to, put right inside moto.

A rule belongs here when acting on moto's answer would be a bug on AWS: an error that AWS would give and moto does not,
a value that AWS changes, a state that AWS passes through. Each cites the documented behaviour.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any, NoReturn

_MODULES = (
    "acm",
    "rds_instances",
    "rds_modifications",
    "rds_parameters",
    "rds_replicas",
    "rds_groups",
    "elasticache_subnets",
    "elasticache_clusters",
    "elasticache_groups",
    "rds_backups",
    "s3",
    "dynamodb",
    "dynamodb_replicas",
    "cloudwatch",
    "cloudwatch_metrics",
    "dashboards",
    "elbv2_targets",
    "elbv2",
    "wafv2",
    "ec2",
    "ec2_networks",
    "eks",
    "launch_templates",
    "autoscaling",
    "autoscaling_refreshes",
    "secretsmanager",
    "eks_access",
    "iam",
    "logs",
    "sns",
    "tagging",
)


class Refusal(Exception):
    """An error of the service. The front renders it in the wire format of the call."""

    def __init__(self, code: str, message: str, status: int):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def apply() -> None:
    """Loads every module of corrections; each replaces moto's methods as it is imported."""
    for module in _MODULES:
        importlib.import_module(f"{__name__}.{module}")


def replaces(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Replaces the method ``name`` of a class of moto's; the replacement gets the original as its first argument."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        original = getattr(owner, name)

        @functools.wraps(original)
        def replacement(*args: Any, **kwargs: Any) -> Any:
            return function(original, *args, **kwargs)

        setattr(owner, name, replacement)
        return function

    return decorate


def refuse(code: str, message: str, status: int = 400) -> NoReturn:
    """Fails the call with an error of the service.

    :raises Refusal: always.
    """
    raise Refusal(code, message, status)
