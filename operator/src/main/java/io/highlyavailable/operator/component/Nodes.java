package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;

/** What a group of worker nodes is made of: what its pieces are called. */
public final class Nodes {
  /** The cluster that they join. */
  public static final ComponentName CLUSTER = new ComponentName("cluster");

  /** What they may do. */
  public static final ComponentName ROLE = new ComponentName("node-role");

  /** Their right to join. */
  public static final ComponentName ACCESS = new ComponentName("node-access");

  /** What a node is like. */
  public static final ComponentName LAUNCH_TEMPLATE = new ComponentName("node-launch-template");

  /** The nodes. */
  public static final ComponentName GROUP = new ComponentName("node-group");

  /** The condition that the nodes and what they are made of count towards. */
  public static final String CONDITION = "NodesReady";

  /** The label that every node of a group bears; its value is the group's name. */
  public static final String LABEL = "highlyavailable.io/node-group";

  /** What the name of the role ends with. */
  public static final String ROLE_SUFFIX = "-node";

  private Nodes() {}

  /** Whether the app has worker nodes of its own. */
  public static boolean wanted(App app) {
    return app.nodes().isPresent();
  }

  /** The name of the Auto Scaling group and of the launch template; at most 46 characters. */
  public static String resource(App app) {
    return app.resourceName() + "-nodes";
  }

  /** The name of the role and of the instance profile; at most 45 characters. */
  public static String role(App app) {
    return app.resourceName() + ROLE_SUFFIX;
  }
}
