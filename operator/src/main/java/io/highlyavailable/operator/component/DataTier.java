package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;

/** What lives in an app's network and has a security group and a subnet group of its own. */
public enum DataTier {
  /** The relational database. */
  DATABASE("database", "DatabaseReady") {
    @Override
    public boolean wanted(App app) {
      return app.databaseSettings().isPresent();
    }
  },

  /** The session store. */
  SESSION_STORE("session-store", "SessionStoreReady") {
    @Override
    public boolean wanted(App app) {
      return app.sessionStoreSettings().isPresent();
    }
  };

  private final String component;
  private final String condition;

  DataTier(String component, String condition) {
    this.component = component;
    this.condition = condition;
  }

  /** Whether the spec asks for it. */
  public abstract boolean wanted(App app);

  /** The name of its component. */
  public ComponentName component() {
    return new ComponentName(component);
  }

  /** The name of its security group's component. */
  public ComponentName securityGroup() {
    return new ComponentName(component + "-security-group");
  }

  /** The name of its subnet group's component. */
  public ComponentName subnetGroup() {
    return new ComponentName(component + "-subnet-group");
  }

  /** The condition that its components count towards. */
  public String condition() {
    return condition;
  }
}
