package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.accessentry.AccessEntryModule;
import io.highlyavailable.operator.component.alarms.AlarmSetModule;
import io.highlyavailable.operator.component.alarms.RecoveryAlarmsModule;
import io.highlyavailable.operator.component.appsecret.AppSecretModule;
import io.highlyavailable.operator.component.backupcopy.BackupCopyModule;
import io.highlyavailable.operator.component.balancer.AppLoadBalancerModule;
import io.highlyavailable.operator.component.bucket.BucketModule;
import io.highlyavailable.operator.component.bucket.ReplicaModule;
import io.highlyavailable.operator.component.certificate.CertificateModule;
import io.highlyavailable.operator.component.cluster.ClusterModule;
import io.highlyavailable.operator.component.dashboard.DashboardModule;
import io.highlyavailable.operator.component.database.DatabaseModule;
import io.highlyavailable.operator.component.database.ReadReplicasModule;
import io.highlyavailable.operator.component.database.RestoredInstanceModule;
import io.highlyavailable.operator.component.engineversion.DefaultVersionModule;
import io.highlyavailable.operator.component.flowlog.FlowLogModule;
import io.highlyavailable.operator.component.gatewayendpoint.EndpointService;
import io.highlyavailable.operator.component.gatewayendpoint.GatewayEndpointModule;
import io.highlyavailable.operator.component.instancegroup.InstanceGroupModule;
import io.highlyavailable.operator.component.internetgateway.InternetGatewayModule;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplateModule;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerModule;
import io.highlyavailable.operator.component.loggroup.LogGroupModule;
import io.highlyavailable.operator.component.natgateway.NatGatewayModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.parametergroup.ParameterGroupsModule;
import io.highlyavailable.operator.component.peering.ClusterPeeringModule;
import io.highlyavailable.operator.component.publicaddress.PublicAddressModule;
import io.highlyavailable.operator.component.role.FlowLogRoleModule;
import io.highlyavailable.operator.component.role.InstanceRoleModule;
import io.highlyavailable.operator.component.role.MonitoringRoleModule;
import io.highlyavailable.operator.component.role.ReplicationRoleModule;
import io.highlyavailable.operator.component.role.RoleModule;
import io.highlyavailable.operator.component.routetable.RouteTableModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.sessionstore.SessionStoreModule;
import io.highlyavailable.operator.component.snapshots.SnapshotsModule;
import io.highlyavailable.operator.component.subnet.SubnetModule;
import io.highlyavailable.operator.component.subnet.SubnetTier;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.component.table.TableModule;
import io.highlyavailable.operator.component.table.TableReplicaModule;
import io.highlyavailable.operator.component.targetgroup.TargetGroupModule;
import io.highlyavailable.operator.component.topic.TopicModule;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.component.zone.ZonesModule;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Every AWS component there is: adding one adds a line. */
public final class AwsCatalogue {
  private AwsCatalogue() {}

  /** All components, each after those it depends on. */
  public static List<Module<?, ?, AwsClients>> modules() {
    return Stream.concat(managedNetwork(), inANetwork()).toList();
  }

  private static Stream<Module<?, ?, AwsClients>> managedNetwork() {
    return Stream.of(
            Stream.of(new ZonesModule(), new VpcModule(), new InternetGatewayModule()),
            eachZone(zone -> new SubnetModule(SubnetTier.PUBLIC, zone)),
            eachZone(zone -> new SubnetModule(SubnetTier.PRIVATE, zone)),
            eachZone(PublicAddressModule::new),
            eachZone(NatGatewayModule::new),
            Stream.of(new ClusterPeeringModule(), RouteTableModule.ofPublicSubnets()),
            eachZone(RouteTableModule::ofPrivateSubnet),
            Stream.of(EndpointService.values()).map(GatewayEndpointModule::new),
            Stream.of(new LogGroupModule(), new FlowLogRoleModule(), new FlowLogModule()))
        .flatMap(modules -> modules);
  }

  private static Stream<Module<?, ?, AwsClients>> eachZone(
      IntFunction<Module<?, ?, AwsClients>> module) {
    return ManagedNetwork.everyZone().mapToObj(module);
  }

  private static Stream<Module<?, ?, AwsClients>> inANetwork() {
    return Stream.of(
        new NetworkModule(),
        SecurityGroupModule.ofLoadBalancer(),
        SecurityGroupModule.ofInstances(),
        new SecurityGroupModule(DataTier.DATABASE),
        new SubnetGroupModule(DataTier.DATABASE),
        new SnapshotsModule(),
        new DefaultVersionModule(),
        new ParameterGroupsModule(),
        new MonitoringRoleModule(),
        new DatabaseModule(),
        new ReadReplicasModule(),
        new TableModule(),
        new TableReplicaModule(),
        new SecurityGroupModule(DataTier.SESSION_STORE),
        new SubnetGroupModule(DataTier.SESSION_STORE),
        new SessionStoreModule(),
        new BackupCopyModule(),
        new RoleModule(),
        new ReplicationRoleModule(),
        new ReplicaModule(),
        new BucketModule(),
        InstanceRoleModule.ofInstances(),
        new AppSecretModule(),
        LaunchTemplateModule.ofInstances(),
        new CertificateModule(),
        new TargetGroupModule(),
        new AppLoadBalancerModule(),
        InstanceGroupModule.ofInstances(),
        new ClusterModule(new NetworkModule()),
        InstanceRoleModule.ofNodes(),
        new AccessEntryModule(),
        LaunchTemplateModule.ofNodes(),
        InstanceGroupModule.ofNodes(),
        new LoadBalancerModule(),
        TopicModule.ofApp(),
        TopicModule.ofCopies(),
        new AlarmSetModule(),
        new DashboardModule(),
        new RecoveryAlarmsModule(),
        new RestoredInstanceModule());
  }
}
