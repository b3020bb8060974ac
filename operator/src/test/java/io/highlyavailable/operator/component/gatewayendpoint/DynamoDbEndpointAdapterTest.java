package io.highlyavailable.operator.component.gatewayendpoint;

class DynamoDbEndpointAdapterTest extends GatewayEndpointContract {
  DynamoDbEndpointAdapterTest() {
    super(EndpointService.DYNAMODB);
  }
}
