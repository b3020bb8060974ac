package io.highlyavailable.operator;

import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.engine.Running;
import io.highlyavailable.operator.engine.Workload;
import io.highlyavailable.operator.kubernetes.IngressState;
import io.highlyavailable.operator.kubernetes.UserStep;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.metrics.AppSeries;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.model.ImageRollout;
import io.highlyavailable.operator.model.Verification;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.Backups;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.status.Outcome;
import io.highlyavailable.operator.tracing.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives account of a reconciliation: in the status, in metrics, in the trace. */
final class Account {
  private final Engine engine;
  private final AppSeries series;

  Account(Engine engine, AppSeries series) {
    this.engine = engine;
    this.series = series;
  }

  /**
   * What was done beside the plan.
   *
   * @param verification of backups that has just ended, or null
   * @param rollout of the app's image; null when alarms are not held against it
   * @param rolloutReport what there is to say of that
   */
  record Done(
      UserStep users,
      Workload.Applied applied,
      @Nullable Verification verification,
      @Nullable ImageRollout rollout,
      Optional<Report> rolloutReport) {
    static Done nothing(UserStep users) {
      return new Done(users, Workload.Applied.ALL, null, null, Optional.empty());
    }
  }

  /** Everything that there is to say. */
  Outcome outcome(App app, Plan plan, AppView view, Done done, String requested) {
    Running running = running(app, plan, view);
    List<Report> reports = new ArrayList<>(plan.reports());
    if (!app.deleting()) {
      engine.users().report(app, done.users()).ifPresent(reports::add);
      reports.addAll(engine.workload().reports(app, plan, done.applied()));
    }
    done.rolloutReport().ifPresent(reports::add);
    return new Outcome(
        app,
        reports,
        engine.workload().bound(app, plan),
        plan.removal(),
        app.deleting() ? "" : IngressState.url(app).orElse(""),
        running.hostname(),
        running.replicas(),
        running.ready(),
        plan.home(),
        plan.held(),
        plan.backups().with(done.verification()),
        plan.beginnings(),
        plan.creations(),
        done.rollout(),
        requested,
        done.users().handled(),
        engine.traffic().state(app).orElse(null),
        app.deleting() ? ZoneSpread.UNKNOWN : running.spread());
  }

  private Running running(App app, Plan plan, AppView view) {
    return app.instances().isPresent() == plan.turn().serving()
        ? Running.instances(app, view.observations())
        : Running.pods(
            engine.workload().state(app),
            engine.workload().ingress(app),
            engine.spreading().of(app));
  }

  /** The status that says it; metrics and the trace say the same from now on. */
  HighlyAvailableAppStatus status(Outcome outcome, @Nullable HighlyAvailableAppStatus before) {
    HighlyAvailableAppStatus now = engine.statuses().build(outcome, before);
    seen(outcome.app().key(), now, outcome.backups());
    return now;
  }

  private void seen(AppKey key, HighlyAvailableAppStatus now, Backups backups) {
    series.seen(key, now, backups);
    if (now.phase() != null) {
      engine.tracing().current().set(Attribute.PHASE, AppSeries.word(now.phase()));
    }
  }

  /** The status of an app whose spec cannot be carried out. */
  HighlyAvailableAppStatus status(
      AppOutcome.InvalidSpec invalid, long generation, @Nullable HighlyAvailableAppStatus before) {
    HighlyAvailableAppStatus now =
        engine.statuses().invalid(generation, "InvalidSpec: " + invalid.message(), before);
    seen(invalid.identity().key(), now, Backups.NONE);
    return now;
  }
}
