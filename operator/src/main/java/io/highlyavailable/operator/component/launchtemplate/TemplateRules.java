package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What all launch templates of an app have in common, whatever their instances do. */
public interface TemplateRules extends Component<LaunchTemplateDesired, LaunchTemplate> {
  @Override
  default String kind() {
    return "launch-template";
  }

  @Override
  default Class<LaunchTemplate> resourceType() {
    return LaunchTemplate.class;
  }

  @Override
  default List<Difference> differences(LaunchTemplateDesired desired, LaunchTemplate actual) {
    List<Difference> found = new ArrayList<>();
    Blueprint wanted = desired.blueprint();
    Blueprint seen = actual.blueprint();
    compare(found, "image", wanted.image(), seen.image());
    compare(found, "instanceType", wanted.instanceType(), seen.instanceType());
    compare(found, "instanceProfile", wanted.profile(), seen.profile());
    compare(found, "securityGroups", wanted.securityGroupIds(), seen.securityGroupIds());
    compare(found, "rootVolumeGiB", wanted.rootVolumeGiB(), seen.rootVolumeGiB());
    compare(found, "userData", digest(wanted.userData()), digest(seen.userData()));
    compare(found, "volumeTags", wanted.volumeTags(), seen.volumeTags());
    compare(found, "hardened", wanted.hardened(), seen.hardened());
    return found;
  }

  /** It is long, and people put secrets into theirs. */
  private static String digest(String userData) {
    return userData.isEmpty() ? "" : Names.fingerprint(userData);
  }

  private static void compare(List<Difference> found, String field, Object wanted, Object seen) {
    if (!wanted.equals(seen)) {
      found.add(new Difference(field, printable(wanted), printable(seen), Impact.IN_PLACE));
    }
  }

  private static String printable(Object value) {
    String text = value.toString();
    return text.isEmpty() ? "none" : text;
  }

  /**
   * The tags of the volumes: only what never changes, because another template would replace all
   * instances.
   *
   * @param group the Auto Scaling group that the instances are of
   */
  static Map<String, String> volumeTags(App app, ComponentName group) {
    Map<String, String> tags = new TreeMap<>(OwnershipTags.of(app.identity(), group.value()));
    tags.keySet()
        .removeAll(
            Set.of(OwnershipTags.UID, OwnershipTags.CLUSTER_UID, OwnershipTags.NAMESPACE_UID));
    return tags;
  }

  @Override
  default Readiness readiness(LaunchTemplateDesired desired, LaunchTemplate actual) {
    return new Readiness.Ready();
  }

  @Override
  default Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:CreateLaunchTemplate",
        "ec2:CreateLaunchTemplateVersion",
        "ec2:ModifyLaunchTemplate",
        "ec2:DeleteLaunchTemplate",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
