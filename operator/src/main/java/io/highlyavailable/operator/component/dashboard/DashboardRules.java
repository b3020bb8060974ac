package io.highlyavailable.operator.component.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.alarms.AlarmSet;
import io.highlyavailable.operator.component.loadbalancer.Front;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One dashboard an app, of what the app has. */
public final class DashboardRules implements Component<DashboardDesired, Dashboard> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("dashboard");

  private static final ComponentName ALARMS = new ComponentName("monitoring");
  private static final ComponentName LOAD_BALANCER = new ComponentName("load-balancer");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "cloudwatch-dashboard";
  }

  @Override
  public String condition() {
    return "MonitoringReady";
  }

  @Override
  public Class<Dashboard> resourceType() {
    return Dashboard.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(
        LOAD_BALANCER,
        Compute.TARGET_GROUP,
        Compute.BALANCER,
        DataTier.SESSION_STORE.component(),
        ALARMS);
  }

  /** An app with nothing that CloudWatch watches needs no dashboard. */
  @Override
  public boolean wanted(App app) {
    return app.dashboard() && (alarmed(app) || app.bucketSettings().isPresent());
  }

  /** Whether it has something that has alarms when it is to have any. */
  private static boolean alarmed(App app) {
    return app.databaseSettings().isPresent()
        || app.tableSettings().isPresent()
        || app.sessionStoreSettings().isPresent()
        || Front.watchable(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  /** It waits for all that it shows, so that it is not made again and again as that comes. */
  @Override
  public Desired<DashboardDesired> desired(App app, Upstream upstream) {
    Optional<Front> front = Front.of(app, upstream);
    Optional<SessionStore> store =
        upstream.ready(SessionStore.class).filter(it -> !it.nodeIds().isEmpty());
    Optional<AlarmSet> alarms = upstream.ready(AlarmSet.class);
    List<String> missing = new ArrayList<>();
    if (app.alarms() && alarmed(app) && alarms.isEmpty()) {
      missing.add("the alarms");
    }
    if (Front.watchable(app) && front.isEmpty()) {
      missing.add("the load balancer");
    }
    if (app.sessionStoreSettings().isPresent() && store.isEmpty()) {
      missing.add("the session store");
    }
    if (!missing.isEmpty()) {
      return new Desired.Waiting<>("waiting for " + String.join(" and ", missing));
    }
    Upstream.Settings settings = upstream.settings();
    String arn =
        "arn:%s:cloudwatch::%s:dashboard/%s"
            .formatted(settings.partition(), settings.accountId(), app.resourceName());
    Layout layout = new Layout(app, settings);
    return new Desired.Known<>(
        new DashboardDesired(
            app.resourceName(),
            arn,
            layout.board(front, store, app.alarms() ? alarms : Optional.empty()).json()));
  }

  /** Widgets are told apart by their titles, and the rest by its name in the body. */
  @Override
  public List<Difference> differences(DashboardDesired desired, Dashboard actual) {
    Map<String, JsonNode> wanted = parts(desired.body());
    Map<String, JsonNode> found = parts(actual.body());
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(found.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(wanted.get(name), found.get(name)))
        .map(
            name ->
                new Difference(
                    name,
                    wanted.containsKey(name) ? "as made" : "absent",
                    !found.containsKey(name)
                        ? "absent"
                        : wanted.containsKey(name) ? "changed" : "present",
                    Impact.IN_PLACE))
        .toList();
  }

  private static Map<String, JsonNode> parts(String body) {
    JsonNode tree = Board.parse(body);
    Map<String, JsonNode> parts = new TreeMap<>();
    tree.properties().stream()
        .filter(field -> !field.getKey().equals("widgets"))
        .forEach(field -> parts.put(field.getKey(), field.getValue()));
    int number = 0;
    for (JsonNode widget : tree.path("widgets")) {
      String title = title(widget);
      String name = title.isEmpty() ? "widget " + number : "widget " + title;
      parts.put(parts.containsKey(name) ? name + " " + number : name, widget);
      number++;
    }
    return parts;
  }

  private static String title(JsonNode widget) {
    JsonNode properties = widget.path("properties");
    String first = properties.path("markdown").asText().lines().findFirst().orElse("");
    String title = properties.path("title").asText(first.replaceFirst("^#+ *", ""));
    return title.substring(0, Math.min(title.length(), 100));
  }

  @Override
  public Readiness readiness(DashboardDesired desired, Dashboard actual) {
    return new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "cloudwatch:ListDashboards",
        "cloudwatch:GetDashboard",
        "cloudwatch:ListTagsForResource",
        "cloudwatch:PutDashboard",
        "cloudwatch:DeleteDashboards",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource");
  }
}
