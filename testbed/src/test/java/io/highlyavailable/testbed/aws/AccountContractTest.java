package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.s3.S3Client;

/** Source: the API references of EC2, IAM and the Resource Groups Tagging API. */
class AccountContractTest extends EmulatorTest {

  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
      """;

  private final Ec2Client ec2 = client(Ec2Client.builder());
  private final IamClient iam = client(IamClient.builder());
  private final RdsClient rds = client(RdsClient.builder());
  private final S3Client s3 = client(S3Client.builder().forcePathStyle(true));
  private final ElasticLoadBalancingV2Client elb = client(ElasticLoadBalancingV2Client.builder());
  private final ResourceGroupsTaggingApiClient tagging =
      client(ResourceGroupsTaggingApiClient.builder());

  private String securityGroup(Network network, String name) {
    return ec2.createSecurityGroup(b -> b.groupName(name).description("d").vpcId(network.vpcId()))
        .groupId();
  }

  private Network network() {
    return NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
  }

  @Test
  void deleteSecurityGroupRefusesOneThatADatabaseUses() {
    Network network = network();
    String group = securityGroup(network, "data");
    rds.createDBInstance(
        b ->
            b.dbInstanceIdentifier("shop")
                .dbInstanceClass("db.t4g.medium")
                .engine("mysql")
                .allocatedStorage(20)
                .masterUsername("shop")
                .masterUserPassword("correct-horse")
                .vpcSecurityGroupIds(group));
    refused("DependencyViolation", () -> ec2.deleteSecurityGroup(b -> b.groupId(group)));

    rds.describeDBInstances();
    rds.deleteDBInstance(b -> b.dbInstanceIdentifier("shop").skipFinalSnapshot(true));
    ec2.deleteSecurityGroup(b -> b.groupId(group));
  }

  @Test
  void deleteSecurityGroupRefusesOneThatALoadBalancerOrAnotherGroupRefersTo() {
    Network network = network();
    String balancers = securityGroup(network, "balancers");
    elb.createLoadBalancer(
        b -> b.name("shop").subnets(network.publicSubnetIds()).securityGroups(balancers));
    refused("DependencyViolation", () -> ec2.deleteSecurityGroup(b -> b.groupId(balancers)));

    String source = securityGroup(network, "source");
    String data = securityGroup(network, "data");
    ec2.authorizeSecurityGroupIngress(
        b ->
            b.groupId(data)
                .ipPermissions(
                    p ->
                        p.ipProtocol("tcp")
                            .fromPort(5432)
                            .toPort(5432)
                            .userIdGroupPairs(g -> g.groupId(source))));
    refused("DependencyViolation", () -> ec2.deleteSecurityGroup(b -> b.groupId(source)));
    ec2.deleteSecurityGroup(b -> b.groupId(data));
    ec2.deleteSecurityGroup(b -> b.groupId(source));
  }

  @Test
  void aNewSecurityGroupCanBeHiddenFromListingsButIsFoundByItsId() {
    Network network = network();
    emulator().faults().on("ec2", "CreateSecurityGroup").hide(Duration.ofMinutes(5));
    String group = securityGroup(network, "data");
    assertThat(
            ec2.describeSecurityGroups(b -> b.filters(f -> f.name("group-name").values("data")))
                .securityGroups())
        .isEmpty();
    assertThat(ec2.describeSecurityGroups(b -> b.groupIds(group)).securityGroups()).hasSize(1);
  }

  @Test
  void listRolesPagesBelowAPathAndLeavesTagsOut() {
    IntStream.range(0, 5)
        .forEach(
            i ->
                iam.createRole(
                    b ->
                        b.roleName("role-" + i)
                            .path("/app/")
                            .assumeRolePolicyDocument(TRUST)
                            .tags(Tag.builder().key("owner").value("shop").build())));
    iam.createRole(b -> b.roleName("other").assumeRolePolicyDocument(TRUST));

    var first = iam.listRoles(b -> b.pathPrefix("/app/").maxItems(3));
    var second = iam.listRoles(b -> b.pathPrefix("/app/").maxItems(3).marker(first.marker()));

    assertThat(first.isTruncated()).isTrue();
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.roles()).extracting(Role::roleName).containsExactly("role-3", "role-4");
    assertThat(first.roles()).allSatisfy(role -> assertThat(role.hasTags()).isFalse());
    assertThat(iam.getRole(b -> b.roleName("role-0")).role().tags()).hasSize(1);
  }

  @Test
  void getResourcesReturnsTheBucketsOfItsRegionOnly() {
    s3.createBucket(
        b ->
            b.bucket("here")
                .createBucketConfiguration(c -> c.tags(t -> t.key("owner").value("shop"))));
    s3.createBucket(
        b ->
            b.bucket("there")
                .createBucketConfiguration(
                    c ->
                        c.locationConstraint("eu-west-1").tags(t -> t.key("owner").value("shop"))));
    assertThat(arns("s3")).containsExactly("arn:aws:s3:::here");
  }

  @Test
  void getResourcesIncludesSubnetGroupsAndPagesWhileThingsAreCreated() {
    Network network = network();
    IntStream.range(0, 30).forEach(i -> subnetGroup(network, "group-" + (100 + i)));
    var first = tagging.getResources(b -> b.resourceTypeFilters("rds:subgrp").resourcesPerPage(20));
    subnetGroup(network, "group-000");
    var second =
        tagging.getResources(
            b ->
                b.resourceTypeFilters("rds:subgrp")
                    .resourcesPerPage(20)
                    .paginationToken(first.paginationToken()));
    assertThat(first.resourceTagMappingList()).hasSize(20);
    assertThat(second.resourceTagMappingList()).hasSize(10);
    assertThat(second.paginationToken()).isEmpty();
  }

  private void subnetGroup(Network network, String name) {
    rds.createDBSubnetGroup(
        b ->
            b.dbSubnetGroupName(name)
                .dbSubnetGroupDescription("d")
                .subnetIds(network.privateSubnetIds())
                .tags(t -> t.key("owner").value("shop"), t -> t.key("application").value("shop")));
  }

  private List<String> arns(String type) {
    return tagging.getResources(b -> b.resourceTypeFilters(type)).resourceTagMappingList().stream()
        .map(ResourceTagMapping::resourceARN)
        .toList();
  }
}
