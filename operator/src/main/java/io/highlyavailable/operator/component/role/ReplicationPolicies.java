package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;

/**
 * Who may take on the role that copies objects, and what it then may do: "Setting up permissions
 * for live replication" in S3's guide, without what concerns other accounts and KMS keys.
 */
final class ReplicationPolicies {
  private ReplicationPolicies() {}

  /** S3 itself, for the app's own bucket: nobody else's bucket can be copied with it. */
  static String trust(App app, Upstream.Settings settings) {
    return new PolicyDocument(
            List.of(
                new Statement(
                    "S3ForThisBucket",
                    "Allow",
                    Map.of("Service", "s3.amazonaws.com"),
                    List.of("sts:AssumeRole"),
                    List.of(),
                    Map.of(
                        "StringEquals",
                        Map.of(
                            "aws:SourceAccount",
                            settings.accountId(),
                            "aws:SourceArn",
                            source(app, settings))))))
        .json();
  }

  /** Reading versions of the one bucket, and writing them to the other. */
  static String replication(App app, Upstream.Settings settings) {
    String source = source(app, settings);
    String copy =
        arn(
            settings,
            Names.replica(app.identity(), settings.accountId(), settings.recoveryRegion()));
    return new PolicyDocument(
            List.of(
                Statement.allow(
                    "Source",
                    List.of("s3:GetReplicationConfiguration", "s3:ListBucket"),
                    List.of(source)),
                Statement.allow(
                    "SourceObjects",
                    List.of(
                        "s3:GetObjectVersionForReplication",
                        "s3:GetObjectVersionAcl",
                        "s3:GetObjectVersionTagging"),
                    List.of(source + "/*")),
                Statement.allow(
                    "Copies",
                    List.of("s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"),
                    List.of(copy + "/*"))))
        .json();
  }

  private static String source(App app, Upstream.Settings settings) {
    return arn(settings, app.bucketName(settings.accountId()));
  }

  private static String arn(Upstream.Settings settings, String bucket) {
    return "arn:" + settings.partition() + ":s3:::" + bucket;
  }
}
