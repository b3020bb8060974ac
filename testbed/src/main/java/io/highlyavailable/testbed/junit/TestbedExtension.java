package io.highlyavailable.testbed.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.network.Network;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects parts of the local platform by the parameter's type. All tests of a JVM share one
 * platform, of which only the parts are started that some test takes; it ends after the last test.
 *
 * <ul>
 *   <li>{@link Testbed}: the platform itself, with nothing started
 *   <li>{@link Cluster}, {@link KubernetesClient} (of an administrator): the cluster
 *   <li>{@link AwsEmulator}: the AWS emulator, empty but for its certificates unless some test made
 *       something
 *   <li>{@link Network}: the cluster's network in the emulator
 *   <li>{@link TestNamespace}: one of the test's own, the same for all parameters of that test, or
 *       of that class when its constructor or a {@code @BeforeAll} takes it
 *   <li>{@link Toolchain}: the platform's programs
 * </ul>
 */
public final class TestbedExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(TestbedExtension.class);

  private static final Map<Class<?>, Function<Testbed, Object>> PARTS =
      Map.of(
          Testbed.class,
          testbed -> testbed,
          Toolchain.class,
          Testbed::toolchain,
          Cluster.class,
          Testbed::cluster,
          AwsEmulator.class,
          Testbed::aws,
          Network.class,
          Testbed::network,
          KubernetesClient.class,
          testbed -> testbed.cluster().client());

  /** Made by JUnit. */
  public TestbedExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestNamespace.class || PARTS.containsKey(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Testbed testbed = testbed(context);
    if (type == TestNamespace.class) {
      return namespace(context, testbed.cluster().client());
    }
    return PARTS.get(type).apply(testbed);
  }

  /** The platform of the JVM, for extensions that build on this one. */
  public static Testbed testbed(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Testbed.class, key -> new Testbed(), Testbed.class);
  }

  private static TestNamespace namespace(ExtensionContext context, KubernetesClient client) {
    String prefix =
        context.getTestMethod().map(m -> m.getName()).orElseGet(context::getDisplayName);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            OwnedNamespace.class,
            key -> new OwnedNamespace(TestNamespace.create(client, prefix), client),
            OwnedNamespace.class)
        .namespace();
  }

  /** Lets the store remove the namespace when the test is over. */
  private record OwnedNamespace(TestNamespace namespace, KubernetesClient client)
      implements AutoCloseable {
    @Override
    public void close() {
      namespace.delete(client);
    }
  }
}
