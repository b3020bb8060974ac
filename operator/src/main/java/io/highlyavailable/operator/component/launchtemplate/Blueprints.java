package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.aws.Ec2Tags;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateEbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecification;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** What a launch template says, in EC2's words. */
final class Blueprints {
  /** The root device of Amazon Linux 2023. */
  private static final String ROOT = "/dev/xvda";

  /** A container is one hop further from the metadata service than its host. */
  private static final int HOPS = 2;

  private static final String REQUIRED = HttpTokensState.REQUIRED.toString();

  private Blueprints() {}

  static RequestLaunchTemplateData write(Blueprint blueprint) {
    return RequestLaunchTemplateData.builder()
        .imageId(blueprint.image())
        .instanceType(blueprint.instanceType())
        .iamInstanceProfile(it -> it.name(blueprint.profile()))
        .securityGroupIds(blueprint.securityGroupIds())
        .metadataOptions(
            it ->
                it.httpTokens(LaunchTemplateHttpTokensState.REQUIRED).httpPutResponseHopLimit(HOPS))
        .blockDeviceMappings(
            it ->
                it.deviceName(ROOT)
                    .ebs(
                        ebs ->
                            ebs.volumeSize(blueprint.rootVolumeGiB())
                                .volumeType(VolumeType.GP3)
                                .encrypted(true)
                                .deleteOnTermination(true)))
        .tagSpecifications(
            it -> it.resourceType(ResourceType.VOLUME).tags(Ec2Tags.ec2(blueprint.volumeTags())))
        .userData(encode(blueprint.userData()))
        .build();
  }

  static Blueprint read(ResponseLaunchTemplateData data) {
    Optional<LaunchTemplateEbsBlockDevice> root =
        data.blockDeviceMappings().stream()
            .filter(device -> ROOT.equals(device.deviceName()) && device.ebs() != null)
            .map(LaunchTemplateBlockDeviceMapping::ebs)
            .findFirst();
    return new Blueprint(
        text(data.imageId()),
        text(data.instanceTypeAsString()),
        data.iamInstanceProfile() == null ? "" : text(data.iamInstanceProfile().name()),
        new TreeSet<>(data.securityGroupIds()),
        root.map(LaunchTemplateEbsBlockDevice::volumeSize).orElse(0),
        decode(data.userData()),
        volumeTags(data.tagSpecifications()),
        root.isPresent() && hardened(data, root.get()));
  }

  private static boolean hardened(
      ResponseLaunchTemplateData data, LaunchTemplateEbsBlockDevice root) {
    var metadata = data.metadataOptions();
    return metadata != null
        && REQUIRED.equals(metadata.httpTokensAsString())
        && Integer.valueOf(HOPS).equals(metadata.httpPutResponseHopLimit())
        && Boolean.TRUE.equals(root.encrypted())
        && Boolean.TRUE.equals(root.deleteOnTermination())
        && root.volumeType() == VolumeType.GP3
        && data.blockDeviceMappings().size() == 1
        && data.networkInterfaces().isEmpty()
        && data.keyName() == null;
  }

  private static Map<String, String> volumeTags(List<LaunchTemplateTagSpecification> all) {
    return all.stream()
        .filter(it -> it.resourceType() == ResourceType.VOLUME)
        .findFirst()
        .map(it -> Ec2Tags.of(it.tags()))
        .orElse(Map.of());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String encode(String userData) {
    return Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
  }

  /** Somebody else's may be anything. */
  private static String decode(@Nullable String userData) {
    try {
      return userData == null
          ? ""
          : new String(Base64.getDecoder().decode(userData), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return userData;
    }
  }
}
