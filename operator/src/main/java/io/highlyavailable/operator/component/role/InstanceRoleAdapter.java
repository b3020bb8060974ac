package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * A role at IAM together with its instance profile. The role is made first and goes last, so that
 * its tags speak for both; what is missing of the profile is a difference.
 */
public final class InstanceRoleAdapter implements Adapter<RoleDesired, InstanceRole> {
  private final AwsClients clients;
  private final RoleAdapter roles;

  InstanceRoleAdapter(AwsClients clients) {
    this.clients = clients;
    this.roles = new RoleAdapter(clients, "instances", "Instances of a HighlyAvailableApp");
  }

  @Override
  public String service() {
    return roles.service();
  }

  @Override
  public Listing<InstanceRole> list() {
    return Listing.ofNames(roles.list().namesOnly());
  }

  @Override
  public Optional<InstanceRole> find(String name) {
    return roles.find(name).map(role -> new InstanceRole(role, holds(profile(name), name)));
  }

  private Optional<InstanceProfile> profile(String name) {
    try {
      return Optional.of(
          clients.iam().getInstanceProfile(it -> it.instanceProfileName(name)).instanceProfile());
    } catch (NoSuchEntityException e) {
      return Optional.empty();
    }
  }

  private static boolean holds(Optional<InstanceProfile> profile, String name) {
    return profile.stream()
        .flatMap(it -> it.roles().stream())
        .anyMatch(role -> role.roleName().equals(name));
  }

  @Override
  public InstanceRole create(RoleDesired desired, Map<String, String> tags) {
    Role role = roles.create(desired, tags);
    makeProfile(desired, tags);
    return new InstanceRole(role, true);
  }

  private void makeProfile(RoleDesired desired, Map<String, String> tags) {
    String name = desired.name();
    Optional<InstanceProfile> there = profile(name);
    if (there.isEmpty()) {
      clients
          .iam()
          .createInstanceProfile(
              it -> it.instanceProfileName(name).path(desired.path()).tags(iam(tags)));
    }
    if (!holds(there, name)) {
      addRole(name);
    }
  }

  private void addRole(String name) {
    try {
      clients.iam().addRoleToInstanceProfile(it -> it.instanceProfileName(name).roleName(name));
    } catch (EntityAlreadyExistsException e) {
      // An earlier attempt whose answer was lost.
      return;
    }
  }

  @Override
  public InstanceRole update(InstanceRole actual, RoleDesired desired, List<Difference> changes) {
    List<Difference> ofRole =
        changes.stream().filter(it -> !it.field().equals(ProfileRules.PROFILE)).toList();
    Role role = ofRole.isEmpty() ? actual.role() : roles.update(actual.role(), desired, ofRole);
    if (ofRole.size() < changes.size()) {
      makeProfile(desired, actual.tags());
    }
    return new InstanceRole(role, actual.profile() || ofRole.size() < changes.size());
  }

  @Override
  public InstanceRole tag(InstanceRole actual, Map<String, String> tags) {
    return actual.with(roles.tag(actual.role(), tags));
  }

  @Override
  public InstanceRole untag(InstanceRole actual, List<String> keys) {
    return actual.with(roles.untag(actual.role(), keys));
  }

  @Override
  public Optional<InstanceRole> delete(InstanceRole actual, Disposal disposal) {
    String name = actual.name();
    unlessGone(
        () ->
            clients
                .iam()
                .removeRoleFromInstanceProfile(it -> it.instanceProfileName(name).roleName(name)));
    unlessGone(() -> clients.iam().deleteInstanceProfile(it -> it.instanceProfileName(name)));
    return roles.delete(actual.role(), disposal).map(actual::with);
  }

  private static void unlessGone(Runnable call) {
    try {
      call.run();
    } catch (NoSuchEntityException e) {
      // An earlier attempt got this far.
      return;
    }
  }

  private static List<Tag> iam(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
