"""Launch templates: the user data of every version is what instances get; hidden ones are not listed.

Source: CreateLaunchTemplateVersion and DescribeLaunchTemplates in the EC2 API reference.
"""

from __future__ import annotations

from typing import Any

from moto.core.types import Base64EncodedString
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.responses.launch_templates import LaunchTemplates
from moto.ec2.utils import parse_user_data

from emulator.corrections import replaces
from emulator.hiding import HIDING


@replaces(LaunchTemplate, "create_version")
def create_version(original: Any, self: LaunchTemplate, data: dict[str, Any], description: str) -> Any:
    """Of the first version and of every other."""
    if data.get("UserData") is not None and not isinstance(data["UserData"], Base64EncodedString):
        data = {**data, "UserData": parse_user_data(data["UserData"])}
    return original(self, data, description)


@replaces(LaunchTemplates, "describe_launch_templates")
def describe(original: Any, self: LaunchTemplates) -> Any:
    """With the tags of now; leaves hidden templates out, unless asked for by id."""
    for template in self.ec2_backend.launch_templates.values():
        template.tags = template.get_tags()
    answer = original(self)
    if not self._get_param("LaunchTemplateIds", []):
        templates = answer._result["LaunchTemplates"]
        answer._result["LaunchTemplates"] = [known for known in templates if not HIDING.hidden(_id(known))]
    return answer


def _id(template: Any) -> str:
    return template["LaunchTemplateId"] if isinstance(template, dict) else template.id
