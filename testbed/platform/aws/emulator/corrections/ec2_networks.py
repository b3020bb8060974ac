"""The pieces of a VPC: NAT gateways take time, what is in use cannot be deleted, dead routes lead nowhere.

Sources: CreateNatGateway, DeleteNatGateway, ReleaseAddress, DetachInternetGateway, DeleteSubnet, DeleteVpc,
CreateVpcPeeringConnection and the data types NatGateway and Route in the EC2 API reference; "Error codes" there; "NAT
gateways" and "Update your security groups to reference peer security groups" in the VPC user guides.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.nat_gateways import NatGateway
from moto.ec2.models.route_tables import Route
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses
from moto.ec2.responses.internet_gateways import InternetGateways
from moto.ec2.responses.route_tables import RouteTables
from moto.ec2.responses.nat_gateways import NatGateways
from moto.ec2.responses.subnets import Subnets
from moto.ec2.responses.vpcs import VPCs

from emulator.corrections import refuse, replaces
from emulator.hiding import HIDING
from emulator.transitions import TRANSITIONS

_OVER = ("deleted", "rejected", "failed", "expired")


@replaces(EC2Backend, "create_nat_gateway")
def create_nat_gateway(original: Any, self: EC2Backend, subnet_id: str, *args: Any, **kwargs: Any) -> NatGateway:
    """``pending`` first; ``failed`` afterwards where the VPC has no internet gateway."""
    gateway = original(self, subnet_id, *args, **kwargs)
    gateway.state = "pending"
    gateway.failure_code = gateway.failure_message = None
    TRANSITIONS.schedule(TRANSITIONS.networks.creating, lambda: _settle(self, gateway))
    return gateway


def _settle(backend: EC2Backend, gateway: NatGateway) -> None:
    if gateway.state != "pending":
        return
    if any(igw.vpc is not None and igw.vpc.id == gateway.vpc_id for igw in backend.internet_gateways.values()):
        gateway.state = "available"
    else:
        gateway.state = "failed"
        gateway.failure_code = "Gateway.NotAttached"
        gateway.failure_message = f"Network {gateway.vpc_id} has no Internet gateway attached"
        _release(backend, gateway)


@replaces(EC2Backend, "delete_nat_gateway")
def delete_nat_gateway(original: Any, self: EC2Backend, nat_gateway_id: str) -> NatGateway:
    """``deleting`` first; then ``deleted``, and only then its address and interface are free."""
    gateway = self.nat_gateways.get(nat_gateway_id)
    if gateway is None or gateway.state == "deleted":
        refuse("NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
    if gateway.state != "deleting":
        gateway.state = "deleting"
        TRANSITIONS.schedule(TRANSITIONS.networks.deleting, lambda: _gone(self, gateway))
    return gateway


def _gone(backend: EC2Backend, gateway: NatGateway) -> None:
    gateway.state = "deleted"
    _release(backend, gateway)


def _release(backend: EC2Backend, gateway: NatGateway) -> None:
    for address in backend.addresses:
        if address.eni is gateway._eni:
            backend.disassociate_address(association_id=address.association_id)
    backend.enis.pop(gateway._eni.id, None)


@replaces(EC2Backend, "release_address")
def release_address(
    original: Any, self: EC2Backend, address: str | None = None, allocation_id: str | None = None
) -> None:
    """Refuses while something uses the address."""
    for known in self.addresses:
        used = known.association_id is not None
        if used and (known.allocation_id == allocation_id or (address and known.public_ip == address)):
            refuse("InvalidIPAddress.InUse", f"Address {known.public_ip} is in use.")
    original(self, address, allocation_id)


@replaces(EC2Backend, "detach_internet_gateway")
def detach_internet_gateway(original: Any, self: EC2Backend, internet_gateway_id: str, vpc_id: str) -> None:
    """Refuses while something in the VPC has a public address."""
    if any(address.eni is not None and address.eni.subnet.vpc_id == vpc_id for address in self.addresses):
        refuse(
            "DependencyViolation",
            f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before"
            " detaching the gateway.",
        )
    original(self, internet_gateway_id, vpc_id)


@replaces(EC2Backend, "delete_subnet")
def delete_subnet(original: Any, self: EC2Backend, subnet_id: str) -> Any:
    """Refuses while a network interface is in the subnet, such as that of a NAT gateway."""
    if any(interface.subnet.id == subnet_id for interface in self.enis.values()):
        refuse("DependencyViolation", f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
    return original(self, subnet_id)


@replaces(EC2Backend, "delete_vpc")
def delete_vpc(original: Any, self: EC2Backend, vpc_id: str) -> Any:
    """Refuses while anything that was made in it is left; its default group goes with it."""
    groups = self.groups.get(vpc_id, {})
    left = (
        any(group.name != "default" for group in groups.values())
        or any(gateway.vpc is not None and gateway.vpc.id == vpc_id for gateway in self.internet_gateways.values())
        or any(endpoint.vpc_id == vpc_id and endpoint.state != "deleted" for endpoint in self.vpc_end_points.values())
        or any(
            vpc_id in (peering.vpc.id, peering.peer_vpc.id) and peering._status.code not in _OVER
            for peering in self.vpc_pcxs.values()
        )
        or any(subnet.vpc_id == vpc_id for zone in self.subnets.values() for subnet in zone.values())
        or len([table for table in self.route_tables.values() if table.vpc_id == vpc_id]) > 1
    )
    if left:
        refuse("DependencyViolation", f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
    self.groups.pop(vpc_id, None)
    return original(self, vpc_id)


@replaces(EC2Backend, "create_vpc_peering_connection")
def create_vpc_peering_connection(original: Any, self: EC2Backend, vpc: Any, peer_vpc: Any, tags: Any = None) -> Any:
    """Refuses a second connection of the same two; one of overlapping networks fails."""
    for known in self.vpc_pcxs.values():
        if {known.vpc.id, known.peer_vpc.id} == {vpc.id, peer_vpc.id} and known._status.code not in _OVER:
            refuse("VpcPeeringConnectionAlreadyExists", f"A VPC peering connection {known.id} already exists.")
    connection = original(self, vpc, peer_vpc, tags)
    if ipaddress.ip_network(vpc.cidr_block).overlaps(ipaddress.ip_network(peer_vpc.cidr_block)):
        connection._status.code = "failed"
        connection._status.message = "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"
    return connection


def _state(route: Route) -> str:
    """``blackhole`` when the target is gone."""
    connection, gateway = route.vpc_pcx, route.nat_gateway
    dead = (connection is not None and connection._status.code != "active") or (
        gateway is not None and gateway.state in ("deleted", "failed")
    )
    if route.gateway is not None and route.gateway.id.startswith("igw-"):
        attached = getattr(route.gateway, "vpc", None)
        dead = dead or attached is None or attached.id != route.route_table.vpc_id
    return "blackhole" if dead else "active"


Route.state = property(_state)  # type: ignore[assignment]


@replaces(EC2Backend, "create_route")
def create_route(
    original: Any, self: EC2Backend, route_table_id: str, destination_cidr_block: str | None, *args: Any, **kwargs: Any
) -> Route:
    """Refuses a second route to the same addresses, and targets that are not there."""
    table = self.get_route_table(route_table_id)
    if destination_cidr_block and any(
        route.destination_cidr_block == destination_cidr_block for route in table._routes.values()
    ):
        refuse(
            "RouteAlreadyExists",
            f"The route identified by {destination_cidr_block} already exists.",
        )
    gateway = kwargs.get("nat_gateway_id")
    if gateway and (gateway not in self.nat_gateways or self.nat_gateways[gateway].state != "available"):
        refuse("InvalidNatGatewayID.NotFound", f"The natGateway ID '{gateway}' does not exist")
    return original(self, route_table_id, destination_cidr_block, *args, **kwargs)


@replaces(EC2Backend, "delete_vpc_endpoints")
def delete_vpc_endpoints(original: Any, self: EC2Backend, vpce_ids: list[str] | None = None) -> None:
    """A gateway endpoint goes with those of its routes that are left, and once."""
    for endpoint_id in vpce_ids or []:
        endpoint = self.vpc_end_points.get(endpoint_id)
        if endpoint is None or endpoint.state == "deleted":
            continue
        if (endpoint.vpc_endpoint_type or "").lower() == "interface":
            original(self, [endpoint_id])
            continue
        for table_id in endpoint.route_table_ids:
            _unroute(self, table_id, endpoint.destination_prefix_list_id)
        endpoint.state = "deleted"


@replaces(EC2Backend, "modify_vpc_endpoint")
def modify_vpc_endpoint(original: Any, self: EC2Backend, vpc_id: str, *args: Any, **kwargs: Any) -> None:
    """A gateway endpoint has a route in each of its route tables."""
    endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
    before = set(endpoint.route_table_ids or [])
    original(self, vpc_id, *args, **kwargs)
    after = set(endpoint.route_table_ids or [])
    prefix_list = endpoint.destination_prefix_list_id
    if prefix_list:
        for table_id in before - after:
            _unroute(self, table_id, prefix_list)
        for table_id in after - before:
            self.create_route(table_id, None, gateway_id=vpc_id, destination_prefix_list_id=prefix_list)


def _unroute(backend: EC2Backend, table_id: str, prefix_list: str | None) -> None:
    table = backend.route_tables.get(table_id)
    for route_id, route in list(table._routes.items() if table else []):
        if prefix_list and route.destination_prefix_list_id == prefix_list:
            table._routes.pop(route_id)


@replaces(EC2Backend, "authorize_security_group_ingress")
def authorize_security_group_ingress(original: Any, self: EC2Backend, group_name_or_id: str, *args: Any, **kwargs: Any) -> Any:
    """A rule names groups of the same VPC, or of one that it is connected with."""
    group = self.get_security_group_by_name_or_id(group_name_or_id, kwargs.get("vpc_id"))
    for source in kwargs.get("source_groups") or []:
        other = self.get_security_group_from_id(source.get("GroupId") or "")
        if group and other and other.vpc_id != group.vpc_id and not _connected(self, group.vpc_id, other.vpc_id):
            refuse("InvalidGroup.NotFound", "You have specified two resources that belong to different networks.")
    return original(self, group_name_or_id, *args, **kwargs)


def _connected(backend: EC2Backend, one: str, other: str) -> bool:
    return any(
        {connection.vpc.id, connection.peer_vpc.id} == {one, other} and connection._status.code == "active"
        for connection in backend.vpc_pcxs.values()
    )


def _hides(response: type, method: str, result: str, asked: str, identifier: str) -> None:
    """Leaves out of a listing what is hidden, unless it is asked for by id."""

    @replaces(response, method)
    def shown(original: Any, self: Any) -> Any:
        answer = original(self)
        if not self._get_param(asked, []):
            rows = answer._result[result]
            answer._result[result] = [row for row in rows if not HIDING.hidden(getattr(row, identifier))]
        return answer


_hides(VPCs, "describe_vpcs", "Vpcs", "VpcIds", "id")
_hides(Subnets, "describe_subnets", "Subnets", "SubnetIds", "id")
_hides(ElasticIPAddresses, "describe_addresses", "Addresses", "AllocationIds", "allocation_id")
_hides(NatGateways, "describe_nat_gateways", "NatGateways", "NatGatewayIds", "id")
_hides(InternetGateways, "describe_internet_gateways", "InternetGateways", "InternetGatewayIds", "id")
_hides(RouteTables, "describe_route_tables", "RouteTables", "RouteTableIds", "id")
