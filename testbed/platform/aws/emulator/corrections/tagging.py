"""The Resource Groups Tagging API: regions of buckets, stable pages, late visibility.

Source: GetResources in the Resource Groups Tagging API reference: it returns resources "located in the specified
Region"; TagsPerPage limits a page only where it is given.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.resourcegroupstaggingapi.responses import ResourceGroupsTaggingAPIResponse

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_PAGE = 50


@replaces(ResourceGroupsTaggingAPIResponse, "get_resources")
def get_resources(original: Any, self: ResourceGroupsTaggingAPIResponse) -> Any:
    """Lists by ARN; moto's generators fail when something is created between two pages."""
    size = self._get_int_param("ResourcesPerPage", _PAGE)
    if not 1 <= size <= 100:
        refuse("InvalidParameterException", "ResourcesPerPage must be between 1 and 100")
    marker = paging.marker_of(self._get_param("PaginationToken"), "PaginationTokenExpiredException")
    shown, following = paging.page(_found(self), lambda resource: resource.arn, marker, size)
    rows = [
        {"ResourceARN": resource.arn, "Tags": [{"Key": key, "Value": value} for key, value in resource.tags.items()]}
        for resource in shown
    ]
    return ActionResult({"ResourceTagMappingList": rows, "PaginationToken": paging.token(following) or ""})


def _found(response: ResourceGroupsTaggingAPIResponse) -> list[Any]:
    generator = response.backend._get_resources_generator(
        tag_filters=response._get_param("TagFilters", []),
        resource_type_filters=response._get_param("ResourceTypeFilters", []),
        resource_arn_list=response._get_param("ResourceARNList", []),
    )
    return [
        resource
        for resource in generator
        if resource.extra.get("region", response.region) == response.region and not HIDING.hidden(resource.arn)
    ]
