package io.highlyavailable.operator.component.topic;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A topic as it should be.
 *
 * @param name its name
 * @param arn its ARN, which follows from the name
 * @param policy the statements that its policy must have, as canonical JSON
 * @param addresses e-mail addresses to notify, in order
 */
public record TopicDesired(String name, String arn, String policy, SortedSet<String> addresses) {
  public TopicDesired {
    addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
  }
}
