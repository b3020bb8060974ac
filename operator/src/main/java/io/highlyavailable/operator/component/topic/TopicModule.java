package io.highlyavailable.operator.component.topic;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the topics of alarms: one where the app is, and one where its copies are. */
public final class TopicModule implements Module<TopicDesired, Topic, AwsClients> {
  private final TopicRules rules;

  private TopicModule(TopicRules rules) {
    this.rules = rules;
  }

  /** For alarms in the app's region. */
  public static TopicModule ofApp() {
    return new TopicModule(new TopicRules(false));
  }

  /** For alarms in the region of its copies: alarms use topics of their own region alone. */
  public static TopicModule ofCopies() {
    return new TopicModule(new TopicRules(true));
  }

  @Override
  public Component<TopicDesired, Topic> component() {
    return rules;
  }

  @Override
  public Adapter<TopicDesired, Topic> adapter(AwsClients clients) {
    return new TopicAdapter(clients);
  }
}
