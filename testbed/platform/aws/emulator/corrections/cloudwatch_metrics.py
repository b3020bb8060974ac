"""CloudWatch metrics: what GetMetricData answers, where moto mixes series up or accepts what AWS refuses.

Source: GetMetricData, MetricDataQuery and MetricDataResult in the CloudWatch API reference; "Metrics concepts" in the user
guide: each unique combination of dimensions is a metric of its own, also none at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, Statistics
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from emulator.corrections import paging, refuse, replaces

_MAX_QUERIES = 500
_MAX_POINTS = 100_800
_ID = re.compile(r"[a-z][a-zA-Z0-9_]{0,254}")


@replaces(CloudWatchResponse, "get_metric_data")
def call(original: Any, self: CloudWatchResponse) -> Any:
    """Checks the queries, and pages when there are more points than asked for."""
    params = self._get_params()
    queries = params.get("MetricDataQueries") or []
    _check(queries)
    results = original(self).result["MetricDataResults"]
    limit = int(params.get("MaxDatapoints") or _MAX_POINTS)
    return ActionResult(_page(results, limit, paging.marker_of(params.get("NextToken"), "InvalidNextToken")))


def _check(queries: list[dict[str, Any]]) -> None:
    if not 1 <= len(queries) <= _MAX_QUERIES:
        refuse("ValidationError", f"The collection MetricDataQueries must have between 1 and {_MAX_QUERIES} members.")
    ids = [query.get("Id") or "" for query in queries]
    for query_id in ids:
        if not _ID.fullmatch(query_id):
            refuse("ValidationError", f"The value {query_id} for parameter MetricDataQueries.Id is invalid.")
    if len(set(ids)) < len(ids):
        refuse("ValidationError", "The values for parameter id in MetricDataQueries are not unique.")
    for query in queries:
        period = int((query.get("MetricStat") or {}).get("Period") or 60)
        if period not in (1, 5, 10, 20, 30) and (period < 60 or period % 60):
            refuse("ValidationError", f"The value {period} for parameter Period is not 1, 5, 10, 20, 30 or a multiple of 60.")


def _page(results: list[dict[str, Any]], limit: int, marker: str | None) -> dict[str, Any]:
    skip = int(marker or 0)
    page: list[dict[str, Any]] = []
    seen = 0
    for result in results:
        before, seen = seen, seen + len(result["values"])
        first, last = max(0, skip - before), min(len(result["values"]), skip + limit - before)
        if (seen > skip or (not result["values"] and not skip)) and first <= last:
            code = "Complete" if last == len(result["values"]) else "PartialData"
            cut = {name: result[name][first:last] for name in ("values", "timestamps")}
            page.append({**result, **cut, "status_code": code})
    following = str(skip + limit) if seen > skip + limit else None
    return {"MetricDataResults": page, "NextToken": paging.token(following), "Messages": []}


@replaces(CloudWatchBackend, "get_metric_data")
def data(
    original: Any,
    self: CloudWatchBackend,
    queries: list[dict[str, Any]],
    start_time: datetime,
    end_time: datetime,
    scan_by: str = "TimestampAscending",
) -> list[dict[str, Any]]:
    """Answers queries for metrics by namespace, name and exactly these dimensions; leaves expressions to moto."""
    start_time = start_time.replace(second=0, microsecond=0)
    if start_time >= end_time or any("MetricStat" not in query for query in queries):
        return original(self, queries, start_time, end_time, scan_by)
    series = _series(self, start_time, end_time)
    return [_answer(query, series, scan_by) for query in queries if query.get("ReturnData", True)]


def _series(backend: CloudWatchBackend, start: datetime, end: datetime) -> dict[Any, list[Any]]:
    """All data points of the time, by what makes a metric."""
    series: dict[Any, list[Any]] = defaultdict(list)
    for point in backend.get_all_metrics():
        if start <= point.timestamp < end:
            dimensions = frozenset((dimension.name, dimension.value) for dimension in point.dimensions)
            series[point.namespace, point.name, dimensions].append(point)
    return series


def _answer(query: dict[str, Any], series: dict[Any, list[Any]], scan_by: str) -> dict[str, Any]:
    stat = query["MetricStat"]
    metric = stat["Metric"]
    dimensions = frozenset((given["Name"], given["Value"]) for given in metric.get("Dimensions") or [])
    periods: dict[datetime, list[Any]] = defaultdict(list)
    for point in series.get((metric["Namespace"], metric["MetricName"], dimensions), []):
        if stat.get("Unit") in (None, point.unit):
            periods[_begin(point.timestamp, int(stat["Period"]))].append(point)
    begins = sorted(periods, reverse=scan_by == "TimestampDescending")
    return {
        "id": query["Id"],
        "label": query.get("Label") or metric["MetricName"],
        "values": [_value(periods[begin], stat["Stat"]) for begin in begins],
        "timestamps": begins,
        "status_code": "Complete",
    }


def _begin(time: datetime, period: int) -> datetime:
    """Periods begin at multiples of their length since the epoch, whatever the start of the query."""
    aware = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    seconds = int(aware.timestamp())
    return time.replace(microsecond=0) - timedelta(seconds=seconds % period)


def _value(points: list[Any], stat: str) -> Any:
    statistics = Statistics([stat], points[0].timestamp)
    statistics.metric_data = points
    return statistics.get_statistics_for_type(stat)
