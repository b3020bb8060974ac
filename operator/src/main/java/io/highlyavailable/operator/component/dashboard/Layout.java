package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.alarms.AlarmSet;
import io.highlyavailable.operator.component.loadbalancer.Front;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.model.App;
import java.util.Optional;

/** Which rows an app's dashboard has, from top to bottom. */
final class Layout {
  /** The most that one widget shows. */
  private static final int MOST_ALARMS = 100;

  /** Alarms that stand beside each other in one line. */
  private static final int ALARMS_A_LINE = 8;

  private final App app;
  private final Upstream.Settings settings;
  private final Graphs graphs;

  Layout(App app, Upstream.Settings settings) {
    this.app = app;
    this.settings = settings;
    this.graphs = new Graphs(app.region());
  }

  /** A dashboard of what is there; an absent alarm set is not shown. */
  Board board(Optional<Front> front, Optional<SessionStore> store, Optional<AlarmSet> alarms) {
    Grid grid = new Grid().wide(head(), 3);
    alarms.map(Layout::states).ifPresent(widget -> grid.wide(widget, lines(widget)));
    front.ifPresent(it -> grid.row(heading("Traffic", "Of the load balancer"), graphs.traffic(it)));
    app.instances()
        .ifPresent(
            _ ->
                grid.row(
                    heading("Instances", "Of the Auto Scaling group"),
                    graphs.instances(app.resourceName())));
    app.databaseSettings()
        .ifPresent(
            it ->
                grid.row(
                    heading("Database", "RDS, " + it.instanceClass()),
                    graphs.database(app.databaseId(), app.resourceName(), it)));
    app.tableSettings()
        .ifPresent(_ -> grid.row(heading("Table", "DynamoDB"), graphs.table(app.resourceName())));
    store.ifPresent(it -> grid.row(heading("Sessions", "ElastiCache"), graphs.sessions(it)));
    app.bucketSettings()
        .ifPresent(
            _ ->
                grid.row(
                    heading("Bucket", "S3 tells this once a day"),
                    graphs.bucket(app.bucketName(settings.accountId()))));
    charges(grid);
    return grid.board();
  }

  /** As CloudWatch advises for dashboards that a program makes. */
  private Widget.Text head() {
    return new Widget.Text(
        app.key().toString(),
        "Made from the HighlyAvailableApp of this name by its operator, which undoes what is"
            + " changed here. For a dashboard of your own, copy this one.");
  }

  private static Widget.Text heading(String title, String text) {
    return new Widget.Text(title, text);
  }

  private static Widget.Alarms states(AlarmSet alarms) {
    return new Widget.Alarms(
        "Alarms",
        alarms.alarms().values().stream()
            .map(AlarmSet.Existing::arn)
            .sorted()
            .limit(MOST_ALARMS)
            .toList());
  }

  private static int lines(Widget.Alarms widget) {
    return 2 + (widget.arns().size() + ALARMS_A_LINE - 1) / ALARMS_A_LINE;
  }

  /** Elsewhere than in AWS's commercial partition there is no such metric in dollars. */
  private void charges(Grid grid) {
    if (settings.partition().equals("aws")) {
      grid.row(
          heading(
              "Cost",
              "Of the whole account: CloudWatch knows no app's. Empty until billing alerts are"
                  + " switched on. The app's own: Cost Explorer, by the tag"
                  + " highlyavailable.io/uid."),
          Graphs.charges());
    }
  }
}
