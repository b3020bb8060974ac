package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.AuthTokenUpdateStrategyType;
import software.amazon.awssdk.services.elasticache.model.AutomaticFailoverStatus;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** Source: the API reference of Amazon ElastiCache, each operation under the name of the call. */
class ElastiCacheContractTest extends EmulatorTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final String TOKEN = "0123456789abcdefghijklmnopqrstuv";

  private final ElastiCacheClient cache = client(ElastiCacheClient.builder());
  private final Ec2Client ec2 = client(Ec2Client.builder());
  private final ResourceGroupsTaggingApiClient tagging =
      client(ResourceGroupsTaggingApiClient.builder());
  private Network network;

  @BeforeEach
  void makeNetworkAndSubnetGroup() {
    network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    subnetGroup("private");
  }

  private void subnetGroup(String name) {
    cache.createCacheSubnetGroup(
        b ->
            b.cacheSubnetGroupName(name)
                .cacheSubnetGroupDescription("d")
                .subnetIds(network.privateSubnetIds()));
  }

  private ReplicationGroup group(String id, Consumer<CreateReplicationGroupRequest.Builder> more) {
    return cache
        .createReplicationGroup(
            b -> {
              b.replicationGroupId(id)
                  .replicationGroupDescription("d")
                  .engine("redis")
                  .engineVersion("7.0")
                  .cacheNodeType("cache.t4g.small")
                  .numCacheClusters(3)
                  .automaticFailoverEnabled(true)
                  .multiAZEnabled(true)
                  .transitEncryptionEnabled(true)
                  .authToken(TOKEN)
                  .cacheSubnetGroupName("private")
                  .securityGroupIds(network.clusterSecurityGroupId());
              more.accept(b);
            })
        .replicationGroup();
  }

  private ReplicationGroup group(String id) {
    return group(id, b -> {});
  }

  private ReplicationGroup describe(String id) {
    return cache
        .describeReplicationGroups(b -> b.replicationGroupId(id))
        .replicationGroups()
        .getFirst();
  }

  private CacheCluster memcached(String id, Consumer<CreateCacheClusterRequest.Builder> more) {
    return cache
        .createCacheCluster(
            b -> {
              b.cacheClusterId(id)
                  .engine("memcached")
                  .cacheNodeType("cache.t4g.small")
                  .numCacheNodes(3)
                  .azMode("cross-az")
                  .transitEncryptionEnabled(true)
                  .cacheSubnetGroupName("private")
                  .securityGroupIds(network.clusterSecurityGroupId());
              more.accept(b);
            })
        .cacheCluster();
  }

  private CacheCluster cluster(String id) {
    return cache
        .describeCacheClusters(b -> b.cacheClusterId(id).showCacheNodeInfo(true))
        .cacheClusters()
        .getFirst();
  }

  @Test
  void createReplicationGroupMakesAsManyNodesAsNumCacheClustersSays() {
    group("shop");
    assertThat(describe("shop").memberClusters())
        .containsExactly("shop-001", "shop-002", "shop-003");
    assertThat(cache.describeCacheClusters().cacheClusters())
        .extracting(CacheCluster::replicationGroupId)
        .containsExactly("shop", "shop", "shop");
    assertThat(cluster("shop-002").engineVersion()).startsWith("7.0.");
    assertThat(cluster("shop-002").cacheSubnetGroupName()).isEqualTo("private");
    assertThat(cluster("shop-002").securityGroups().getFirst().securityGroupId())
        .isEqualTo(network.clusterSecurityGroupId());
  }

  @Test
  void aNewReplicationGroupIsCreatingWithoutEndpointsUntilItIsAvailable() {
    emulator().transitions().elastiCache(LONG, LONG, LONG);
    assertThat(group("shop").status()).isEqualTo("creating");
    assertThat(describe("shop").nodeGroups()).isEmpty();
    refused(
        "InvalidReplicationGroupState",
        () -> cache.deleteReplicationGroup(b -> b.replicationGroupId("shop")));

    emulator().transitions().complete();
    var nodes = describe("shop").nodeGroups().getFirst();
    assertThat(describe("shop").status()).isEqualTo("available");
    assertThat(nodes.primaryEndpoint().port()).isEqualTo(6379);
    assertThat(nodes.readerEndpoint().address()).isNotEqualTo(nodes.primaryEndpoint().address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a--b", "a-", "1a", "x12345678901234567890123456789012345678901"})
  void createReplicationGroupRefusesIdsThatAreNone(String id) {
    refused("InvalidParameterValue", () -> group(id));
  }

  @Test
  void createReplicationGroupRefusesWhatDoesNotGoTogether() {
    refused("InvalidParameterCombination", () -> group("shop", b -> b.numCacheClusters(1)));
    refused(
        "InvalidParameterCombination", () -> group("shop", b -> b.automaticFailoverEnabled(false)));
    refused(
        "InvalidParameterCombination", () -> group("shop", b -> b.transitEncryptionEnabled(false)));
    refused("InvalidParameterValue", () -> group("shop", b -> b.authToken("short")));
    refused("InvalidParameterValue", () -> group("shop", b -> b.cacheNodeType("db.t4g.small")));
    refused("InvalidParameterCombination", () -> group("shop", b -> b.engineVersion("3.1")));
    refused("InvalidParameterValue", () -> group("shop", b -> b.securityGroupIds("sg-none")));
    refused(
        "CacheSubnetGroupNotFoundFault", () -> group("shop", b -> b.cacheSubnetGroupName("none")));
    group("shop");
    refused("ReplicationGroupAlreadyExists", () -> group("shop"));
  }

  @Test
  void modifyReplicationGroupLeavesTheNodeTypePendingUntilTheWindow() {
    group("shop");
    cache.modifyReplicationGroup(
        b -> b.replicationGroupId("shop").cacheNodeType("cache.m7g.large").engineVersion("7.1"));
    assertThat(describe("shop").status()).isEqualTo("available");
    assertThat(describe("shop").cacheNodeType()).isEqualTo("cache.t4g.small");
    assertThat(cluster("shop-001").pendingModifiedValues().cacheNodeType())
        .isEqualTo("cache.m7g.large");

    assertThat(emulator().applyPendingCacheMaintenance("shop"))
        .containsExactly("cache_node_type", "engine_version");
    assertThat(describe("shop").cacheNodeType()).isEqualTo("cache.m7g.large");
    assertThat(cluster("shop-003").engineVersion()).isEqualTo("7.1.0");
    assertThat(cluster("shop-003").pendingModifiedValues().cacheNodeType()).isNull();
    refused(
        "InvalidParameterCombination",
        () ->
            cache.modifyReplicationGroup(
                b -> b.replicationGroupId("shop").engineVersion("6.2").applyImmediately(true)));
  }

  @Test
  void modifyReplicationGroupRefusesAnythingWhileItIsModifying() {
    group("shop");
    emulator().transitions().elastiCache(LONG, LONG, LONG);
    var modified =
        cache.modifyReplicationGroup(
            b ->
                b.replicationGroupId("shop")
                    .applyImmediately(true)
                    .multiAZEnabled(false)
                    .automaticFailoverEnabled(false));
    assertThat(modified.replicationGroup().status()).isEqualTo("modifying");
    refused(
        "InvalidReplicationGroupState",
        () ->
            cache.modifyReplicationGroup(
                b -> b.replicationGroupId("shop").snapshotRetentionLimit(3)));
    refused(
        "InvalidReplicationGroupState",
        () ->
            cache.addTagsToResource(
                b ->
                    b.resourceName(describe("shop").arn())
                        .tags(Tag.builder().key("a").value("b").build())));
    emulator().transitions().complete();
    assertThat(describe("shop").automaticFailover()).isEqualTo(AutomaticFailoverStatus.DISABLED);
  }

  @Test
  void modifyReplicationGroupRotatesAndSetsThePassword() {
    group("shop");
    var since = describe("shop").authTokenLastModifiedDate();
    refused(
        "InvalidParameterCombination",
        () -> cache.modifyReplicationGroup(b -> b.replicationGroupId("shop").authToken(TOKEN)));
    refused(
        "InvalidParameterCombination",
        () -> token("f".repeat(32), AuthTokenUpdateStrategyType.SET));
    token("f".repeat(32), AuthTokenUpdateStrategyType.ROTATE);
    assertThat(describe("shop").authTokenLastModifiedDate()).isAfter(since);
    token("f".repeat(32), AuthTokenUpdateStrategyType.SET);
    assertThat(describe("shop").authTokenEnabled()).isTrue();
  }

  private void token(String token, AuthTokenUpdateStrategyType strategy) {
    describe("shop");
    cache.modifyReplicationGroup(
        b ->
            b.replicationGroupId("shop")
                .applyImmediately(true)
                .authToken(token)
                .authTokenUpdateStrategy(strategy));
  }

  @Test
  void increaseAndDecreaseReplicaCountChangeTheNodes() {
    group("shop");
    cache.increaseReplicaCount(
        b -> b.replicationGroupId("shop").newReplicaCount(5).applyImmediately(true));
    assertThat(describe("shop").memberClusters()).hasSize(6);
    cache.decreaseReplicaCount(
        b -> b.replicationGroupId("shop").newReplicaCount(1).applyImmediately(true));
    assertThat(describe("shop").memberClusters()).containsExactly("shop-001", "shop-002");
    assertThat(cache.describeCacheClusters().cacheClusters()).hasSize(2);
  }

  @Test
  void increaseAndDecreaseReplicaCountRefuseWhatIsNoChangeOrTooMuch() {
    group("shop");
    refused("NoOperationFault", () -> scale(2, true));
    refused("InvalidParameterValue", () -> scale(6, true));
    refused("InvalidParameterValue", () -> scale(3, false));
    refused(
        "InvalidParameterCombination",
        () ->
            cache.decreaseReplicaCount(
                b -> b.replicationGroupId("shop").newReplicaCount(0).applyImmediately(true)));
  }

  private void scale(int replicas, boolean immediately) {
    cache.increaseReplicaCount(
        b -> b.replicationGroupId("shop").newReplicaCount(replicas).applyImmediately(immediately));
  }

  @Test
  void deleteReplicationGroupTakesTheFinalSnapshotAndTheNodesAlong() {
    group("shop");
    describe("shop");
    emulator().transitions().elastiCache(LONG, LONG, LONG);
    var deleted =
        cache.deleteReplicationGroup(
            b -> b.replicationGroupId("shop").finalSnapshotIdentifier("last"));
    assertThat(deleted.replicationGroup().status()).isEqualTo("deleting");
    assertThat(describe("shop").status()).isEqualTo("deleting");

    emulator().transitions().complete();
    refused("ReplicationGroupNotFoundFault", () -> describe("shop"));
    assertThat(cache.describeCacheClusters().cacheClusters()).isEmpty();
    assertThat(cache.describeSnapshots(b -> b.replicationGroupId("shop")).snapshots())
        .extracting(snapshot -> snapshot.snapshotName())
        .containsExactly("last");
    emulator().transitions().elastiCache(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    group("shop");
    describe("shop");
    refused(
        "SnapshotAlreadyExistsFault",
        () ->
            cache.deleteReplicationGroup(
                b -> b.replicationGroupId("shop").finalSnapshotIdentifier("last")));
  }

  @Test
  void describeReplicationGroupsPagesById() {
    IntStream.range(0, 21)
        .forEach(
            i ->
                group(
                    "g" + (100 + i),
                    b ->
                        b.numCacheClusters(1)
                            .automaticFailoverEnabled(false)
                            .multiAZEnabled(false)));
    var first = cache.describeReplicationGroups(b -> b.maxRecords(20));
    var second = cache.describeReplicationGroups(b -> b.maxRecords(20).marker(first.marker()));
    assertThat(first.replicationGroups()).hasSize(20);
    assertThat(second.replicationGroups()).hasSize(1);
    refused("InvalidParameterValue", () -> cache.describeReplicationGroups(b -> b.maxRecords(101)));
  }

  @Test
  void getResourcesKnowsGroupsAndTheirNodesByTheWordsOfTheirArns() {
    group("shop", b -> b.tags(Tag.builder().key("owner").value("shop").build()));
    assertThat(arns("elasticache:replicationgroup")).hasSize(1);
    assertThat(arns("elasticache:cluster")).as("tags are handed on to nodes").hasSize(3);
  }

  private List<String> arns(String type) {
    return tagging.getResources(b -> b.resourceTypeFilters(type)).resourceTagMappingList().stream()
        .map(found -> found.resourceARN())
        .toList();
  }

  @Test
  void createCacheClusterMakesMemcachedNodesWithAConfigurationEndpoint() {
    emulator().transitions().elastiCache(LONG, LONG, LONG);
    assertThat(memcached("shop", b -> {}).cacheClusterStatus()).isEqualTo("creating");
    assertThat(cluster("shop").configurationEndpoint()).isNull();
    emulator().transitions().complete();
    assertThat(cluster("shop").configurationEndpoint().port()).isEqualTo(11211);
    assertThat(cluster("shop").preferredAvailabilityZone()).isEqualTo("Multiple");
    assertThat(cluster("shop").cacheNodes()).hasSize(3);
  }

  @Test
  void createCacheClusterRefusesWhatMemcachedCannot() {
    refused("InvalidParameterCombination", () -> memcached("shop", b -> b.engineVersion("1.6.6")));
    refused("InvalidParameterCombination", () -> memcached("shop", b -> b.numCacheNodes(1)));
    refused("NodeQuotaForClusterExceeded", () -> memcached("shop", b -> b.numCacheNodes(41)));
    refused("InvalidParameterCombination", () -> memcached("shop", b -> b.authToken(TOKEN)));
    memcached("shop", b -> {});
    refused("CacheClusterAlreadyExists", () -> memcached("shop", b -> {}));
  }

  @Test
  void modifyCacheClusterNeedsTheIdsOfNodesThatGo() {
    memcached("shop", b -> {});
    refused("InvalidParameterCombination", () -> nodes(2));
    nodes(2, "0002");
    assertThat(cluster("shop").cacheNodes())
        .extracting(node -> node.cacheNodeId())
        .containsExactly("0001", "0003");
    nodes(4);
    assertThat(cluster("shop").numCacheNodes()).isEqualTo(4);
    refused(
        "InvalidParameterCombination",
        () ->
            cache.modifyCacheCluster(
                b -> b.cacheClusterId("shop").cacheNodeType("cache.m7g.large")));
  }

  private void nodes(int nodes, String... removed) {
    cluster("shop");
    cache.modifyCacheCluster(
        b ->
            b.cacheClusterId("shop")
                .numCacheNodes(nodes)
                .cacheNodeIdsToRemove(removed)
                .applyImmediately(true));
  }

  @Test
  void deleteCacheClusterEndsInNothing() {
    memcached("shop", b -> {});
    cluster("shop");
    assertThat(
            cache
                .deleteCacheCluster(b -> b.cacheClusterId("shop"))
                .cacheCluster()
                .cacheClusterStatus())
        .isEqualTo("deleting");
    refused("CacheClusterNotFound", () -> cluster("shop"));
  }

  @Test
  void groupsInUseAreNotDeleted() {
    String security =
        ec2.createSecurityGroup(b -> b.groupName("store").description("d").vpcId(network.vpcId()))
            .groupId();
    group("shop", b -> b.securityGroupIds(security));
    refused("DependencyViolation", () -> ec2.deleteSecurityGroup(b -> b.groupId(security)));
    refused(
        "CacheSubnetGroupInUse",
        () -> cache.deleteCacheSubnetGroup(b -> b.cacheSubnetGroupName("private")));
    describe("shop");
    cache.deleteReplicationGroup(b -> b.replicationGroupId("shop"));
    refused("ReplicationGroupNotFoundFault", () -> describe("shop"));
    cache.deleteCacheSubnetGroup(b -> b.cacheSubnetGroupName("private"));
    ec2.deleteSecurityGroup(b -> b.groupId(security));
    refused(
        "CacheSubnetGroupNotFoundFault",
        () -> cache.describeCacheSubnetGroups(b -> b.cacheSubnetGroupName("private")));
  }

  @Test
  void cacheSubnetGroupsAreModifiedInPlaceAndNeedSubnetsThatAreThere() {
    refused("CacheSubnetGroupAlreadyExists", () -> subnetGroup("private"));
    refused("InvalidSubnet", () -> subnets("subnet-none"));
    subnets(network.privateSubnetIds().getFirst());
    assertThat(
            cache
                .describeCacheSubnetGroups(b -> b.cacheSubnetGroupName("private"))
                .cacheSubnetGroups()
                .getFirst()
                .subnets())
        .hasSize(1);
  }

  private void subnets(String subnetId) {
    cache.modifyCacheSubnetGroup(b -> b.cacheSubnetGroupName("private").subnetIds(subnetId));
  }
}
