package io.highlyavailable.operator.component.appsecret;

import io.highlyavailable.operator.model.Sensitive;

/**
 * A secret as it should be.
 *
 * @param name its name
 * @param value its value, a JSON object of strings
 * @param version the id of the version with that value
 */
public record AppSecretDesired(String name, Sensitive value, String version) {}
