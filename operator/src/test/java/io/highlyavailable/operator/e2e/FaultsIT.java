package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.testbed.aws.FaultRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One service fails: its component says so, the others go on, and all heals by itself. */
@WithRig
class FaultsIT {

  @ParameterizedTest
  @CsvSource({
    "rds, CreateDBInstance, database, rds:CreateDBInstance",
    "ec2, CreateSecurityGroup, database-security-group, ec2:CreateSecurityGroup",
  })
  void deniedServiceIsNamedWithTheActionToAllow(
      String service, String operation, String component, String action, Rig rig, Stage stage) {
    stage.operator();
    operator(rig, service, operation)
        .always()
        .error(
            service.equals("ec2") ? "UnauthorizedOperation" : "AccessDenied",
            403,
            "User: operator is not authorized to perform: " + action);
    AppRig app = stage.quickstart();

    app.eventually(
        () -> {
          assertThat(app.message(component)).contains("not authorized to perform: " + action);
          assertThat(app.component(component).nextStep()).contains(action);
          assertThat(app.component(component).ready()).isFalse();
        });
    app.eventually(() -> assertThat(unready(app)).isSubsetOf(needing(component)));
    assertThat(app.status().phase()).isEqualTo(Phase.STALLED);

    rig.emulator().faults().clear();
    app.awaitReady();
  }

  private static FaultRule operator(Rig rig, String service, String operation) {
    return rig.emulator().faults().on(service, operation).caller(Rig.OPERATOR);
  }

  private static Set<String> unready(AppRig app) {
    return app.status().components().stream()
        .filter(component -> !component.ready())
        .map(ComponentStatus::name)
        .collect(Collectors.toSet());
  }

  /** The component and what cannot be had without it; pods wait for their bindings and role. */
  private static Set<String> needing(String component) {
    return switch (component) {
      case "database-security-group" -> Set.of(component, "database", "database-users", "workload");
      case "database" -> Set.of(component, "database-users", "workload");
      default -> Set.of(component, "workload");
    };
  }

  @ParameterizedTest
  @CsvSource({"rds, database", "s3, storage"})
  void throttledServiceIsCalledLessUntilItAllowsIt(
      String service, String component, Rig rig, Stage stage) {
    stage.operator();
    rig.emulator().faults().on(service).caller(Rig.OPERATOR).times(6).throttle();
    AppRig app = stage.quickstart();

    app.awaitReady();
    assertThat(app.component(component).ready()).isTrue();
  }

  @Test
  void serviceThatIsDownLeavesTheLastReadingAndTheRestGoesOn(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    rig.emulator().faults().on("rds").caller(Rig.OPERATOR).always().dropBefore();
    app.eventually(
        () -> assertThat(app.message("database")).startsWith("as last seen; rds:Describe"));
    assertThat(app.component("database").ready()).as("it was when last seen").isTrue();
    assertThat(app.condition("InSync").reason()).isEqualTo("NotObserved");
    String bucket = app.aws().bucket();
    rig.aws().s3().deletePublicAccessBlock(r -> r.bucket(bucket));
    app.eventually(
        () ->
            assertThat(
                    rig.aws()
                        .s3()
                        .getPublicAccessBlock(r -> r.bucket(bucket))
                        .publicAccessBlockConfiguration()
                        .blockPublicAcls())
                .isTrue());

    rig.emulator().faults().clear();
    app.eventually(() -> assertThat(app.condition("InSync").reason()).isEqualTo("NoDrift"));
    app.awaitReady();
    assertThat(app.message("database")).isEmpty();
  }

  @Test
  void generatedPasswordIsSeenNowhereButInSecrets(Rig rig, Stage stage) throws Exception {
    stage.operator();
    operator(rig, "rds", "CreateDBInstance")
        .times(2)
        .error("InvalidParameterValue", 400, "The parameter is not valid");
    AppRig app = stage.quickstart().awaitReady();
    String users = app.secret("database-user-a").get("password");
    assertThat(app.secret("database")).containsEntry("password", users);

    for (String password : List.of(users, app.secret("database-master").get("password"))) {
      assertSeenNowhere(rig, app, password);
    }
  }

  private static void assertSeenNowhere(Rig rig, AppRig app, String password) throws Exception {
    assertThat(Serialization.asYaml(app.get())).doesNotContain(password);
    assertThat(Serialization.asYaml(rig.client().batch().v1().jobs().inAnyNamespace().list()))
        .doesNotContain(password);
    assertThat(rig.client().v1().events().inNamespace(app.namespace()).list().getItems())
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.toString()).doesNotContain(password));
    assertThat(rig.running().metrics()).doesNotContain(password);
    assertThat(Files.readString(rig.running().logFile())).contains("shop").doesNotContain(password);
    for (String file : List.of("cmdline", "environ")) {
      Path process = Path.of("/proc", Long.toString(rig.running().pid()), file);
      assertThat(Files.readString(process)).doesNotContain(password);
    }
  }
}
