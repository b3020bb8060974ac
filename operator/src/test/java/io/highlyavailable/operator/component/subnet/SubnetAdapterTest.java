package io.highlyavailable.operator.component.subnet;

class SubnetAdapterTest extends SubnetContract {
  SubnetAdapterTest() {
    super(SubnetTier.PUBLIC, "kubernetes.io/role/elb");
  }
}
