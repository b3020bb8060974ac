"""EKS: a cluster knows its VPC, and has a security group that EKS made for it.

Source: VpcConfigRequest and VpcConfigResponse in the EKS API reference ("Subnets must be in at least two different
availability zones"; vpcId; clusterSecurityGroupId); "View Amazon EKS security group requirements for clusters" in the
user guide (its name, eks-cluster-sg-<cluster>-<unique id>, and its tags).
"""

from __future__ import annotations

import zlib
from typing import Any

from moto.ec2.exceptions import InvalidSubnetIdError
from moto.ec2.models import ec2_backends
from moto.eks.models import EKSBackend

from emulator.corrections import refuse, replaces

_LEAST_ZONES = 2


@replaces(EKSBackend, "create_cluster")
def create_cluster(original: Any, self: EKSBackend, **kwargs: Any) -> Any:
    """Fills in what the answers to CreateCluster and DescribeCluster tell of the network."""
    config = kwargs.get("resources_vpc_config") or {}
    subnets = _subnets(self, config.get("subnetIds") or [])
    cluster = original(self, **kwargs)
    vpc = subnets[0].vpc_id
    cluster.resources_vpc_config = {
        "securityGroupIds": [],
        **config,
        "vpcId": vpc,
        "clusterSecurityGroupId": _group(self, cluster, vpc),
    }
    return cluster


def _subnets(backend: EKSBackend, ids: list[str]) -> list[Any]:
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    try:
        subnets = [ec2.get_subnet(subnet_id) for subnet_id in ids]
    except InvalidSubnetIdError as unknown:
        refuse("InvalidParameterException", str(unknown.description))
    if len({subnet.availability_zone for subnet in subnets}) < _LEAST_ZONES:
        refuse("InvalidParameterException", "Subnets specified must be in at least two different AZs")
    return subnets


def _group(backend: EKSBackend, cluster: Any, vpc: str) -> str:
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    name = f"eks-cluster-sg-{cluster.name}-{zlib.crc32(cluster.arn.encode())}"
    group = ec2.create_security_group(
        name=name,
        description="EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
        vpc_id=vpc,
        tags={"Name": name, f"kubernetes.io/cluster/{cluster.name}": "owned", "aws:eks:cluster-name": cluster.name},
        force=True,
    )
    return str(group.id)
