package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a component may know of the rest: resources of the components it depends on that are ready,
 * generated secrets that are written down, and the administrator's settings.
 */
public interface Upstream {
  /** The ready resource of that type, if the only component of the type has one. */
  <R extends CloudResource> Optional<R> ready(Class<R> type);

  /** The ready resource of one of several components of the same type. */
  <R extends CloudResource> Optional<R> ready(ComponentName component, Class<R> type);

  /**
   * What is known of the resource of a component that comes later: what it uses of this one must
   * not go. Whose it is has not been asked yet.
   */
  default Observation<?> observed(ComponentName component) {
    return new Observation.Unknown<>("nothing was looked at");
  }

  /** The binding of this suffix that its Secret holds already, if there is one. */
  default Optional<Binding> bound(String suffix) {
    return Optional.empty();
  }

  /** A generated secret that Kubernetes has acknowledged, by the suffix it was declared with. */
  Optional<Sensitive> secret(String suffix);

  /**
   * Whom the pods are to log in to the database as; empty while nobody new can be named, and what
   * they were told before stands.
   */
  default Optional<DatabaseUser> databaseUser() {
    return Optional.empty();
  }

  /** Whether no new image may be rolled out now: its migration has not run to success. */
  default boolean rolloutHeld() {
    return false;
  }

  /** What the administrator configured. */
  Settings settings();

  /**
   * The administrator's settings that decide how resources look.
   *
   * @param accountId the AWS account the operator's credentials belong to
   * @param partition {@code aws}, {@code aws-cn} or {@code aws-us-gov}
   * @param vpcId the cluster's VPC; empty when not configured
   * @param clientSecurityGroupIds the cluster's security groups
   * @param oidcProviderArn the cluster's OIDC provider for IRSA; empty when not configured
   * @param iamPath path of every role, begins and ends with a slash
   * @param permissionsBoundaryArn boundary of every role; empty for none
   * @param recoveryRegion the region of the app's copies: the one asked for, else the one in which
   *     there still are some; empty for none
   * @param recoveryKmsKeyArns keys for encrypted copies, at most one a region
   * @param managedVpcId the VPC that was made for the app; empty while there is none
   * @param eksCluster the cluster's name in EKS; empty when not configured
   * @param clusterFailure why EKS did not tell of the cluster's VPC and groups, or null
   */
  record Settings(
      String accountId,
      String partition,
      String vpcId,
      List<String> clientSecurityGroupIds,
      String oidcProviderArn,
      String iamPath,
      String permissionsBoundaryArn,
      String recoveryRegion,
      List<String> recoveryKmsKeyArns,
      String managedVpcId,
      String eksCluster,
      @Nullable CloudFailure clusterFailure) {
    public Settings {
      clientSecurityGroupIds = List.copyOf(clientSecurityGroupIds);
      recoveryKmsKeyArns = List.copyOf(recoveryKmsKeyArns);
    }

    /** The key for encrypted copies in the recovery region, if the administrator has named one. */
    public Optional<String> recoveryKmsKeyArn() {
      return recoveryKmsKeyArns.stream()
          .filter(arn -> arn.split(":")[3].equals(recoveryRegion))
          .findFirst();
    }

    /** Settings of an app that has no VPC of its own. */
    public Settings(
        String accountId,
        String partition,
        String vpcId,
        List<String> clientSecurityGroupIds,
        String oidcProviderArn,
        String iamPath,
        String permissionsBoundaryArn,
        String recoveryRegion,
        List<String> recoveryKmsKeyArns) {
      this(
          accountId,
          partition,
          vpcId,
          clientSecurityGroupIds,
          oidcProviderArn,
          iamPath,
          permissionsBoundaryArn,
          recoveryRegion,
          recoveryKmsKeyArns,
          "",
          "",
          null);
    }

    /** The same for an app that has a VPC of its own; empty while it is not known. */
    public Settings withManagedVpc(String id) {
      return new Settings(
          accountId,
          partition,
          vpcId,
          clientSecurityGroupIds,
          oidcProviderArn,
          iamPath,
          permissionsBoundaryArn,
          recoveryRegion,
          recoveryKmsKeyArns,
          id,
          eksCluster,
          clusterFailure);
    }

    /**
     * The same in a cluster of EKS.
     *
     * @param name the cluster's name; empty when not configured
     * @param why EKS did not tell of its network; null while it did, or need not be asked
     */
    public Settings withCluster(String name, @Nullable CloudFailure why) {
      return new Settings(
          accountId,
          partition,
          vpcId,
          clientSecurityGroupIds,
          oidcProviderArn,
          iamPath,
          permissionsBoundaryArn,
          recoveryRegion,
          recoveryKmsKeyArns,
          managedVpcId,
          name,
          why);
    }

    /**
     * What to say while something about the cluster is not known.
     *
     * @param unknown what is not known, and why that matters
     * @param variable of the operator's environment that names it
     */
    public Readiness.Failed unknownCluster(String unknown, String variable) {
      if (clusterFailure == null) {
        return new Readiness.Failed(
            unknown,
            "set "
                + variable
                + " or HAAPP_EKS_CLUSTER in the operator's configuration, or name it in"
                + " spec.network");
      }
      String step = clusterFailure.nextStep();
      return new Readiness.Failed(
          unknown + ": " + clusterFailure.line(),
          step.isEmpty()
              ? "correct HAAPP_EKS_CLUSTER, or set "
                  + variable
                  + ", in the operator's configuration"
              : step);
    }

    /** Settings of an app that has no copies in another region. */
    public Settings(
        String accountId,
        String partition,
        String vpcId,
        List<String> clientSecurityGroupIds,
        String oidcProviderArn,
        String iamPath,
        String permissionsBoundaryArn) {
      this(
          accountId,
          partition,
          vpcId,
          clientSecurityGroupIds,
          oidcProviderArn,
          iamPath,
          permissionsBoundaryArn,
          "",
          List.of());
    }
  }

  /** Secrets to generate before anything that uses them is created: suffix to length. */
  record GeneratedSecrets(Map<String, Integer> lengths) {
    public static final GeneratedSecrets NONE = new GeneratedSecrets(Map.of());
  }
}
