"""What RDS offers: engine versions, instance classes, storage.

Sources: "Available PostgreSQL database versions", "MySQL on Amazon RDS versions", "MariaDB on Amazon RDS versions", "DB
instance class types" and "Amazon RDS DB instance storage" in the RDS user guide; CreateDBInstance in its API reference.
"""

from __future__ import annotations

import re

from emulator.corrections import refuse

# The minor version that RDS picks for a major one. Other minors of these majors are accepted as given.
DEFAULT_MINOR = {
    "postgres": {
        "13": "13.22", "14": "14.19", "15": "15.14", "16": "16.10", "17": "17.6", "18": "18.1",
    },
    "mysql": {"5.7": "5.7.44", "8.0": "8.0.43", "8.4": "8.4.6"},
    "mariadb": {"10.5": "10.5.29", "10.6": "10.6.23", "10.11": "10.11.14", "11.4": "11.4.8", "11.8": "11.8.3"},
}  # fmt: skip
DEFAULT_MAJOR = {"postgres": "17", "mysql": "8.4", "mariadb": "11.4"}

_CLASS = re.compile(r"db\.[a-z][a-z0-9]*(-[a-z0-9]+)*\.(micro|small|medium|large|\d*xlarge|metal)(\.[a-z0-9.]+)?")
MIN_STORAGE_GIB = {"standard": 5, "gp2": 20, "gp3": 20, "io1": 100, "io2": 100}
MAX_STORAGE_GIB = 65536
MAX_BACKUP_RETENTION_DAYS = 35


def major_of(engine: str, version: str) -> str:
    """The major version: ``17`` of 17.6 for PostgreSQL, ``8.4`` of 8.4.6 for MySQL and MariaDB."""
    return ".".join(version.split(".")[: 1 if engine == "postgres" else 2])


def full_version(engine: str, version: str | None) -> str | None:
    """The version that an instance gets when ``version`` is asked for: a major alone becomes its default minor.

    Engines that are not in the catalogue are left to moto. Fails with InvalidParameterCombination for a version that is
    not offered.
    """
    majors = DEFAULT_MINOR.get(engine)
    if majors is None:
        return version
    if not version:
        return majors[DEFAULT_MAJOR[engine]]
    major = major_of(engine, version)
    if major not in majors or not re.fullmatch(r"\d+(\.\d+){0,2}", version):
        refuse("InvalidParameterCombination", f"Cannot find version {version} for {engine}")
    return majors[major] if version == major else version


def check_class(instance_class: str) -> None:
    """Fails with InvalidParameterValue for what cannot be the name of an instance class."""
    if not _CLASS.fullmatch(instance_class):
        refuse("InvalidParameterValue", f"Invalid DB Instance class: {instance_class}")


def check_storage(engine: str, storage_type: str, gib: int) -> None:
    """Fails with InvalidParameterValue for a size that the storage type does not come in."""
    if not MIN_STORAGE_GIB.get(storage_type, 5) <= gib <= MAX_STORAGE_GIB:
        refuse(
            "InvalidParameterValue",
            f"Invalid storage size for engine name {engine} and storage type {storage_type}: {gib}",
        )


def check_retention(days: int) -> None:
    """Fails with InvalidParameterValue outside 0 to 35 days."""
    if not 0 <= days <= MAX_BACKUP_RETENTION_DAYS:
        refuse("InvalidParameterValue", f"Invalid backup retention period: {days}. Must be between 0 and 35.")


def check_password(engine: str, password: str) -> None:
    """Fails with InvalidParameterValue for a master password that the engine does not take."""
    longest = {"postgres": 128}.get(engine, 41)
    if not 8 <= len(password) <= longest:
        refuse(
            "InvalidParameterValue",
            f"The parameter MasterUserPassword is not a valid password because it is not between 8 and {longest}"
            " characters long.",
        )
    if not re.fullmatch(r"[!#-.0-?A-~]+", password):
        refuse(
            "InvalidParameterValue",
            "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/',"
            " '@', '\"', ' ' may be used.",
        )
