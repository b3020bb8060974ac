package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may take on an app's role, and what it then may do. */
final class RolePolicies {
  private static final String PROVIDER = "oidc-provider/";

  /** The audience of the tokens that EKS mounts into pods. */
  private static final String AUDIENCE = "sts.amazonaws.com";

  private RolePolicies() {}

  /** Only pods of the app's service account in its own namespace. */
  static String trust(App app, Upstream.Settings settings) {
    String arn = settings.oidcProviderArn();
    String issuer = arn.substring(arn.indexOf(PROVIDER) + PROVIDER.length());
    String subject =
        "system:serviceaccount:" + app.identity().namespace() + ":" + serviceAccount(app);
    return new PolicyDocument(
            List.of(
                new Statement(
                    "PodsOfTheApp",
                    "Allow",
                    Map.of("Federated", arn),
                    List.of("sts:AssumeRoleWithWebIdentity"),
                    List.of(),
                    Map.of(
                        "StringEquals",
                        Map.of(issuer + ":sub", subject, issuer + ":aud", AUDIENCE)))))
        .json();
  }

  /**
   * A service account of the user's own is trusted by its name; the user annotates it with the
   * role's ARN.
   */
  private static String serviceAccount(App app) {
    String own = app.workload().serviceAccountName();
    return own == null || own.isEmpty() ? app.identity().name() : own;
  }

  /** The app's own data and nothing else. */
  static String data(App app, Upstream.Settings settings) {
    return new PolicyDocument(statements(app, settings)).json();
  }

  static List<Statement> statements(App app, Upstream.Settings settings) {
    List<Statement> statements = new ArrayList<>();
    app.bucketSettings().ifPresent(_ -> statements.addAll(bucket(app, settings)));
    app.tableSettings().ifPresent(_ -> statements.add(table(app, settings)));
    return statements;
  }

  /** Items of exactly one table, also by its indexes; nothing of its settings. */
  private static Statement table(App app, Upstream.Settings settings) {
    String table =
        "arn:%s:dynamodb:%s:%s:table/%s"
            .formatted(
                settings.partition(), app.region(), settings.accountId(), app.resourceName());
    return Statement.allow(
        "Items",
        List.of(
            "dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:PartiQLDelete",
            "dynamodb:PartiQLInsert",
            "dynamodb:PartiQLSelect",
            "dynamodb:PartiQLUpdate",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:UpdateItem"),
        List.of(table, table + "/index/*"));
  }

  /** Objects of exactly one bucket, with what multipart uploads need; nothing of its settings. */
  private static List<Statement> bucket(App app, Upstream.Settings settings) {
    String bucket = "arn:" + settings.partition() + ":s3:::" + app.bucketName(settings.accountId());
    return List.of(
        Statement.allow(
            "Bucket",
            List.of(
                "s3:ListBucket",
                "s3:ListBucketVersions",
                "s3:ListBucketMultipartUploads",
                "s3:GetBucketLocation"),
            List.of(bucket)),
        Statement.allow(
            "Objects",
            List.of(
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts"),
            List.of(bucket + "/*")));
  }
}
