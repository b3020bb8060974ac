package io.highlyavailable.operator.component.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.appsecret.AppSecretModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.role.InstanceRoleModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.testbed.aws.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

class LaunchTemplateAdapterTest extends AdapterContract<LaunchTemplateDesired, LaunchTemplate> {
  LaunchTemplateAdapterTest() {
    super(
        LaunchTemplateModule.ofInstances(),
        List.of(
            new NetworkModule(),
            SecurityGroupModule.ofLoadBalancer(),
            SecurityGroupModule.ofInstances(),
            InstanceRoleModule.ofInstances(),
            new AppSecretModule()));
  }

  @Override
  protected App sample() {
    return Instances.withoutData().build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    Map<String, UnaryOperator<App>> changes = new LinkedHashMap<>();
    changes.put("instanceType", setting("compute", "instanceType", "m7i.large"));
    changes.put("rootVolumeGiB", setting("compute", "rootVolumeGiB", 40));
    changes.put("image", setting("workload", "image", "example.com/shop:2"));
    changes.put("port", setting("workload", "port", 9090));
    return changes;
  }

  @Override
  protected Map<String, Consumer<LaunchTemplate>> drifts() {
    Map<String, Consumer<LaunchTemplate>> drifts = new LinkedHashMap<>();
    drifts.put("instanceType", row -> another(row, data -> data.instanceType("m7g.16xlarge")));
    drifts.put(
        "hardened",
        row -> another(row, data -> data.metadataOptions(it -> it.httpTokens("optional"))));
    drifts.put("userData", row -> another(row, data -> data.userData("IyEvYmluL2Jhc2g=")));
    drifts.put("instanceProfile", row -> another(row, data -> data.iamInstanceProfile(it -> {})));
    return drifts;
  }

  private void another(LaunchTemplate row, Consumer<RequestLaunchTemplateData.Builder> change) {
    RequestLaunchTemplateData.Builder data = Blueprints.write(row.blueprint()).toBuilder();
    change.accept(data);
    long version =
        clients
            .ec2()
            .createLaunchTemplateVersion(
                it -> it.launchTemplateId(row.templateId()).launchTemplateData(data.build()))
            .launchTemplateVersion()
            .versionNumber();
    clients
        .ec2()
        .modifyLaunchTemplate(
            it -> it.launchTemplateId(row.templateId()).defaultVersion(String.valueOf(version)));
  }

  @Test
  void aVersionMadeBeforeACrashIsMadeTheDefaultAndNotMadeTwice() {
    LaunchTemplate first = create();
    LaunchTemplateDesired changed =
        Records.with(
            desired, "blueprint", Records.with(desired.blueprint(), "instanceType", "m7g.large"));
    try (Fault fault =
        world
            .emulator()
            .faults()
            .on("ec2", "ModifyLaunchTemplate")
            .caller("adapter")
            .dropBefore()) {
      catchThrowable(() -> adapter.update(first, changed, component.differences(changed, first)));
      assertThat(fault.hits()).isOne();
    }
    LaunchTemplate half = observed().orElseThrow();
    assertThat(half.version()).isEqualTo(1);
    assertThat(half.latestVersion()).isEqualTo(2);
    adapter.update(half, changed, component.differences(changed, half));
    LaunchTemplate done = observed().orElseThrow();
    assertThat(done.version()).isEqualTo(2);
    assertThat(done.latestVersion()).isEqualTo(2);
    assertThat(component.differences(changed, done)).isEmpty();
  }
}
