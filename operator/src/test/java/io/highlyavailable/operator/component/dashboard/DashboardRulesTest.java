package io.highlyavailable.operator.component.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.TableSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DashboardRulesTest {
  private final DashboardRules rules = new DashboardRules();

  private JsonNode body(App app, Upstream upstream) {
    return Board.parse(
        ((Desired.Known<DashboardDesired>) rules.desired(app, upstream)).state().body());
  }

  private static List<String> titles(JsonNode body) {
    List<String> titles = new ArrayList<>();
    for (JsonNode widget : body.path("widgets")) {
      JsonNode properties = widget.path("properties");
      titles.add(
          properties.has("title")
              ? properties.path("title").asText()
              : properties.path("markdown").asText().lines().findFirst().orElseThrow());
    }
    return titles;
  }

  @Test
  void showsAllThatAnAppHas() {
    assertThat(titles(body(SampleBoard.APP, SampleBoard.upstream())))
        .containsExactly(
            "# prod/shop",
            "Alarms",
            "# Traffic",
            "Requests",
            "Latency",
            "Errors",
            "In service, per zone",
            "Out of service, per zone",
            "# Database",
            "Database CPU",
            "Database connections",
            "Database free memory",
            "Database free storage",
            "Database latency",
            "Database operations",
            "Read replicas' lag",
            "# Sessions",
            "Session store CPU",
            "Session store memory",
            "Session store connections",
            "Sessions dropped",
            "# Bucket",
            "Bucket size",
            "Objects",
            "# Cost",
            "Charges of the account",
            "Charges of the account, per service")
        .doesNotHaveDuplicates();
  }

  @Test
  void showsNothingThatAnAppHasNot() {
    App app =
        SampleApp.named("blog")
            .exposure(null)
            .sessionStore(null)
            .database(null)
            .alarms(false)
            .dashboard(true)
            .build();
    assertThat(titles(body(app, new KnownUpstream())))
        .containsExactly(
            "# prod/blog",
            "# Bucket",
            "Bucket size",
            "Objects",
            "# Cost",
            "Charges of the account",
            "Charges of the account, per service");
  }

  @Test
  void noWidgetCoversAnother() {
    Map<String, String> cells = new TreeMap<>();
    for (JsonNode widget : body(SampleBoard.APP, SampleBoard.upstream()).path("widgets")) {
      for (int x = 0; x < widget.path("width").asInt(); x++) {
        for (int y = 0; y < widget.path("height").asInt(); y++) {
          String cell = (widget.path("x").asInt() + x) + "/" + (widget.path("y").asInt() + y);
          assertThat(cells.put(cell, widget.toString())).as(cell).isNull();
        }
      }
    }
  }

  @Test
  void namesWhatItShowsAsCloudWatchDoes() {
    JsonNode body = body(SampleBoard.APP, SampleBoard.upstream());
    String name = SampleBoard.APP.resourceName();
    assertThat(body.toString())
        .contains(
            "[\"AWS/ApplicationELB\",\"RequestCount\",\"LoadBalancer\",\"app/k8s-shop/0123456789abcdef\","
                + "\"TargetGroup\",\"targetgroup/k8s-shop/fedcba9876543210\",")
        .contains(
            "SEARCH('{AWS/ApplicationELB,AvailabilityZone,LoadBalancer,TargetGroup}"
                + " MetricName=\\\"HealthyHostCount\\\""
                + " LoadBalancer=\\\"app/k8s-shop/0123456789abcdef\\\"")
        .contains("\"DBInstanceIdentifier\",\"" + name + "\"")
        .contains("\"DBInstanceIdentifier\",\"" + name + "-r1\"")
        .contains("\"CacheClusterId\",\"" + name + "-001\",\"CacheNodeId\",\"0001\"")
        .contains("\"BucketName\",\"" + SampleBoard.APP.bucketName("123456789012") + "\"")
        .contains("\"AWS/Billing\",\"EstimatedCharges\",\"Currency\",\"USD\"");
  }

  @Test
  void showsInstancesAndATableWhereAnAppHasThem() {
    App app =
        SampleApp.named("batch")
            .instances()
            .exposure(null)
            .database(null)
            .table(
                new TableSettings(
                    new TableSettings.Key("id", "S"), null, true, "", DeletionPolicy.SNAPSHOT))
            .sessionStore(null)
            .alarms(false)
            .dashboard(true)
            .build();
    assertThat(titles(body(app, new KnownUpstream())))
        .contains("# Instances", "Instances' CPU", "# Table", "Table latency, per operation")
        .doesNotContain("# Database", "# Traffic");
  }

  @Test
  void hasNoChargesWhereTheyAreNotInDollars() {
    var settings =
        new Upstream.Settings(
            "123456789012", "aws-cn", "", List.of(), "", "/highlyavailableapp/", "");
    App app =
        SampleApp.named("blog")
            .exposure(null)
            .sessionStore(null)
            .alarms(false)
            .dashboard(true)
            .build();
    assertThat(titles(body(app, new KnownUpstream(settings)))).doesNotContain("# Cost");
  }

  @Test
  void waitsForWhatItShows() {
    assertThat(rules.desired(SampleBoard.APP, new KnownUpstream()))
        .hasToString(
            "Waiting[reason=waiting for the alarms and the load balancer and the session store]");
  }

  @Test
  void isWantedForWhatCloudWatchSees() {
    assertThat(rules.wanted(SampleBoard.APP)).isTrue();
    assertThat(rules.wanted(SampleApp.named("shop").build())).isFalse();
    App nothing =
        SampleApp.named("shop")
            .exposure(null)
            .database(null)
            .sessionStore(null)
            .bucket(null)
            .dashboard(true)
            .build();
    assertThat(rules.wanted(nothing)).isFalse();
  }

  @Test
  void refusesToSearchForWhatCouldEndTheSearch() {
    Series search =
        new Series.Search(
            "AWS/RDS",
            List.of("A"),
            "M",
            new TreeMap<>(Map.of("A", "x\" OR MetricName=\"y")),
            "Sum",
            60);
    assertThatThrownBy(search::entry).hasMessageContaining("cannot be searched for");
  }
}
