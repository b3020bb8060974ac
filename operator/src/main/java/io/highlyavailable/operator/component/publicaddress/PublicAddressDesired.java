package io.highlyavailable.operator.component.publicaddress;

/**
 * A public address as it should be.
 *
 * @param zone which zone's NAT gateway it is for, from 1
 */
public record PublicAddressDesired(int zone) {}
