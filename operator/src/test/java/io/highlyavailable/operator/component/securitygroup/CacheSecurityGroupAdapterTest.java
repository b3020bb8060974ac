package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.DataTier;

class CacheSecurityGroupAdapterTest extends SecurityGroupContract {
  CacheSecurityGroupAdapterTest() {
    super(DataTier.SESSION_STORE, 6379);
  }
}
