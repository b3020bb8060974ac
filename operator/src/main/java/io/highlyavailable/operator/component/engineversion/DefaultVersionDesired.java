package io.highlyavailable.operator.component.engineversion;

/** Nothing is asked of a default version: it is what RDS says. */
public record DefaultVersionDesired() {}
