package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.DataTier;

class SecurityGroupAdapterTest extends SecurityGroupContract {
  SecurityGroupAdapterTest() {
    super(DataTier.DATABASE, 5432);
  }
}
