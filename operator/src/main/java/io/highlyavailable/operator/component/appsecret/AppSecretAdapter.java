package io.highlyavailable.operator.component.appsecret;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Secrets at Secrets Manager. A version's id is a hash of its value, so listings tell whether the
 * value is right without reading it. A create is two calls, the secret with its tags and then its
 * value; after a crash between them the missing value is a difference like any other.
 */
public final class AppSecretAdapter implements Adapter<AppSecretDesired, AppSecret> {
  /** Secrets Manager's largest page. */
  private static final int PAGE = 100;

  /** The shortest there is: all that a secret holds is in the cluster too. */
  private static final long RECOVERY_DAYS = 7;

  private static final String CURRENT = "AWSCURRENT";

  private final AwsClients clients;

  AppSecretAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "secretsmanager";
  }

  /** Without those that are scheduled for deletion: they are as good as gone. */
  @Override
  public Listing<AppSecret> list() {
    return Listing.of(named(Names.PREFIX).toList());
  }

  @Override
  public Optional<AppSecret> find(String name) {
    return named(name).filter(secret -> secret.name().equals(name)).findFirst();
  }

  private Stream<AppSecret> named(String prefix) {
    var request =
        ListSecretsRequest.builder()
            .maxResults(PAGE)
            .filters(it -> it.key(FilterNameStringType.NAME).values(prefix))
            .build();
    return clients.secretsManager().listSecretsPaginator(request).stream()
        .flatMap(page -> page.secretList().stream())
        .map(
            secret ->
                new AppSecret(
                    secret.name(),
                    secret.arn(),
                    current(secret.secretVersionsToStages()),
                    tags(secret.tags())));
  }

  private static String current(Map<String, List<String>> versions) {
    return versions.entrySet().stream()
        .filter(version -> version.getValue().contains(CURRENT))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  @Override
  public AppSecret create(AppSecretDesired desired, Map<String, String> tags) {
    String arn = make(desired, tags);
    AppSecret made = new AppSecret(desired.name(), arn, "", tags);
    return put(made, desired);
  }

  private String make(AppSecretDesired desired, Map<String, String> tags) {
    try {
      return clients
          .secretsManager()
          .createSecret(
              it ->
                  it.name(desired.name())
                      .description("Environment of a HighlyAvailableApp's instances")
                      .tags(tags(tags)))
          .arn();
    } catch (InvalidRequestException e) {
      return restore(desired, tags).orElseThrow(() -> e);
    }
  }

  /** The name of what is scheduled for deletion is taken; the app's own is taken back. */
  private Optional<String> restore(AppSecretDesired desired, Map<String, String> tags) {
    var found = clients.secretsManager().describeSecret(it -> it.secretId(desired.name()));
    Map<String, String> theirs = tags(found.tags());
    boolean ours =
        Stream.of(
                OwnershipTags.CLUSTER_ID,
                OwnershipTags.CLUSTER_UID,
                OwnershipTags.NAMESPACE,
                OwnershipTags.NAMESPACE_UID,
                OwnershipTags.NAME,
                OwnershipTags.COMPONENT)
            .allMatch(key -> theirs.containsKey(key) && theirs.get(key).equals(tags.get(key)));
    if (!ours || found.deletedDate() == null) {
      return Optional.empty();
    }
    clients.secretsManager().restoreSecret(it -> it.secretId(found.arn()));
    clients.secretsManager().tagResource(it -> it.secretId(found.arn()).tags(tags(tags)));
    return Optional.of(found.arn());
  }

  @Override
  public AppSecret update(AppSecret actual, AppSecretDesired desired, List<Difference> changes) {
    return put(actual, desired);
  }

  /**
   * A version that is there already, because the value is one of before, is not made current by
   * being put again.
   */
  private AppSecret put(AppSecret actual, AppSecretDesired desired) {
    var answer =
        clients
            .secretsManager()
            .putSecretValue(
                it ->
                    it.secretId(actual.id())
                        .clientRequestToken(desired.version())
                        .secretString(desired.value().value()));
    if (!answer.versionStages().contains(CURRENT)) {
      makeCurrent(actual.id(), desired.version());
    }
    return actual.withVersion(desired.version());
  }

  private void makeCurrent(String arn, String version) {
    String now =
        current(
            clients.secretsManager().describeSecret(it -> it.secretId(arn)).versionIdsToStages());
    clients
        .secretsManager()
        .updateSecretVersionStage(
            it -> {
              it.secretId(arn).versionStage(CURRENT).moveToVersionId(version);
              if (!now.isEmpty()) {
                it.removeFromVersionId(now);
              }
            });
  }

  @Override
  public AppSecret tag(AppSecret actual, Map<String, String> tags) {
    clients.secretsManager().tagResource(it -> it.secretId(actual.id()).tags(tags(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public AppSecret untag(AppSecret actual, List<String> keys) {
    clients.secretsManager().untagResource(it -> it.secretId(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /** It can be restored for some days; the app does when it is applied again. */
  @Override
  public Optional<AppSecret> delete(AppSecret actual, Disposal disposal) {
    try {
      clients
          .secretsManager()
          .deleteSecret(it -> it.secretId(actual.id()).recoveryWindowInDays(RECOVERY_DAYS));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (InvalidRequestException e) {
      return deleted(actual, e);
    }
    return Optional.empty();
  }

  private Optional<AppSecret> deleted(AppSecret actual, InvalidRequestException refusal) {
    var found = clients.secretsManager().describeSecret(it -> it.secretId(actual.id()));
    if (found.deletedDate() == null) {
      throw refusal;
    }
    return Optional.empty();
  }

  private static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
