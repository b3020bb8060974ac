package io.highlyavailable.operator.component;

import java.time.Instant;

/**
 * An alarm that is on.
 *
 * @param name its full name
 * @param since when it came on
 * @param meaning what it means; the same however often it comes on
 * @param reason the provider's words about why it came on, with the numbers of that moment
 * @param usersAffected whether it means that the app's users suffer now
 */
public record RaisedAlarm(
    String name, Instant since, String meaning, String reason, boolean usersAffected) {}
