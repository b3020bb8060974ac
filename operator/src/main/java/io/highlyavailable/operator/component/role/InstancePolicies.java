package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.EcrImage;
import io.highlyavailable.operator.model.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may take on the role of an app's instances, and what it then may do. */
final class InstancePolicies {
  private InstancePolicies() {}

  /** EC2 itself, for instances. */
  static String trust(Upstream.Settings settings) {
    String service =
        settings.partition().equals("aws-cn") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
    return new PolicyDocument(
            List.of(
                new Statement(
                    "Instances",
                    "Allow",
                    Map.of("Service", service),
                    List.of("sts:AssumeRole"),
                    List.of(),
                    Map.of())))
        .json();
  }

  /** The app's environment, its image where that is ECR's, and its own data; nothing else. */
  static String instance(App app, Upstream.Settings settings) {
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.allow(
            "Environment", List.of("secretsmanager:GetSecretValue"), secret(app, settings)));
    EcrImage.of(app.workload().image())
        .ifPresent(image -> statements.addAll(image(image, settings)));
    statements.addAll(RolePolicies.statements(app, settings));
    return new PolicyDocument(statements).json();
  }

  /** Secrets Manager appends six characters to the name. */
  private static List<String> secret(App app, Upstream.Settings settings) {
    return List.of(
        "arn:%s:secretsmanager:%s:%s:secret:%s-??????"
            .formatted(
                settings.partition(),
                app.region(),
                settings.accountId(),
                Names.environment(app.identity())));
  }

  /** "Pulling a private image" in ECR's guide; a token is the registry's, not a repository's. */
  private static List<Statement> image(EcrImage image, Upstream.Settings settings) {
    return List.of(
        Statement.allow("Registry", List.of("ecr:GetAuthorizationToken"), List.of("*")),
        Statement.allow(
            "Image",
            List.of(
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"),
            List.of(
                "arn:%s:ecr:%s:%s:repository/%s"
                    .formatted(
                        settings.partition(),
                        image.region(),
                        image.accountId(),
                        image.repository()))));
  }
}
