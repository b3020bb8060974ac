package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.alarms.Alarm;
import io.highlyavailable.operator.component.alarms.AlarmSet;
import io.highlyavailable.operator.component.alarms.AlarmSetDesired;
import io.highlyavailable.operator.component.alarms.AlarmSetRules;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** An app with all that a dashboard shows of pods, and its resources as they would be found. */
final class SampleBoard {
  static final App APP = withReplica(SampleApp.named("shop").dashboard(true).build());

  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";

  private SampleBoard() {}

  private static App withReplica(App app) {
    return Records.with(
        app, "database", Records.with((Record) Records.get(app, "database"), "readReplicas", 1));
  }

  static KnownUpstream upstream() {
    KnownUpstream upstream =
        new KnownUpstream()
            .ready(
                new LoadBalancer(
                    APP.key().toString(),
                    new TreeSet<>(List.of(ELB + "loadbalancer/app/k8s-shop/0123456789abcdef")),
                    new TreeSet<>(List.of(ELB + "targetgroup/k8s-shop/fedcba9876543210"))))
            .ready(store());
    return upstream.ready(alarms(upstream));
  }

  private static SessionStore store() {
    String name = APP.resourceName();
    return new SessionStore(
        name,
        "arn",
        "available",
        "",
        "redis",
        new SessionStore.Settings("cache.t4g.small", 3, true, true, 1, true),
        List.of(name + "-001", name + "-002", name + "-003"),
        null,
        new SessionStore.Endpoints("host", null, 6379),
        new SessionStore.Security(true, true, true, ""),
        Map.of());
  }

  private static AlarmSet alarms(KnownUpstream upstream) {
    var wanted = ((Desired.Known<AlarmSetDesired>) new AlarmSetRules().desired(APP, upstream));
    TreeMap<String, AlarmSet.Existing> made = new TreeMap<>();
    for (Alarm alarm : wanted.state().alarms().values()) {
      made.put(
          alarm.name(),
          new AlarmSet.Existing(
              wanted.state().arnPrefix() + alarm.name(),
              alarm,
              AlarmSet.Actions.NONE,
              AlarmSet.State.NEW,
              Map.of()));
    }
    return new AlarmSet(APP.resourceName(), made, Map.of());
  }
}
