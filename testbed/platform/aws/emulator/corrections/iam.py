"""IAM: what ListRoles leaves out, and its pages.

Source: ListRoles in the IAM API reference: it "does not return" PermissionsBoundary, RoleLastUsed and Tags.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from emulator.corrections import paging, replaces
from emulator.hiding import HIDING

_MAX_ITEMS = 100


@replaces(IamResponse, "list_roles")
def list_roles(original: Any, self: IamResponse) -> Any:
    """Lists by name below a path."""
    prefix = self._get_param("PathPrefix", "/")
    roles = [
        role for role in self.backend.roles.values() if role.path.startswith(prefix) and not HIDING.hidden(role.name)
    ]
    size = int(self._get_param("MaxItems", _MAX_ITEMS))
    marker = paging.marker_of(self._get_param("Marker"), "InvalidInput")
    shown, following = paging.page(roles, lambda role: role.name, marker, size)
    result = {
        "Roles": [_row(role) for role in shown],
        "IsTruncated": following is not None,
        "Marker": paging.token(following),
    }
    return ActionResult(result)


def _row(role: Any) -> dict[str, Any]:
    return {
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.id,
        "Arn": role.arn,
        "CreateDate": role.create_date,
        "AssumeRolePolicyDocument": role.assume_role_policy_document,
        "Description": role.description,
        "MaxSessionDuration": role.max_session_duration,
    }
