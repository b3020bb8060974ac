package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.role.ReplicationRole;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.CorsRule;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Sensitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A private, encrypted bucket that keeps overwritten objects for a while and speaks TLS only. */
public final class BucketRules implements Component<BucketDesired, Bucket> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("storage");

  static final String VERSIONING = "versioning";
  static final String ENCRYPTION = "encryption";
  static final String PUBLIC_ACCESS = "publicAccessBlocked";
  static final String OWNERSHIP = "ownership";
  static final String POLICY = "policy";
  static final String LIFECYCLE = "lifecycle";
  static final String CORS = "cors";
  static final String REPLICATION = "replication";

  private static final ComponentName REPLICATION_ROLE =
      new ComponentName("storage-replication-role");

  private static final String BINDING = "storage";

  /** Others' statements may be long, and are not the app's to show. */
  private static final String NOT_THERE = "without the statement " + Shared.SID;

  private static final String ADDED = "with it, which refuses connections without TLS";

  /** Parts of uploads that were never completed cost like objects, and nobody sees them. */
  private static final int ABORT_UPLOADS_DAYS = 7;

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "s3";
  }

  @Override
  public String condition() {
    return "StorageReady";
  }

  @Override
  public Class<Bucket> resourceType() {
    return Bucket.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(ReplicaRules.NAME, REPLICATION_ROLE);
  }

  @Override
  public boolean wanted(App app) {
    return app.bucketSettings().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return settings.accountId().isEmpty()
        ? Optional.empty()
        : Optional.of(app.bucketName(settings.accountId()));
  }

  @Override
  public Optional<String> lastName(Map<ComponentName, String> ids) {
    return Optional.ofNullable(ids.get(NAME)).map(Bucket::nameOf);
  }

  @Override
  public Optional<Adoption<BucketDesired, Bucket>> adoption() {
    return Optional.of(new BucketAdoption());
  }

  @Override
  public Desired<BucketDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    BucketSettings wanted = app.bucketSettings().orElseThrow();
    String name = app.bucketName(settings.accountId());
    BucketDesired own =
        desired(
            name,
            settings.partition(),
            wanted,
            wanted.cors(),
            replication(app, upstream),
            AccessLogs.of(app, settings).orElse(null));
    return new Desired.Known<>(wanted.existing() == null ? own : shared(own));
  }

  /** The same with what marks our settings among others'. */
  private static BucketDesired shared(BucketDesired own) {
    Bucket.Settings settings = own.settings();
    return new BucketDesired(
        own.name(),
        own.id(),
        own.expireNoncurrentDays(),
        own.abortUploadsDays(),
        true,
        own.cors(),
        own.replication(),
        own.logs(),
        new Bucket.Settings(
            settings.versioning(),
            settings.encryption(),
            settings.publicAccessBlocked(),
            settings.ownership(),
            tlsOnly(Shared.SID, own.id()),
            settings.lifecycle().stream()
                .map(Shared::marked)
                .collect(Collectors.toCollection(TreeSet::new)),
            settings.cors().stream().map(Shared::marked).toList(),
            settings.replication()));
  }

  /** A bucket of that name. */
  static BucketDesired desired(
      String name,
      String partition,
      BucketSettings wanted,
      List<CorsRule> cors,
      Replication replication,
      @Nullable AccessLogs logs) {
    String arn = arn(partition, name);
    return new BucketDesired(
        name,
        arn,
        wanted.expireNoncurrentDays(),
        ABORT_UPLOADS_DAYS,
        false,
        cors,
        replication,
        logs,
        new Bucket.Settings(
            wanted.versioning(),
            "AES256",
            true,
            "BucketOwnerEnforced",
            policy(arn, logs),
            lifecycle(wanted, logs),
            cors.stream().map(CorsLine::of).toList(),
            replication instanceof Replication.To to ? to.line() : ""));
  }

  static String arn(String partition, String bucket) {
    return "arn:" + partition + ":s3:::" + bucket;
  }

  /** The bucket does not wait for its copy: the app needs it, and the copy is for a bad day. */
  private static Replication replication(App app, Upstream upstream) {
    if (app.bucketCopies().isEmpty()) {
      return new Replication.None();
    }
    Optional<ReplicaBucket> copy = upstream.ready(ReplicaBucket.class);
    Optional<ReplicationRole> role = upstream.ready(ReplicationRole.class);
    return copy.isPresent() && role.isPresent()
        ? new Replication.To(copy.get().id(), role.get().id())
        : new Replication.Undecided();
  }

  private static TreeSet<String> lifecycle(BucketSettings wanted, @Nullable AccessLogs logs) {
    TreeSet<String> lines = new TreeSet<>(Set.of(LifecycleLine.abortUploads(ABORT_UPLOADS_DAYS)));
    Optional.ofNullable(wanted.expireNoncurrentDays())
        .map(LifecycleLine::expireNoncurrent)
        .ifPresent(lines::add);
    Optional.ofNullable(logs).map(it -> LifecycleLine.expireLogs(it.days())).ifPresent(lines::add);
    return lines;
  }

  private static String policy(String arn, @Nullable AccessLogs logs) {
    List<Statement> statements = new ArrayList<>(List.of(noPlaintext("TlsOnly", arn)));
    Optional.ofNullable(logs).map(it -> it.statement(arn)).ifPresent(statements::add);
    return new PolicyDocument(statements).json();
  }

  private static String tlsOnly(String sid, String arn) {
    return new PolicyDocument(List.of(noPlaintext(sid, arn))).json();
  }

  private static Statement noPlaintext(String sid, String arn) {
    return new Statement(
        sid,
        "Deny",
        Map.of("AWS", "*"),
        List.of("s3:*"),
        List.of(arn, arn + "/*"),
        Map.of("Bool", Map.of("aws:SecureTransport", "false")));
  }

  @Override
  public List<Difference> differences(BucketDesired desired, Bucket actual) {
    return between(desired.over(actual), actual);
  }

  static List<Difference> between(BucketDesired desired, Bucket actual) {
    Bucket.Settings want = desired.settings();
    Bucket.Settings have = actual.settings();
    List<Difference> found = new ArrayList<>();
    // Versioning cannot be suspended while objects are copied, nor they be copied without it.
    // Where no copies are asked for, what somebody else had S3 copy is theirs.
    if (desired.replication() instanceof Replication.None && Replication.ours(have.replication())) {
      compare(found, REPLICATION, want.replication(), have.replication());
    }
    compare(found, VERSIONING, want.versioning(), have.versioning());
    compare(found, ENCRYPTION, want.encryption(), have.encryption());
    compare(found, PUBLIC_ACCESS, want.publicAccessBlocked(), have.publicAccessBlocked());
    compare(found, OWNERSHIP, want.ownership(), have.ownership());
    if (desired.adopted() && !want.policy().equals(have.policy())) {
      found.add(new Difference(POLICY, ADDED, NOT_THERE, Impact.IN_PLACE));
    } else {
      compare(found, POLICY, want.policy(), have.policy());
    }
    compare(found, LIFECYCLE, want.lifecycle(), have.lifecycle());
    compare(found, CORS, want.cors(), have.cors());
    if (desired.replication() instanceof Replication.To) {
      compare(found, REPLICATION, want.replication(), have.replication());
    }
    return found;
  }

  private static void compare(List<Difference> found, String field, Object wanted, Object actual) {
    if (!wanted.equals(actual)) {
      found.add(new Difference(field, printable(wanted), printable(actual), Impact.IN_PLACE));
    }
  }

  private static String printable(Object value) {
    String text = value.toString();
    return text.isEmpty() ? "none" : text;
  }

  @Override
  public Readiness readiness(BucketDesired desired, Bucket actual) {
    return new Readiness.Ready();
  }

  @Override
  public boolean holdsData() {
    return true;
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.bucketSettings().map(BucketSettings::deletionPolicy).orElse(app.deletionPolicy());
  }

  @Override
  public Optional<String> bindingSuffix() {
    return Optional.of(BINDING);
  }

  @Override
  public Optional<Binding> binding(App app, Bucket actual, Upstream upstream) {
    return Optional.of(
        new Binding(
            BINDING,
            "s3",
            Map.of(
                "bucket", new Sensitive(actual.name()),
                "region", new Sensitive(app.region()),
                "uri", new Sensitive("s3://" + actual.name()))));
  }

  @Override
  public Set<String> iamActions() {
    return IAM_ACTIONS;
  }

  /** What it takes to keep a bucket. */
  static final Set<String> IAM_ACTIONS =
      Set.of(
          "s3:ListAllMyBuckets",
          "s3:ListBucket",
          "s3:CreateBucket",
          "s3:TagResource",
          "s3:GetBucketTagging",
          "s3:PutBucketTagging",
          "s3:GetBucketVersioning",
          "s3:PutBucketVersioning",
          "s3:GetEncryptionConfiguration",
          "s3:PutEncryptionConfiguration",
          "s3:GetBucketPublicAccessBlock",
          "s3:PutBucketPublicAccessBlock",
          "s3:GetBucketOwnershipControls",
          "s3:PutBucketOwnershipControls",
          "s3:GetBucketPolicy",
          "s3:PutBucketPolicy",
          "s3:GetLifecycleConfiguration",
          "s3:PutLifecycleConfiguration",
          "s3:ListBucketVersions",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:DeleteBucket",
          "s3:GetBucketCORS",
          "s3:PutBucketCORS",
          "s3:GetReplicationConfiguration",
          "s3:PutReplicationConfiguration",
          "iam:PassRole");
}
