package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import org.junit.jupiter.api.Test;

/** Apps that share a name, a namespace or an account do not see each other. */
@WithRig
class IsolationIT {
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: %s}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        deletionProtection: false
        deletionPolicy: Delete
        database: {rds: {engine: postgres}}
        storage: {s3: {}}
        monitoring: {cloudWatch: {}}
      """;

  @Test
  void appsOfOneNameInTwoNamespacesHaveTheirOwnData(Stage stage) {
    stage.operator();
    AppRig one = stage.apply(stage.namespace(), APP.formatted("shop"));
    AppRig two = stage.apply(stage.anotherNamespace(), APP.formatted("shop"));
    assertApartAndDeletedApart(one, two);
  }

  @Test
  void appsOfTwoNamesInOneNamespaceHaveTheirOwnData(Stage stage) {
    stage.operator();
    AppRig one = stage.apply(APP.formatted("shop"));
    AppRig two = stage.apply(APP.formatted("shop-database"));
    assertApartAndDeletedApart(one, two);
  }

  private static void assertApartAndDeletedApart(AppRig one, AppRig two) {
    one.awaitReady();
    two.awaitReady();
    assertThat(one.aws().resource()).isNotEqualTo(two.aws().resource());
    assertThat(one.secret("database").get("password"))
        .isNotEqualTo(two.secret("database").get("password"));
    assertThat(one.aws().rolePolicies()).doesNotContain(two.aws().bucket());
    String before = two.aws().database().orElseThrow().dbiResourceId();

    one.delete();
    one.awaitGone();

    assertThat(one.aws().database()).isEmpty();
    assertThat(one.aws().bucketExists()).isFalse();
    assertThat(two.aws().database().orElseThrow().dbiResourceId()).isEqualTo(before);
    assertThat(two.aws().bucketTags()).doesNotContainKey(OwnershipTags.RETAINED);
    assertThat(two.aws().alarms()).hasSize(4);
    assertThat(two.aws().role()).isPresent();
    two.assertReady();
  }

  @Test
  void operatorOfSomeNamespacesIgnoresTheOthers(Rig rig, Stage stage) {
    stage.operator(stage.ownSettings());
    AppRig other = stage.apply(stage.anotherNamespace(), APP.formatted("shop"));
    ApiServerAudit.Mark mark = rig.audit().mark();

    stage.apply(APP.formatted("shop")).awaitReady();
    Await.polls(rig, 2);

    assertThat(other.status().observedGeneration()).as("never seen").isEqualTo(-1);
    assertThat(other.status().phase()).isNull();
    assertThat(other.get().getMetadata().getFinalizers()).isEmpty();
    assertThat(other.aws().database()).isEmpty();
    assertThat(rig.audit().since(mark, rig.operatorUser()))
        .noneMatch(write -> write.namespace().equals(other.namespace()))
        .noneMatch(write -> write.status() == 403);
  }
}
