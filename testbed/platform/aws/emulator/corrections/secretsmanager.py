"""Secrets Manager: the name of a secret that is scheduled for deletion is taken; the current version is that with the label.

Source: CreateSecret, DeleteSecret and UpdateSecretVersionStage in the Secrets Manager API reference; "Delete a secret"
in its user guide.
"""

from __future__ import annotations

from typing import Any

from moto.secretsmanager.models import SecretsManagerBackend

from emulator.corrections import refuse, replaces

_CURRENT = "AWSCURRENT"


@replaces(SecretsManagerBackend, "create_secret")
def create(original: Any, self: SecretsManagerBackend, name: str, *args: Any, **given: Any) -> str:
    """Refuses until the secret is gone for good."""
    if name in self.secrets and self.secrets[name].is_deleted():
        refuse(
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
        )
    return original(self, name, *args, **given)


@replaces(SecretsManagerBackend, "update_secret_version_stage")
def move_stage(original: Any, self: SecretsManagerBackend, secret_id: str, version_stage: str, *rest: Any, **given: Any) -> Any:
    """What has the label AWSCURRENT is what a reader gets who names no version."""
    answer = original(self, secret_id, version_stage, *rest, **given)
    secret = self.secrets[secret_id]
    for version, value in secret.versions.items():
        if _CURRENT in value["version_stages"]:
            secret.set_default_version_id(version)
    return answer
