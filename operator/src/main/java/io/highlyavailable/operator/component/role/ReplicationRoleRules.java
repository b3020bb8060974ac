package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;

/** A role that S3 alone may take on, for the app's own bucket, to write to its copy alone. */
public final class ReplicationRoleRules implements ServiceRoleRules<ReplicationRole> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("storage-replication-role");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String condition() {
    return "BackupsReady";
  }

  @Override
  public Class<ReplicationRole> resourceType() {
    return ReplicationRole.class;
  }

  @Override
  public boolean wanted(App app) {
    return app.bucketCopies().isPresent();
  }

  @Override
  public String suffix() {
    return "-replication";
  }

  @Override
  public String trust(App app, Upstream.Settings settings) {
    return ReplicationPolicies.trust(app, settings);
  }

  @Override
  public String policy(App app, Upstream.Settings settings) {
    return ReplicationPolicies.replication(app, settings);
  }
}
