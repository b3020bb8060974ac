package io.highlyavailable.testbed.network;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Makes the network that a cluster's administrator has made long before the operator comes: a VPC,
 * one private and one public subnet a zone with the tags by which the AWS load balancer controller
 * finds them, and the cluster's security group. Found again by its Name tags, so it may be called
 * again.
 */
public final class NetworkSeed {
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final String SECURITY_GROUP = "cluster";

  private final Ec2Client ec2;
  private final String region;
  private final String name;

  private NetworkSeed(Ec2Client ec2, String region, String name) {
    this.ec2 = ec2;
    this.region = region;
    this.name = name;
  }

  /**
   * Makes or finds the network.
   *
   * @param endpoint the emulator's URL
   * @param region such as us-east-1
   * @param name Name tag of the VPC and beginning of those of the subnets
   */
  public static Network ensure(URI endpoint, String region, String name) {
    try (Ec2Client ec2 =
        Ec2Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(region))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")))
            .build()) {
      return new NetworkSeed(ec2, region, name).ensure();
    }
  }

  private Network ensure() {
    String vpc = vpc();
    List<String> privateSubnets = new ArrayList<>();
    List<String> publicSubnets = new ArrayList<>();
    for (int i = 0; i < ZONES.size(); i++) {
      privateSubnets.add(subnet(vpc, i, "private", i * 16, "kubernetes.io/role/internal-elb"));
      publicSubnets.add(subnet(vpc, i, "public", 128 + i * 16, "kubernetes.io/role/elb"));
    }
    return new Network(vpc, privateSubnets, publicSubnets, securityGroup(vpc));
  }

  private String vpc() {
    return ec2.describeVpcs(r -> r.filters(named(name))).vpcs().stream()
        .findFirst()
        .map(vpc -> vpc.vpcId())
        .orElseGet(
            () ->
                ec2.createVpc(
                        r ->
                            r.cidrBlock("10.0.0.0/16")
                                .tagSpecifications(tags(ResourceType.VPC, tag("Name", name))))
                    .vpc()
                    .vpcId());
  }

  private String subnet(String vpc, int zone, String kind, int third, String roleTag) {
    String subnetName = "%s-%s-%s".formatted(name, kind, ZONES.get(zone));
    return ec2
        .describeSubnets(r -> r.filters(named(subnetName), filter("vpc-id", vpc)))
        .subnets()
        .stream()
        .findFirst()
        .map(subnet -> subnet.subnetId())
        .orElseGet(
            () ->
                ec2.createSubnet(
                        r ->
                            r.vpcId(vpc)
                                .availabilityZone(region + ZONES.get(zone))
                                .cidrBlock("10.0.%d.0/20".formatted(third))
                                .tagSpecifications(
                                    tags(
                                        ResourceType.SUBNET,
                                        tag("Name", subnetName),
                                        tag(roleTag, "1"))))
                    .subnet()
                    .subnetId());
  }

  private String securityGroup(String vpc) {
    return ec2
        .describeSecurityGroups(
            r -> r.filters(filter("group-name", SECURITY_GROUP), filter("vpc-id", vpc)))
        .securityGroups()
        .stream()
        .findFirst()
        .map(group -> group.groupId())
        .orElseGet(
            () ->
                ec2.createSecurityGroup(
                        r ->
                            r.groupName(SECURITY_GROUP)
                                .description("The nodes and pods of the cluster")
                                .vpcId(vpc)
                                .tagSpecifications(
                                    tags(
                                        ResourceType.SECURITY_GROUP,
                                        tag("Name", name + "-" + SECURITY_GROUP))))
                    .groupId());
  }

  private static TagSpecification tags(ResourceType type, Tag... tags) {
    return TagSpecification.builder().resourceType(type).tags(tags).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static Filter named(String value) {
    return filter("tag:Name", value);
  }

  private static Filter filter(String key, String value) {
    return Filter.builder().name(key).values(value).build();
  }
}
