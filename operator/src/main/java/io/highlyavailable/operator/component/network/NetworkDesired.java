package io.highlyavailable.operator.component.network;

import io.highlyavailable.operator.model.App;

/**
 * What an app needs of its network.
 *
 * @param app decides which subnets count
 */
public record NetworkDesired(App app) {}
