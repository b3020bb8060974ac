package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;
import java.util.Set;

/** What an app on EC2 instances is made of: what its pieces are called. */
public final class Compute {
  /** Who may reach the instances. */
  public static final ComponentName APP_SECURITY_GROUP = new ComponentName("app-security-group");

  /** Who may reach their load balancer. */
  public static final ComponentName BALANCER_SECURITY_GROUP =
      new ComponentName("load-balancer-security-group");

  /** What the instances may do. */
  public static final ComponentName ROLE = new ComponentName("instance-role");

  /** The app's environment. */
  public static final ComponentName SECRET = new ComponentName("app-secret");

  /** What an instance is like. */
  public static final ComponentName LAUNCH_TEMPLATE = new ComponentName("launch-template");

  /** Where requests go. */
  public static final ComponentName TARGET_GROUP = new ComponentName("target-group");

  /** Where they come from. */
  public static final ComponentName BALANCER = new ComponentName("app-load-balancer");

  /** The instances. */
  public static final ComponentName GROUP = new ComponentName("auto-scaling-group");

  /** The condition that the instances and what they are made of count towards. */
  public static final String CONDITION = "WorkloadReady";

  /**
   * The port of the instances that requests go to, whatever the port of the container: that of a
   * target group cannot be changed.
   */
  public static final int INSTANCE_PORT = 8080;

  private static final Set<ComponentName> PIECES =
      Set.of(
          APP_SECURITY_GROUP,
          BALANCER_SECURITY_GROUP,
          ROLE,
          SECRET,
          LAUNCH_TEMPLATE,
          TARGET_GROUP,
          BALANCER,
          GROUP);

  private Compute() {}

  /** Whether a component is there for instances alone. */
  public static boolean isPiece(ComponentName name) {
    return PIECES.contains(name);
  }

  /** Whether the app runs on instances. */
  public static boolean wanted(App app) {
    return app.instances().isPresent();
  }
}
