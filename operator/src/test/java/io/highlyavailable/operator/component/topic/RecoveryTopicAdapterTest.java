package io.highlyavailable.operator.component.topic;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class RecoveryTopicAdapterTest extends AdapterContract<TopicDesired, Topic> {
  RecoveryTopicAdapterTest() {
    super(TopicModule.ofCopies(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .notifying("ops@example.com")
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
        .build();
  }

  @Override
  protected Map<String, Consumer<Topic>> drifts() {
    return Map.of(
        "policy",
        topic ->
            world
                .clients("somebody", CallListener.NONE, KnownUpstream.RECOVERY_REGION)
                .sns()
                .setTopicAttributes(
                    it ->
                        it.topicArn(topic.id())
                            .attributeName("Policy")
                            .attributeValue("{\"Version\":\"2012-10-17\",\"Statement\":[]}")));
  }
}
