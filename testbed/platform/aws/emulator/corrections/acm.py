"""ACM: certificates that are issued at once, so that no test waits for a validation that nobody performs; listings.

Source: ListCertificates and the data types CertificateSummary and Filters in the Certificate Manager API reference
(version 2015-12-08): without a filter only RSA_1024 and RSA_2048 are listed, and a summary has up to 100 names.
"""

from __future__ import annotations

import json
from typing import Any

from moto.acm.models import AWSCertificateManagerBackend
from moto.acm.responses import AWSCertificateManagerResponse

from emulator.corrections import paging, replaces

_LISTED = ["RSA_1024", "RSA_2048"]
_NAMES = 100
_PAGE = 1000


@replaces(AWSCertificateManagerBackend, "request_certificate")
def request(original: Any, self: AWSCertificateManagerBackend, *args: Any, **kwargs: Any) -> str:
    """Issues what is asked for; moto does so only for a certificate that is described after a while."""
    arn = original(self, *args, **kwargs)
    self._certificates[arn].status = "ISSUED"
    return arn


@replaces(AWSCertificateManagerResponse, "list_certificates")
def list_certificates(original: Any, self: AWSCertificateManagerResponse) -> str:
    """Summaries with names, by ARN, of the usual keys unless others are asked for."""
    includes = dict(self._get_param("Includes") or {})
    includes.setdefault("keyTypes", _LISTED)
    found = self.acm_backend.list_certificates(self._get_param("CertificateStatuses"), includes)
    shown, following = paging.page(
        found,
        lambda certificate: certificate.arn,
        paging.marker_of(self._get_param("NextToken"), "ValidationException"),
        self._get_int_param("MaxItems", _PAGE),
    )
    answer = {
        "CertificateSummaryList": [_summary(certificate) for certificate in shown],
        "NextToken": paging.token(following),
    }
    return json.dumps({key: value for key, value in answer.items() if value is not None})


def _summary(certificate: Any) -> dict[str, Any]:
    summary = certificate.describe()["Certificate"]
    names = summary.pop("SubjectAlternativeNames", [])
    summary["SubjectAlternativeNameSummaries"] = names[:_NAMES]
    summary["HasAdditionalSubjectAlternativeNames"] = len(names) > _NAMES
    summary["InUse"] = bool(summary.pop("InUseBy", []))
    summary["Exported"] = certificate.cert_options["Export"] == "ENABLED"
    return summary
