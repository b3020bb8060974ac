"""CloudWatch dashboards: one set an account whatever the region, checked bodies, tags, pages.

Sources: PutDashboard ("All dashboards in your account are global, not region-specific"; tags "only when creating a new
dashboard"), ListDashboards, DeleteDashboards and TagResource in the API reference of CloudWatch; "Dashboard Body
Structure and Syntax" there; "CloudWatch service quotas" in the user guide (widgets, metrics a widget, metrics a dashboard).
"""

from __future__ import annotations

import json
import re
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, Dashboard, cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
_PAGE = 1000
_MOST_WIDGETS = 500
_MOST_METRICS_A_WIDGET = 500
_MOST_METRICS = 2500
_MOST_ALARMS = 100
_MOST_DIMENSIONS = 30
_TYPES = ("alarm", "chart", "explorer", "log", "metric", "text")
_VIEWS = ("bar", "gauge", "pie", "singleValue", "table", "timeSeries")
_ID = re.compile(r"[a-z][A-Za-z0-9_]*")
_STATISTIC = re.compile(r"SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|tc|ts|wm)\d{1,2}(\.\d+)?|p100|(TM|TC|TS|WM|PR)\(.*\)")
_ALARM_ARN = re.compile(r"arn:[a-z-]+:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_RENDERING = {"accountId", "color", "expression", "id", "label", "period", "region", "stat", "visible", "yAxis"}
_METRIC_PROPERTIES = {
    "accountId", "annotations", "end", "labels", "legend", "liveData", "metrics", "period", "region", "setPeriodToTimeRange",
    "singleValueFullPrecision", "sparkline", "stacked", "start", "stat", "table", "timezone", "title", "trend", "view", "yAxis",
}  # fmt: skip


def _home(backend: CloudWatchBackend) -> CloudWatchBackend:
    """Where the account's dashboards are kept."""
    home: CloudWatchBackend = cloudwatch_backends[backend.account_id]["us-east-1"]
    return home


@replaces(CloudWatchResponse, "put_dashboard")
def put(_original: Any, self: CloudWatchResponse) -> Any:
    """Checks the body, keeps the tags of an existing dashboard, and takes those of a new one."""
    name, body = self._get_param("DashboardName") or "", self._get_param("DashboardBody") or ""
    if not _NAME.fullmatch(name):
        refuse("InvalidParameterValue", f"The value {name} for field DashboardName contains invalid characters.")
    faults = check(body)
    if faults:
        shown = json.dumps([{"dataPath": path, "message": text} for path, text in faults])
        refuse("InvalidParameterInput", f"The dashboard body is invalid, there are {len(faults)} validation errors: {shown}")
    home = _home(self.cloudwatch_backend)
    new = name not in home.dashboards
    dashboard = home.put_dashboard(name, body)
    if new:
        home.tagger.tag_resource(dashboard.arn, self._get_param("Tags") or [])
    return ActionResult({"DashboardValidationMessages": []})


@replaces(CloudWatchBackend, "get_dashboard")
def get(_original: Any, self: CloudWatchBackend, dashboard: str) -> Dashboard | None:
    """Looks in the account, not the region."""
    found: Dashboard | None = _home(self).dashboards.get(dashboard)
    return found


@replaces(CloudWatchResponse, "list_dashboards")
def list_all(_original: Any, self: CloudWatchResponse) -> Any:
    """Lists the account's, in pages."""
    prefix = self._get_param("DashboardNamePrefix") or ""
    found = [
        dashboard
        for name, dashboard in _home(self.cloudwatch_backend).dashboards.items()
        if name.startswith(prefix) and not HIDING.hidden(name)
    ]
    marker = paging.marker_of(self._get_param("NextToken"), "InvalidParameterValue")
    shown, following = paging.page(found, lambda dashboard: dashboard.name, marker, _PAGE)
    return ActionResult({"DashboardEntries": shown, "NextToken": paging.token(following)})


@replaces(CloudWatchBackend, "delete_dashboards")
def delete(original: Any, self: CloudWatchBackend, dashboards: list[str]) -> str | None:
    """Deletes from the account, and the tags as well; deletes none when one is not there."""
    home = _home(self)
    missing = [name for name in dashboards if name not in home.dashboards]
    if not missing:
        for name in dashboards:
            home.tagger.delete_all_tags_for_resource(home.dashboards[name].arn)
    error: str | None = original(home, dashboards)
    if error:
        refuse("ResourceNotFound", error, 404)
    return error


def _tagged(backend: CloudWatchBackend, arn: str) -> CloudWatchBackend | None:
    """The home of a dashboard that there is, for the ARN of one."""
    if ":dashboard/" not in arn:
        return None
    home = _home(backend)
    if arn.split(":dashboard/")[1] not in home.dashboards:
        refuse("ResourceNotFoundException", f"The dashboard {arn} does not exist.", 404)
    return home


@replaces(CloudWatchBackend, "list_tags_for_resource")
def list_tags(original: Any, self: CloudWatchBackend, arn: str) -> Any:
    """Knows the tags of dashboards."""
    return original(_tagged(self, arn) or self, arn)


@replaces(CloudWatchBackend, "tag_resource")
def tag(original: Any, self: CloudWatchBackend, arn: str, tags: dict[str, str]) -> None:
    """Tags dashboards too."""
    home = _tagged(self, arn)
    if home is None:
        original(self, arn, tags)
    else:
        home.tagger.tag_resource(arn, home.tagger.convert_dict_to_tags_input(tags))


@replaces(CloudWatchBackend, "untag_resource")
def untag(original: Any, self: CloudWatchBackend, arn: str, tag_keys: list[str]) -> None:
    """Untags dashboards too."""
    home = _tagged(self, arn)
    if home is None:
        original(self, arn, tag_keys)
    else:
        home.tagger.untag_resource_using_names(arn, tag_keys)


def check(text: str) -> list[tuple[str, str]]:
    """What is wrong with a body: paths and messages."""
    try:
        body = json.loads(text)
    except ValueError:
        return [("/", "Field DashboardBody must be a valid JSON object")]
    if not isinstance(body, dict) or not isinstance(body.get("widgets"), list):
        return [("/", 'Should have property "widgets", an array')]
    faults = _overall(body)
    metrics = 0
    for index, widget in enumerate(body["widgets"]):
        faults += [(f"/widgets/{index}{path}", text) for path, text in _widget(widget)]
        metrics += len(_listed(widget, "metrics"))
    if metrics > _MOST_METRICS:
        faults.append(("/widgets", f"Should NOT have more than {_MOST_METRICS} metrics"))
    return faults


def _overall(body: dict[str, Any]) -> list[tuple[str, str]]:
    faults = [
        (f"/{key}", "Should NOT have additional properties")
        for key in body.keys() - {"end", "periodOverride", "start", "variables", "widgets"}
    ]
    if len(body["widgets"]) > _MOST_WIDGETS:
        faults.append(("/widgets", f"Should NOT have more than {_MOST_WIDGETS} items"))
    if body.get("periodOverride", "auto") not in ("auto", "inherit"):
        faults.append(("/periodOverride", "Should be equal to one of the allowed values"))
    if "end" in body and "start" not in body:
        faults.append(("/end", "Should have start when end is present"))
    return faults


def _listed(widget: Any, key: str) -> list[Any]:
    properties = widget.get("properties") if isinstance(widget, dict) else None
    found = properties.get(key) if isinstance(properties, dict) else None
    return found if isinstance(found, list) else []


def _widget(widget: Any) -> list[tuple[str, str]]:
    if not isinstance(widget, dict):
        return [("", "Should be an object")]
    faults = [
        (f"/{key}", f"Should be an integer from {least} to {most}")
        for key, least, most in (("x", 0, 23), ("y", 0, 10**9), ("width", 1, 24), ("height", 1, 1000))
        if key in widget and not _whole(widget[key], least, most)
    ]
    if not faults and widget.get("x", 0) + widget.get("width", 6) > 24:
        faults.append(("/width", "Should end within the 24 columns of the grid"))
    if widget.get("type") not in _TYPES:
        return [*faults, ("/type", "Should be equal to one of the allowed values")]
    if not isinstance(widget.get("properties"), dict):
        return [*faults, ("", 'Should have required property "properties"')]
    checks = {"alarm": _alarms, "metric": _graph, "text": _text}
    found = checks[widget["type"]](widget["properties"]) if widget["type"] in checks else []
    return faults + [(f"/properties{path}", text) for path, text in found]


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _text(properties: dict[str, Any]) -> list[tuple[str, str]]:
    faults = [] if isinstance(properties.get("markdown"), str) else [("", 'Should have required property "markdown"')]
    if properties.get("background", "solid") not in ("solid", "transparent"):
        faults.append(("/background", "Should be equal to one of the allowed values"))
    return faults + _surplus(properties, {"background", "markdown"})


def _alarms(properties: dict[str, Any]) -> list[tuple[str, str]]:
    arns = properties.get("alarms")
    if not isinstance(arns, list) or not 1 <= len(arns) <= _MOST_ALARMS:
        return [("/alarms", f"Should be an array of 1 to {_MOST_ALARMS} alarms")]
    faults = [
        (f"/alarms/{index}", "Should be the ARN of an alarm")
        for index, arn in enumerate(arns)
        if not isinstance(arn, str) or not _ALARM_ARN.fullmatch(arn)
    ]
    return faults + _surplus(properties, {"alarms", "sortBy", "states", "title"})


def _graph(properties: dict[str, Any]) -> list[tuple[str, str]]:
    faults = _surplus(properties, _METRIC_PROPERTIES)
    if not _REGION.fullmatch(str(properties.get("region"))):
        faults.append(("/region", 'Should have required property "region"'))
    if properties.get("view", "timeSeries") not in _VIEWS:
        faults.append(("/view", "Should be equal to one of the allowed values"))
    faults += _measure(properties)
    metrics = properties.get("metrics")
    if not isinstance(metrics, list) or not 1 <= len(metrics) <= _MOST_METRICS_A_WIDGET:
        return [*faults, ("/metrics", f"Should be an array of 1 to {_MOST_METRICS_A_WIDGET} metrics")]
    ids: list[str] = []
    for index, metric in enumerate(metrics):
        faults += [(f"/metrics/{index}{path}", text) for path, text in _metric(metric, ids)]
    return faults


def _metric(metric: Any, ids: list[str]) -> list[tuple[str, str]]:
    if not isinstance(metric, list) or not metric:
        return [("", "Should be an array")]
    rendering = metric[-1] if isinstance(metric[-1], dict) else {}
    words = metric[:-1] if rendering else metric
    faults = _surplus(rendering, _RENDERING) + _measure(rendering)
    if "expression" in rendering:
        if words:
            faults.append(("", "An expression stands alone"))
    elif len(words) < 2 or len(words) % 2 or len(words) > 2 + 2 * _MOST_DIMENSIONS:
        faults.append(("", "Should be a namespace, a metric, and names and values of dimensions"))
    if any(not isinstance(word, str) or not word for word in words):
        faults.append(("", "Should have texts only"))
    if "id" in rendering:
        if not _ID.fullmatch(str(rendering["id"])) or rendering["id"] in ids:
            faults.append(("/id", "Should begin with a lower-case letter and be unique"))
        ids.append(rendering["id"])
    if rendering.get("yAxis", "left") not in ("left", "right"):
        faults.append(("/yAxis", "Should be equal to one of the allowed values"))
    return faults


def _measure(properties: dict[str, Any]) -> list[tuple[str, str]]:
    faults = []
    period = properties.get("period", 60)
    if period not in (1, 5, 10, 20, 30) and (not _whole(period, 60, 86400) or period % 60):
        faults.append(("/period", "Should be 1, 5, 10, 20, 30 or a multiple of 60"))
    if not _STATISTIC.fullmatch(str(properties.get("stat", "Average"))):
        faults.append(("/stat", "Should be a statistic"))
    return faults


def _surplus(properties: dict[str, Any], known: set[str]) -> list[tuple[str, str]]:
    return [(f"/{key}", "Should NOT have additional properties") for key in sorted(properties.keys() - known)]
