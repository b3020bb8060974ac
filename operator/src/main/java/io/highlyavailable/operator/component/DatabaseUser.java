package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.Sensitive;

/**
 * The database user that the pods are to log in as; it exists.
 *
 * @param username its name
 * @param password its password
 * @param source what it was made for: changes when it has to be made again
 */
public record DatabaseUser(String username, Sensitive password, String source) {}
