package io.highlyavailable.operator.component.gatewayendpoint;

class GatewayEndpointAdapterTest extends GatewayEndpointContract {
  GatewayEndpointAdapterTest() {
    super(EndpointService.S3);
  }
}
