"""CloudWatch alarms: validation, states, tags and pages.

Source: PutMetricAlarm, PutCompositeAlarm, DescribeAlarms and DeleteAlarms in the CloudWatch API reference.
"""

from __future__ import annotations

import re
from typing import Any

from moto.cloudwatch.models import Alarm, CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_ON = re.compile(r'ALARM\("([^"]{1,255})"\)')
_MAX_RECORDS = 50
_SECONDS_A_DAY = 86400
_KEPT = (
    "state_value",
    "state_reason",
    "state_reason_data",
    "state_updated_timestamp",
    "state_transitioned_timestamp",
    "history",
)
_TREATMENTS = ("breaching", "notBreaching", "ignore", "missing", None)


@replaces(CloudWatchResponse, "put_metric_alarm")
def put_call(original: Any, self: CloudWatchResponse) -> Any:
    """Checks what PutMetricAlarm checks."""
    params = self.params
    if not params.get("AlarmRule"):
        _check(params)
    return original(self)


def _check(params: Any) -> None:
    if not 1 <= len(params.get("AlarmName") or "") <= 255:
        refuse("ValidationError", "AlarmName must be between 1 and 255 characters long.")
    if not params.get("ComparisonOperator"):
        refuse("ValidationError", "The parameter ComparisonOperator is required.")
    if params.get("TreatMissingData") not in _TREATMENTS:
        refuse("ValidationError", f"Option {params['TreatMissingData']} is not supported for TreatMissingData.")
    if (params.get("DatapointsToAlarm") or 0) > (params.get("EvaluationPeriods") or 0):
        refuse("ValidationError", "DatapointsToAlarm must not be greater than EvaluationPeriods.")
    if not params.get("Metrics"):
        _check_metric(params)


def _check_metric(params: Any) -> None:
    if not params.get("MetricName") or not params.get("Namespace"):
        refuse("ValidationError", "MetricName and Namespace must be specified when no Metrics are.")
    if bool(params.get("Statistic")) == bool(params.get("ExtendedStatistic")):
        refuse("InvalidParameterCombination", "Exactly one of Statistic and ExtendedStatistic must be specified.")
    period, evaluations = params.get("Period") or 0, params.get("EvaluationPeriods") or 0
    if period not in (10, 20, 30) and (period < 60 or period % 60):
        refuse("ValidationError", "Metric period must be one of 10, 20, 30, or a multiple of 60.")
    longest = 7 * _SECONDS_A_DAY if period >= 3600 else _SECONDS_A_DAY
    if evaluations < 1 or period * evaluations > longest:
        refuse("ValidationError", f"Metrics cannot be checked across more than {longest} seconds.")


@replaces(CloudWatchBackend, "put_metric_alarm")
def put(original: Any, self: CloudWatchBackend, **settings: Any) -> Any:
    """A new alarm has INSUFFICIENT_DATA; a changed one keeps its state, and its tags whatever the call says."""
    before = self.alarms.get(settings["name"])
    if before is not None:
        settings["tags"] = None
    alarm = original(self, **settings)
    if before is None:
        alarm.state_value = "INSUFFICIENT_DATA"
        alarm.state_transitioned_timestamp = alarm.state_updated_timestamp
    else:
        for attribute in _KEPT:
            setattr(alarm, attribute, getattr(before, attribute))
    return alarm


@replaces(Alarm, "update_state")
def update_state(original: Any, self: Alarm, reason: str, reason_data: str, state_value: str) -> None:
    """Knows when the state itself last changed, which moto does not."""
    turned = state_value != self.state_value
    original(self, reason, reason_data, state_value)
    if turned:
        self.state_transitioned_timestamp = self.state_updated_timestamp


def put_composite_alarm(self: CloudWatchResponse) -> Any:
    """Makes an alarm that goes by others, which must be there; moto has no such call."""
    params = self.params
    rule = params.get("AlarmRule") or ""
    if not 1 <= len(rule) <= 10240:
        refuse("ValidationError", "AlarmRule must be between 1 and 10240 characters long.")
    children = _children(rule)
    missing = [name for name in children if name not in self.cloudwatch_backend.alarms]
    if missing or not 1 <= len(children) <= 100:
        refuse("ValidationError", f"Could not save the composite alarm as alarms {missing} in the alarm rule do not exist")
    self.cloudwatch_backend.put_metric_alarm(
        name=params["AlarmName"],
        namespace=None,
        metric_name=None,
        comparison_operator=None,
        evaluation_periods=None,
        period=None,
        threshold=None,
        statistic=None,
        description=params.get("AlarmDescription"),
        dimensions=[],
        alarm_actions=self._get_param("AlarmActions", []),
        ok_actions=self._get_param("OKActions", []),
        insufficient_data_actions=self._get_param("InsufficientDataActions", []),
        actions_enabled=params.get("ActionsEnabled"),
        rule=rule,
        tags=self._get_param("Tags", []),
    )
    return EmptyResult()


CloudWatchResponse.put_composite_alarm = put_composite_alarm  # type: ignore[attr-defined]


def _children(rule: str) -> list[str]:
    """The names in a rule of the form that the operator writes: alarms that are on, joined by OR."""
    terms = [_ON.fullmatch(term) for term in rule.split(" OR ")]
    if not all(terms):
        refuse("ValidationError", f"AlarmRule must not contain invalid characters or keywords: {rule}")
    return [term.group(1) for term in terms if term]


@replaces(CloudWatchBackend, "delete_alarms")
def delete(original: Any, self: CloudWatchBackend, alarm_names: list[str]) -> None:
    """Deletes the tags as well, which moto hands to the next alarm of the name, and no alarm that a rule goes by.

    DeleteAlarms: one composite alarm a call at most, and none on which another depends.
    """
    if len(alarm_names) > 100:
        refuse("ValidationError", "At most 100 alarms can be deleted in one operation.")
    rules = {alarm.name: alarm.rule for alarm in self.alarms.values() if alarm.rule is not None}
    if sum(name in rules for name in alarm_names) > 1:
        refuse("ValidationError", "At most one composite alarm can be deleted in one operation.")
    for parent, rule in rules.items():
        needed = sorted(set(_children(rule)) & set(alarm_names))
        if needed and parent not in alarm_names:
            refuse("ValidationError", f"Alarms {needed} cannot be deleted: {parent} depends on them.")
    for name in alarm_names:
        alarm = self.alarms.get(name)
        if alarm is not None:
            self.tagger.delete_all_tags_for_resource(alarm.alarm_arn)
    original(self, alarm_names)


@replaces(CloudWatchResponse, "describe_alarms")
def describe(original: Any, self: CloudWatchResponse) -> Any:
    """Applies all filters together, and pages."""
    alarms = [alarm for alarm in self.cloudwatch_backend.alarms.values() if _selected(alarm, self)]
    size = self._get_int_param("MaxRecords", _MAX_RECORDS)
    if not 1 <= size <= 100:
        refuse("ValidationError", "MaxRecords must be between 1 and 100.")
    marker = paging.marker_of(self._get_param("NextToken"), "InvalidNextToken")
    shown, following = paging.page(alarms, lambda alarm: alarm.name, marker, size)
    result = {
        "MetricAlarms": [alarm for alarm in shown if alarm.rule is None],
        "CompositeAlarms": [alarm for alarm in shown if alarm.rule is not None],
        "NextToken": paging.token(following),
    }
    return ActionResult(result)


def _selected(alarm: Any, response: CloudWatchResponse) -> bool:
    names = response._get_param("AlarmNames", [])
    state = response._get_param("StateValue")
    action = response._get_param("ActionPrefix")
    kinds = response._get_param("AlarmTypes", []) or ["MetricAlarm"]
    return (
        (alarm.name in names if names else not HIDING.hidden(alarm.name))
        and alarm.name.startswith(response._get_param("AlarmNamePrefix", ""))
        and (not state or alarm.state_value == state)
        and (not action or any(given.startswith(action) for given in alarm.alarm_actions))
        and ("MetricAlarm" if alarm.rule is None else "CompositeAlarm") in kinds
    )
