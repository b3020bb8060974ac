package io.highlyavailable.operator.component.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.TableSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleRulesTest {
  private final RoleRules rules = new RoleRules();
  private final App app = SampleApp.named("shop").build();

  private RoleDesired known(App wanted) {
    return ((Desired.Known<RoleDesired>) rules.desired(wanted, new KnownUpstream())).state();
  }

  private static Role role(String trust, String policy, String boundary) {
    return new Role("r", "arn", trust, policy, boundary, Map.of());
  }

  @Test
  void trustsOnlyTheAppsServiceAccountInItsNamespace() {
    assertThat(known(app).trustPolicy())
        .isEqualTo(
            """
            {"Statement":[{"Action":["sts:AssumeRoleWithWebIdentity"],"Condition":{"StringEquals":\
            {"oidc.eks.us-east-1.amazonaws.com/id/ABC:aud":"sts.amazonaws.com",\
            "oidc.eks.us-east-1.amazonaws.com/id/ABC:sub":"system:serviceaccount:prod:shop"}},\
            "Effect":"Allow","Principal":{"Federated":\
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC"},\
            "Sid":"PodsOfTheApp"}],"Version":"2012-10-17"}""");
  }

  @Test
  void trustsAServiceAccountOfTheUsersOwn() {
    App own = SampleApp.named("shop").serviceAccountName("mine").build();
    assertThat(known(own).trustPolicy()).contains("system:serviceaccount:prod:mine");
  }

  @Test
  void reachesExactlyOneBucket() {
    String bucket = "arn:aws:s3:::" + app.resourceName();
    assertThat(known(app).policy()).contains("\"" + bucket).doesNotContain("\"*\"", "s3:*");
  }

  private static SampleApp withTable() {
    var key = new TableSettings.Key("id", "S");
    return SampleApp.named("shop")
        .table(new TableSettings(key, null, true, "", DeletionPolicy.SNAPSHOT));
  }

  @Test
  void reachesExactlyOneTableAndItsIndexes() {
    String table = "arn:aws:dynamodb:us-east-1:123456789012:table/" + app.resourceName();
    String policy = known(withTable().bucket(null).build()).policy();
    assertThat(policy)
        .contains("\"Resource\":[\"" + table + "\",\"" + table + "/index/*\"]")
        .contains("dynamodb:PutItem", "dynamodb:Query")
        .doesNotContain("\"*\"", "dynamodb:*", "s3:", "DeleteTable", "UpdateTable");
  }

  @Test
  void reachesBucketAndTableWhenThereAreBoth() {
    assertThat(known(withTable().build()).policy()).contains("\"Bucket\"", "\"Items\"");
    assertThat(known(app).policy()).doesNotContain("dynamodb");
  }

  @Test
  void isWantedForABucketOrATable() {
    assertThat(rules.wanted(app)).isTrue();
    assertThat(rules.wanted(withTable().bucket(null).build())).isTrue();
    assertThat(rules.wanted(SampleApp.named("shop").bucket(null).build())).isFalse();
  }

  @Test
  void countsTowardsWhatItIsFor() {
    assertThat(rules.condition(app)).isEqualTo("StorageReady");
    assertThat(rules.condition(withTable().build())).isEqualTo("StorageReady");
    assertThat(rules.condition(withTable().bucket(null).build())).isEqualTo("DatabaseReady");
  }

  @Test
  void hostileNamesStayInsideTheirStrings() {
    App hostile = SampleApp.named("shop").serviceAccountName("x\"}},{\"Effect\":\"Allow").build();
    assertThat(known(hostile).trustPolicy()).contains("prod:x\\\"}},{\\\"Effect\\\":");
  }

  @Test
  void isImpossibleWithoutAnOidcProvider() {
    Upstream.Settings none = new Upstream.Settings("1", "aws", "vpc-1", List.of(), "", "/", "");
    assertThat(rules.desired(app, new KnownUpstream(none)).toString())
        .contains("HAAPP_OIDC_PROVIDER_ARN", "spec.storage");
    assertThat(rules.desired(withTable().bucket(null).build(), new KnownUpstream(none)).toString())
        .contains("HAAPP_OIDC_PROVIDER_ARN", "spec.database.dynamoDb");
  }

  @Test
  void eachOwnedFieldIsADifferenceOfItsOwn() {
    RoleDesired want = known(app);
    assertThat(rules.differences(want, role(want.trustPolicy(), want.policy(), ""))).isEmpty();
    assertThat(rules.differences(want, role("{}", want.policy(), "")))
        .extracting(Difference::field)
        .containsExactly("trustPolicy");
    assertThat(rules.differences(want, role(want.trustPolicy(), "", "")))
        .extracting(Difference::field)
        .containsExactly("policy");
    assertThat(rules.differences(want, role(want.trustPolicy(), want.policy(), "arn:x")))
        .extracting(Difference::field)
        .containsExactly("permissionsBoundary");
  }

  @Test
  void isNotReadyBeforeItsPolicyIsThere() {
    assertThat(rules.readiness(known(app), role("{}", "", "")))
        .isInstanceOf(Readiness.Progressing.class);
    assertThat(rules.readiness(known(app), role("{}", "{}", ""))).isEqualTo(new Readiness.Ready());
  }
}
