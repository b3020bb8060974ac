package io.highlyavailable.operator.component.publicaddress;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class PublicAddressAdapterTest extends AdapterContract<PublicAddressDesired, PublicAddress> {
  PublicAddressAdapterTest() {
    super(new PublicAddressModule(1), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.PER_ZONE, false).build();
  }

  @Override
  protected Map<String, Consumer<PublicAddress>> drifts() {
    return Map.of();
  }
}
