package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What all security groups of an app have in common, whatever they guard. */
interface GroupRules extends Component<SecurityGroupDesired, SecurityGroup> {
  /** The group's name within its VPC. */
  String groupName(App app);

  @Override
  default String kind() {
    return "security-group";
  }

  @Override
  default Class<SecurityGroup> resourceType() {
    return SecurityGroup.class;
  }

  @Override
  default Optional<String> resourceName(App app, Upstream.Settings settings) {
    String vpcId = Network.vpcId(app, settings);
    return Optional.of(
        SecurityGroup.name(vpcId.isEmpty() ? "not-configured" : vpcId, groupName(app)));
  }

  @Override
  default List<Difference> differences(SecurityGroupDesired desired, SecurityGroup actual) {
    if (desired.ingress().equals(actual.ingress())) {
      return List.of();
    }
    return List.of(
        new Difference(
            "ingress", desired.ingress().toString(), actual.ingress().toString(), Impact.IN_PLACE));
  }

  @Override
  default Readiness readiness(SecurityGroupDesired desired, SecurityGroup actual) {
    return actual.ingress().containsAll(desired.ingress())
        ? new Readiness.Ready()
        : new Readiness.Progressing("its rules are being set");
  }

  @Override
  default Set<String> iamActions() {
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
