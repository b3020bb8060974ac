package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A database's own security group lets in the app's clients on its port, and nothing else. */
public final class SecurityGroupRules implements Component<SecurityGroupDesired, SecurityGroup> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-security-group");

  private static final Map<String, Integer> PORTS =
      Map.of("postgres", 5432, "mysql", 3306, "mariadb", 3306);

  private static final ComponentName NETWORK = new ComponentName("network");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "security-group";
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<SecurityGroup> resourceType() {
    return SecurityGroup.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(NETWORK);
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    String vpcId = Network.vpcId(app, settings.vpcId());
    return Optional.of(
        SecurityGroup.name(vpcId.isEmpty() ? "not-configured" : vpcId, app.resourceName()));
  }

  @Override
  public Desired<SecurityGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    List<String> clients = clients(app, upstream.settings());
    if (clients.isEmpty()) {
      return new Desired.Impossible<>(
          "spec.network: no security group is named that may reach the database",
          "set HAAPP_CLIENT_SECURITY_GROUP_IDS in the operator's configuration, or"
              + " clientSecurityGroupIds in spec.network");
    }
    int port = PORTS.getOrDefault(app.databaseSettings().orElseThrow().engine(), 5432);
    return new Desired.Known<>(
        new SecurityGroupDesired(
            network.get().name(),
            app.resourceName(),
            "Clients of a HighlyAvailableApp's database",
            clients.stream()
                .map(client -> Ingress.tcp(port, client))
                .collect(Collectors.toCollection(TreeSet::new))));
  }

  private static List<String> clients(App app, Upstream.Settings settings) {
    List<String> chosen = app.network().clientSecurityGroupIds();
    return chosen.isEmpty() ? settings.clientSecurityGroupIds() : chosen;
  }

  @Override
  public List<Difference> differences(SecurityGroupDesired desired, SecurityGroup actual) {
    if (desired.ingress().equals(actual.ingress())) {
      return List.of();
    }
    return List.of(
        new Difference(
            "ingress", desired.ingress().toString(), actual.ingress().toString(), Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(SecurityGroupDesired desired, SecurityGroup actual) {
    return actual.ingress().containsAll(desired.ingress())
        ? new Readiness.Ready()
        : new Readiness.Progressing("its rules are being set");
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeSecurityGroups",
        "ec2:CreateSecurityGroup",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:DeleteSecurityGroup",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
