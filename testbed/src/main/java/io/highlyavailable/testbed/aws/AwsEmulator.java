package io.highlyavailable.testbed.aws;

import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.ProcessStarter;
import io.highlyavailable.testbed.process.RunningProcess;
import io.highlyavailable.testbed.process.Supervised;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * An AWS on loopback: moto behind a front that numbers every call, injects faults, lets RDS states
 * last, and corrects what moto gets wrong (see {@code testbed/platform/aws/emulator}).
 *
 * <p>Safe for use by several threads. One account, {@value #ACCOUNT}; any credentials are accepted,
 * and the access key id tells callers apart in the {@link CallLog}.
 */
public final class AwsEmulator implements AutoCloseable {

  /** The account that every caller is in. */
  public static final String ACCOUNT = "123456789012";

  /** The region that {@link #configure} sets. */
  public static final Region REGION = Region.US_EAST_1;

  /** The access key id of clients made with {@link #configure(AwsClientBuilder)}. */
  public static final String TEST_CALLER = "test";

  private final ControlApi control;
  private final @Nullable RunningProcess process;

  private AwsEmulator(URI endpoint, @Nullable RunningProcess process) {
    this.control = new ControlApi(endpoint);
    this.process = process;
  }

  /**
   * Starts an emulator that ends with this JVM, and returns when it serves (2 to 5 seconds).
   *
   * @param python interpreter with the packages of {@code testbed/platform/aws/requirements.txt}
   * @param emulatorDirectory {@code testbed/platform/aws}
   * @param log file for what the emulator prints; the port is kept beside it
   * @throws IllegalStateException when it does not come up; the message names the log
   */
  public static AwsEmulator start(Path python, Path emulatorDirectory, Path log) {
    return start(Supervised::start, python, emulatorDirectory, log);
  }

  /**
   * Starts an emulator that lives as long as {@code starter} lets it, on a free port.
   *
   * @see #start(Path, Path, Path)
   */
  public static AwsEmulator start(
      ProcessStarter starter, Path python, Path emulatorDirectory, Path log) {
    PortFile portFile = PortFile.beside(log);
    RunningProcess process =
        starter.start(
            new Command(
                "aws-emulator",
                List.of(
                    python.toString(), "-m", "emulator", "--port-file", portFile.path().toString()),
                Map.of(
                    "PYTHONPATH",
                    emulatorDirectory.toAbsolutePath().toString(),
                    "PYTHONDONTWRITEBYTECODE",
                    "1"),
                log));
    return new AwsEmulator(URI.create("http://127.0.0.1:" + portFile.await(process)), process);
  }

  /** An emulator that runs already; closing the result leaves it running. */
  public static AwsEmulator attach(URI endpoint) {
    return new AwsEmulator(endpoint, null);
  }

  /** Where it serves, {@code http://127.0.0.1:port}. */
  public URI endpoint() {
    return control.endpoint();
  }

  /** The process, when this object started one. */
  public Optional<RunningProcess> process() {
    return Optional.ofNullable(process);
  }

  /**
   * Deletes every resource, fault, duration and recorded call, and puts the examples' certificates
   * back. Numbers of calls go on, so that marks stay valid.
   */
  public void reset() {
    control.post("reset", Map.of());
  }

  /** The faults to inject. */
  public Faults faults() {
    return new Faults(control);
  }

  /** The calls of all callers. */
  public CallLog calls() {
    return new CallLog(control, null);
  }

  /** How long states last. */
  public Transitions transitions() {
    return new Transitions(control);
  }

  /**
   * Opens the maintenance window of a database instance: what was modified with {@code
   * ApplyImmediately=false} is applied, through {@code modifying}.
   *
   * @return the names of the settings that waited, as in PendingModifiedValues
   * @throws IllegalStateException when there is no such instance
   */
  public List<String> applyPendingMaintenance(String databaseId) {
    return maintain("rds", databaseId);
  }

  /**
   * Opens the maintenance window of a replication group, as {@link #applyPendingMaintenance} does
   * that of a database instance.
   */
  public List<String> applyPendingCacheMaintenance(String replicationGroupId) {
    return maintain("elasticache", replicationGroupId);
  }

  private List<String> maintain(String service, String id) {
    List<String> applied = new ArrayList<>();
    control
        .post("maintenance/" + service, Map.of("id", id))
        .get("applied")
        .forEach(name -> applied.add(name.asText()));
    return applied;
  }

  /**
   * Puts a database instance into a state that only RDS itself decides on, such as {@code failed}
   * or {@code storage-full}.
   *
   * @throws IllegalStateException when there is no such instance
   */
  public void forceDatabaseStatus(String databaseId, String status) {
    control.post("status/rds", Map.of("id", databaseId, "status", status));
  }

  /**
   * Puts a read replica's replication into a state that only RDS itself decides on, such as {@code
   * error}.
   *
   * @param message what RDS says of it; empty for nothing
   * @throws IllegalStateException when there is no such instance
   */
  public void forceReplication(String replicaId, String status, String message) {
    control.post("replication/rds", Map.of("id", replicaId, "status", status, "message", message));
  }

  /**
   * Decides what health checks find of every target of a group, those that are there and those that
   * come.
   *
   * @param targetGroup the group's name
   * @param state {@code healthy} or {@code unhealthy}
   * @throws IllegalStateException when there is no such group
   */
  public void forceTargetHealth(String targetGroup, String state) {
    forceTargetHealth(targetGroup, "*", state);
  }

  /** The same of one target, by its id. */
  public void forceTargetHealth(String targetGroup, String target, String state) {
    control.post("health/elbv2", Map.of("group", targetGroup, "target", target, "state", state));
  }

  /**
   * Decides that instances which a refresh of an Auto Scaling group starts do not work.
   *
   * @param reason what EC2 Auto Scaling says of it
   * @throws IllegalStateException when there is no such group
   */
  public void breakNewInstances(String group, String reason) {
    control.post("instances/autoscaling", Map.of("group", group, "works", false, "reason", reason));
  }

  /** The same, that they do. */
  public void repairNewInstances(String group) {
    control.post("instances/autoscaling", Map.of("group", group, "works", true));
  }

  /**
   * Adds an issued certificate to ACM in {@link #REGION}.
   *
   * @param host a host name, or one with a leading {@code *.}
   * @return its ARN
   */
  public String addCertificate(String host) {
    return addCertificate(host, List.of());
  }

  /** The same for more names, as many as an imported one may have. */
  public String addCertificate(String host, List<String> others) {
    return control
        .post("certificates", Map.of("host", host, "others", others))
        .path("arns")
        .path(0)
        .asText();
  }

  /**
   * Points a client at the emulator: endpoint, {@link #REGION}, credentials of {@link
   * #TEST_CALLER}. An S3 client needs {@code forcePathStyle(true)} besides, since buckets have no
   * host names here.
   */
  public <B extends AwsClientBuilder<B, C>, C> B configure(B builder) {
    return configure(builder, TEST_CALLER);
  }

  /** Like {@link #configure(AwsClientBuilder)}, calling as the access key id {@code caller}. */
  public <B extends AwsClientBuilder<B, C>, C> B configure(B builder, String caller) {
    return builder
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "secret")));
  }

  @Override
  public void close() {
    control.close();
    if (process != null) {
      process.stop(Duration.ZERO);
    }
  }
}
