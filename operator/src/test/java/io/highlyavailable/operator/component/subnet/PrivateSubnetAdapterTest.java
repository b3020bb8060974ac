package io.highlyavailable.operator.component.subnet;

class PrivateSubnetAdapterTest extends SubnetContract {
  PrivateSubnetAdapterTest() {
    super(SubnetTier.PRIVATE, "kubernetes.io/role/internal-elb");
  }
}
