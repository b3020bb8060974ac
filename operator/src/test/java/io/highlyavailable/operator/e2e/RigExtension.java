package io.highlyavailable.operator.e2e;

import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.junit.TestbedExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Injects the {@link Rig} of the JVM and a {@link Stage} of the test's own. */
final class RigExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RigExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Rig.class || type == Stage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Rig.class ? rig(context) : stage(context);
  }

  private static Rig rig(ExtensionContext context) {
    // Made first, so that it is closed last.
    Testbed testbed = TestbedExtension.testbed(context);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Rig.class, key -> new Rig(testbed), Rig.class);
  }

  private static Stage stage(ExtensionContext context) {
    Rig rig = rig(context);
    String name = context.getRequiredTestMethod().getName();
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Stage.class, key -> new Stage(rig, name), Stage.class);
  }
}
