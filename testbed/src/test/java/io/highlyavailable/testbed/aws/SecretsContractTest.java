package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Source: the Secrets Manager API reference, and "Delete a secret" in its user guide. */
class SecretsContractTest extends EmulatorTest {
  private static final String NAME = "shop-environment";

  private final SecretsManagerClient secrets = client(SecretsManagerClient.builder());

  @Test
  void theNameOfASecretScheduledForDeletionIsTakenUntilItIsRestored() {
    secrets.createSecret(it -> it.name(NAME));
    secrets.deleteSecret(it -> it.secretId(NAME).recoveryWindowInDays(7L));
    assertThat(secrets.listSecrets().secretList()).isEmpty();
    refused("InvalidRequestException", () -> secrets.createSecret(it -> it.name(NAME)));
    assertThat(secrets.describeSecret(it -> it.secretId(NAME)).deletedDate()).isNotNull();
    secrets.restoreSecret(it -> it.secretId(NAME));
    assertThat(secrets.listSecrets().secretList()).hasSize(1);
    refused("ResourceExistsException", () -> secrets.createSecret(it -> it.name(NAME)));
  }

  @Test
  void aVersionThatIsThereIsNotMadeCurrentByBeingPutAgain() {
    String first = "a".repeat(48);
    secrets.createSecret(it -> it.name(NAME));
    secrets.putSecretValue(it -> it.secretId(NAME).clientRequestToken(first).secretString("1"));
    String second = secrets.putSecretValue(it -> it.secretId(NAME).secretString("2")).versionId();
    var again =
        secrets.putSecretValue(it -> it.secretId(NAME).clientRequestToken(first).secretString("1"));
    assertThat(again.versionStages()).containsExactly("AWSPREVIOUS");
    secrets.updateSecretVersionStage(
        it ->
            it.secretId(NAME)
                .versionStage("AWSCURRENT")
                .moveToVersionId(first)
                .removeFromVersionId(second));
    assertThat(secrets.getSecretValue(it -> it.secretId(NAME)).secretString()).isEqualTo("1");
  }
}
