package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Launch templates at EC2. A change is a new version, and then the new version made the default;
 * after a crash between them the newest version is seen to be right, and made the default.
 */
public final class LaunchTemplateAdapter implements Adapter<LaunchTemplateDesired, LaunchTemplate> {
  /** EC2's largest page of these. */
  private static final int PAGE = 200;

  private static final String DEFAULT = "$Default";
  private static final String LATEST = "$Latest";

  private final AwsClients clients;

  LaunchTemplateAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "ec2";
  }

  @Override
  public Listing<LaunchTemplate> list() {
    return Listing.of(named(Names.PREFIX + "*"));
  }

  @Override
  public Optional<LaunchTemplate> find(String name) {
    return named(name).stream().findFirst();
  }

  /** One listing of the templates, which have tags, and one of their versions, which say more. */
  private List<LaunchTemplate> named(String pattern) {
    var request =
        DescribeLaunchTemplatesRequest.builder()
            .filters(it -> it.name("launch-template-name").values(pattern))
            .maxResults(PAGE)
            .build();
    var templates =
        clients.ec2().describeLaunchTemplatesPaginator(request).launchTemplates().stream().toList();
    if (templates.isEmpty()) {
      return List.of();
    }
    Map<String, List<LaunchTemplateVersion>> versions =
        versions().collect(Collectors.groupingBy(LaunchTemplateVersion::launchTemplateId));
    return templates.stream()
        .flatMap(
            template ->
                row(template, versions.getOrDefault(template.launchTemplateId(), List.of()))
                    .stream())
        .toList();
  }

  private Stream<LaunchTemplateVersion> versions() {
    var request =
        DescribeLaunchTemplateVersionsRequest.builder()
            .versions(DEFAULT, LATEST)
            .maxResults(PAGE)
            .build();
    return clients
        .ec2()
        .describeLaunchTemplateVersionsPaginator(request)
        .launchTemplateVersions()
        .stream();
  }

  /** Empty for one that was made or deleted between the two listings: the next will show it. */
  private Optional<LaunchTemplate> row(
      software.amazon.awssdk.services.ec2.model.LaunchTemplate template,
      List<LaunchTemplateVersion> versions) {
    Optional<LaunchTemplateVersion> used =
        versions.stream()
            .filter(version -> version.versionNumber().equals(template.defaultVersionNumber()))
            .findFirst();
    Optional<LaunchTemplateVersion> newest =
        versions.stream()
            .filter(version -> version.versionNumber().equals(template.latestVersionNumber()))
            .findFirst();
    if (used.isEmpty() || newest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LaunchTemplate(
            template.launchTemplateName(),
            arn(template),
            template.launchTemplateId(),
            template.defaultVersionNumber(),
            Blueprints.read(used.get().launchTemplateData()),
            template.latestVersionNumber(),
            Blueprints.read(newest.get().launchTemplateData()),
            Ec2Tags.of(template.tags())));
  }

  /** EC2 answers with no ARN, but with that of who made it: of the same account. */
  private String arn(software.amazon.awssdk.services.ec2.model.LaunchTemplate template) {
    String account = template.createdBy() == null ? "" : template.createdBy().split(":")[4];
    return clients.arn("ec2", account, "launch-template/" + template.launchTemplateId());
  }

  @Override
  public LaunchTemplate create(LaunchTemplateDesired desired, Map<String, String> tags) {
    var specification =
        TagSpecification.builder()
            .resourceType(ResourceType.LAUNCH_TEMPLATE)
            .tags(Ec2Tags.ec2(tags))
            .build();
    var created =
        clients
            .ec2()
            .createLaunchTemplate(
                it ->
                    it.launchTemplateName(desired.name())
                        .launchTemplateData(Blueprints.write(desired.blueprint()))
                        .tagSpecifications(specification))
            .launchTemplate();
    long version = created.defaultVersionNumber();
    return new LaunchTemplate(
        desired.name(),
        arn(created),
        created.launchTemplateId(),
        version,
        desired.blueprint(),
        version,
        desired.blueprint(),
        tags);
  }

  @Override
  public LaunchTemplate update(
      LaunchTemplate actual, LaunchTemplateDesired desired, List<Difference> changes) {
    long version =
        actual.latest().equals(desired.blueprint())
            ? actual.latestVersion()
            : newVersion(actual, desired);
    clients
        .ec2()
        .modifyLaunchTemplate(
            it -> it.launchTemplateId(actual.templateId()).defaultVersion(String.valueOf(version)));
    return actual.withDefault(version, desired.blueprint());
  }

  private long newVersion(LaunchTemplate actual, LaunchTemplateDesired desired) {
    return clients
        .ec2()
        .createLaunchTemplateVersion(
            it ->
                it.launchTemplateId(actual.templateId())
                    .launchTemplateData(Blueprints.write(desired.blueprint())))
        .launchTemplateVersion()
        .versionNumber();
  }

  @Override
  public LaunchTemplate tag(LaunchTemplate actual, Map<String, String> tags) {
    clients.ec2().createTags(it -> it.resources(actual.templateId()).tags(Ec2Tags.ec2(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public LaunchTemplate untag(LaunchTemplate actual, List<String> keys) {
    List<Tag> tags = keys.stream().map(key -> Tag.builder().key(key).build()).toList();
    clients.ec2().deleteTags(it -> it.resources(actual.templateId()).tags(tags));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<LaunchTemplate> delete(LaunchTemplate actual, Disposal disposal) {
    try {
      clients.ec2().deleteLaunchTemplate(it -> it.launchTemplateId(actual.templateId()));
    } catch (Ec2Exception e) {
      if (!e.awsErrorDetails().errorCode().matches("InvalidLaunchTemplate(Id|Name)[.]NotFound.*")) {
        throw e;
      }
    }
    return Optional.empty();
  }
}
