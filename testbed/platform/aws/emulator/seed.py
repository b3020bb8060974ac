"""What is in the account before anybody calls: certificates for the hosts of the examples."""

from __future__ import annotations

from moto.acm.models import CertBundle, acm_backends
from moto.core import DEFAULT_ACCOUNT_ID

REGIONS = ("us-east-1", "eu-west-1", "eu-central-1")
HOSTS = ("shop.example.com", "*.example.com")


# Keys take a tenth of a second each to make, and a reset should not.
_made: dict[tuple[str, str, tuple[str, ...]], CertBundle] = {}


def certificates(
    hosts: tuple[str, ...] = HOSTS, regions: tuple[str, ...] = REGIONS, others: tuple[str, ...] = ()
) -> list[str]:
    """Puts an issued certificate for each host, and others beside it, into each region.

    :return: their ARNs.
    """
    arns = []
    for region in regions:
        for host in hosts:
            certificate = _certificate(host, region, others)
            acm_backends[DEFAULT_ACCOUNT_ID][region]._certificates[certificate.arn] = certificate
            arns.append(certificate.arn)
    return arns


def _certificate(host: str, region: str, others: tuple[str, ...]) -> CertBundle:
    if (region, host, others) not in _made:
        certificate = CertBundle.generate_cert(host, account_id=DEFAULT_ACCOUNT_ID, region=region, sans=list(others))
        certificate.status = "ISSUED"
        _made[region, host, others] = certificate
    return _made[region, host, others]
