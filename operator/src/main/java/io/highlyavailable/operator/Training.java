package io.highlyavailable.operator;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.aws.AwsClientFactory;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.config.OperatorConfig;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import io.highlyavailable.operator.metrics.Metrics;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks through what every start and every reconciliation needs, without a cluster or a cloud, so
 * that the JVM can record the classes it loads in an AOT cache.
 */
final class Training {
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: training, namespace: default, uid: u, generation: 1}
      spec:
        image: example.com/app:1
        ingress: {host: app.example.com}
        database: {rds: {engine: postgres}}
        storage: {s3: {}}
      """;

  private Training() {}

  static void run() {
    OperatorConfig config =
        OperatorConfig.from(Map.of("HAAPP_CLUSTER_ID", "training", "AWS_REGION", "us-east-1"));
    try (AwsClientFactory aws = Engine.aws(config, new Metrics())) {
      var clients = aws.create(config.region());
      AwsCatalogue.modules().forEach(module -> module.adapter(clients));
    }
    HighlyAvailableApp resource = Serialization.unmarshal(APP, HighlyAvailableApp.class);
    AppFactory apps = new AppFactory(config.clusterId(), "cluster", config.region());
    if (apps.create(resource, "namespace") instanceof AppOutcome.Valid(var app)) {
      Serialization.asYaml(AppObjects.early(app));
      Serialization.asYaml(AppObjects.late(app, WorkloadInputs.NONE));
      List<Component<?, ?>> catalogue =
          AwsCatalogue.modules().stream().<Component<?, ?>>map(Module::component).toList();
      new Planner(catalogue)
          .plan(
              new AppView(
                  app,
                  new Upstream.Settings(
                      "000000000000", "aws", "", List.of(), "", config.iamPath(), ""),
                  Map.of(),
                  Map.of(),
                  Recorded.NOTHING,
                  Map.of(),
                  Map.of(),
                  Set.of(),
                  null,
                  false,
                  ChangeGate.OPEN));
    }
  }
}
