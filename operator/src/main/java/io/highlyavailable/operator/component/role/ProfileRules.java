package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What all roles of EC2 instances have in common, whatever the instances do. */
interface ProfileRules extends ServiceRoleRules<InstanceRole> {
  /** The instance profile that hands the role to instances. */
  String PROFILE = "instanceProfile";

  @Override
  default Class<InstanceRole> resourceType() {
    return InstanceRole.class;
  }

  @Override
  default List<Difference> differences(RoleDesired desired, InstanceRole actual) {
    List<Difference> found = new ArrayList<>(ServiceRoleRules.super.differences(desired, actual));
    if (!actual.profile()) {
      found.add(new Difference(PROFILE, desired.name(), "none", Impact.IN_PLACE));
    }
    return found;
  }

  @Override
  default Readiness readiness(RoleDesired desired, InstanceRole actual) {
    return actual.profile()
        ? ServiceRoleRules.super.readiness(desired, actual)
        : new Readiness.Progressing("its instance profile is being made");
  }

  @Override
  default Set<String> iamActions() {
    Set<String> actions = new TreeSet<>(ServiceRoleRules.super.iamActions());
    actions.addAll(
        Set.of(
            "iam:GetInstanceProfile",
            "iam:CreateInstanceProfile",
            "iam:TagInstanceProfile",
            "iam:AddRoleToInstanceProfile",
            "iam:RemoveRoleFromInstanceProfile",
            "iam:DeleteInstanceProfile"));
    return actions;
  }
}
