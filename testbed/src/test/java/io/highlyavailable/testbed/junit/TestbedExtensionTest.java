package io.highlyavailable.testbed.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.cluster.Cluster;
import org.junit.jupiter.api.Test;

@WithTestbed
class TestbedExtensionTest {

  @Test
  void givesOneClusterToAll(Testbed testbed, Cluster cluster, KubernetesClient client) {
    assertThat(testbed.cluster()).isSameAs(cluster);
    assertThat(cluster.client()).isSameAs(client);
  }

  @Test
  void givesATestOneNamespaceOfItsOwn(
      TestNamespace first, TestNamespace second, KubernetesClient client) {
    assertThat(first).isEqualTo(second);
    assertThat(first.name()).startsWith("gives-a-test-one-namespace-of-its-own-");
    assertThat(client.namespaces().withName(first.name()).get().getMetadata().getUid())
        .isEqualTo(first.uid());
  }
}
