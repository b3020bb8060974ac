"""CloudWatch Logs: a log group takes its tags with it, and keeps records for one of certain numbers of days.

Source: DeleteLogGroup ("permanently deletes all the archived log events", and with the group its tags) and
PutRetentionPolicy in the API reference of CloudWatch Logs; LogGroup there (``arn`` ends with ``:*``, ``logGroupArn``
does not).
"""

from __future__ import annotations

from typing import Any

from moto.logs.models import LogGroup, LogsBackend

from emulator.corrections import refuse, replaces

_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)


@replaces(LogsBackend, "delete_log_group")
def delete_log_group(original: Any, self: LogsBackend, log_group_name: str) -> None:
    """Forgets the tags; moto would give them to the next group of the name."""
    group = self.groups.get(log_group_name)
    original(self, log_group_name)
    if group is not None:
        self.tagger.delete_all_tags_for_resource(group.arn)


@replaces(LogsBackend, "put_retention_policy")
def put_retention_policy(original: Any, self: LogsBackend, log_group_name: str, retention_in_days: Any) -> None:
    """Refuses a number of days that the service does not know."""
    if int(retention_in_days) not in _DAYS:
        refuse("InvalidParameterException", f"retentionInDays must be one of {list(_DAYS)}")
    original(self, log_group_name, retention_in_days)


@replaces(LogGroup, "to_describe_dict")
def to_describe_dict(original: Any, self: LogGroup) -> dict[str, Any]:
    """Names the group with and without its streams."""
    described: dict[str, Any] = original(self)
    return {**described, "arn": f"{self.arn}:*", "logGroupArn": self.arn}
