package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Roles at IAM, whose listing shows neither tags nor policies. A create is two calls, the role with
 * its tags and then its policy; after a crash between them the policy is a difference.
 */
public final class RoleAdapter implements Adapter<RoleDesired, Role> {
  /** IAM's largest page. */
  private static final int PAGE = 1000;

  private final AwsClients clients;
  private final String policyName;
  private final String description;

  /**
   * @param policyName the name of our inline policy
   * @param description what the roles are for, as IAM shows it
   */
  RoleAdapter(AwsClients clients, String policyName, String description) {
    this.clients = clients;
    this.policyName = policyName;
    this.description = description;
  }

  @Override
  public String service() {
    return "iam";
  }

  @Override
  public Listing<Role> list() {
    var request = ListRolesRequest.builder().pathPrefix(clients.iamPath()).maxItems(PAGE).build();
    return Listing.ofNames(
        clients.iam().listRolesPaginator(request).roles().stream()
            .map(role -> role.roleName())
            .filter(name -> name.startsWith(Names.PREFIX))
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<Role> find(String name) {
    try {
      var role = clients.iam().getRole(request -> request.roleName(name)).role();
      var boundary = role.permissionsBoundary();
      return Optional.of(
          new Role(
              name,
              role.arn(),
              canonical(role.assumeRolePolicyDocument()),
              policy(name),
              boundary == null ? "" : boundary.permissionsBoundaryArn(),
              role.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value))));
    } catch (NoSuchEntityException e) {
      return Optional.empty();
    }
  }

  private String policy(String role) {
    try {
      return canonical(
          clients
              .iam()
              .getRolePolicy(request -> request.roleName(role).policyName(policyName))
              .policyDocument());
    } catch (NoSuchEntityException e) {
      return "";
    }
  }

  /** IAM answers with documents encoded as in RFC 3986, where a plus is a plus. */
  private static String canonical(String encoded) {
    String text =
        encoded.startsWith("%")
            ? URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8)
            : encoded;
    return PolicyDocument.canonical(text);
  }

  @Override
  public Role create(RoleDesired desired, Map<String, String> tags) {
    CreateRoleRequest.Builder request =
        CreateRoleRequest.builder()
            .roleName(desired.name())
            .path(desired.path())
            .description(description)
            .assumeRolePolicyDocument(desired.trustPolicy())
            .tags(iam(tags));
    if (!desired.permissionsBoundary().isEmpty()) {
      request.permissionsBoundary(desired.permissionsBoundary());
    }
    var role = clients.iam().createRole(request.build()).role();
    putPolicy(desired);
    return new Role(
        desired.name(),
        role.arn(),
        desired.trustPolicy(),
        desired.policy(),
        desired.permissionsBoundary(),
        tags);
  }

  @Override
  public Role update(Role actual, RoleDesired desired, List<Difference> changes) {
    for (Difference change : changes) {
      switch (change.field()) {
        case RoleRules.TRUST -> putTrust(desired);
        case RoleRules.POLICY -> putPolicy(desired);
        case RoleRules.BOUNDARY -> putBoundary(desired);
        default -> throw new IllegalArgumentException("cannot be changed: " + change.field());
      }
    }
    return new Role(
        actual.name(),
        actual.id(),
        desired.trustPolicy(),
        desired.policy(),
        desired.permissionsBoundary(),
        actual.tags());
  }

  private void putTrust(RoleDesired desired) {
    clients
        .iam()
        .updateAssumeRolePolicy(
            request -> request.roleName(desired.name()).policyDocument(desired.trustPolicy()));
  }

  private void putPolicy(RoleDesired desired) {
    clients
        .iam()
        .putRolePolicy(
            request ->
                request
                    .roleName(desired.name())
                    .policyName(policyName)
                    .policyDocument(desired.policy()));
  }

  private void putBoundary(RoleDesired desired) {
    if (desired.permissionsBoundary().isEmpty()) {
      clients.iam().deleteRolePermissionsBoundary(request -> request.roleName(desired.name()));
    } else {
      clients
          .iam()
          .putRolePermissionsBoundary(
              request ->
                  request
                      .roleName(desired.name())
                      .permissionsBoundary(desired.permissionsBoundary()));
    }
  }

  @Override
  public Role tag(Role actual, Map<String, String> tags) {
    clients.iam().tagRole(request -> request.roleName(actual.name()).tags(iam(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public Role untag(Role actual, List<String> keys) {
    clients.iam().untagRole(request -> request.roleName(actual.name()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /** Policies that others attached stop the deletion, and say so: they are not ours to remove. */
  @Override
  public Optional<Role> delete(Role actual, Disposal disposal) {
    deletePolicy(actual.name());
    try {
      clients.iam().deleteRole(request -> request.roleName(actual.name()));
    } catch (NoSuchEntityException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private void deletePolicy(String role) {
    try {
      clients.iam().deleteRolePolicy(request -> request.roleName(role).policyName(policyName));
    } catch (NoSuchEntityException e) {
      // A crash after an earlier attempt's first half; the role itself may still be there.
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
