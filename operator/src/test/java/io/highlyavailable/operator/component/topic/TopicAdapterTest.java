package io.highlyavailable.operator.component.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;

class TopicAdapterTest extends AdapterContract<TopicDesired, Topic> {
  private static final String OPS = "ops@example.com";
  private static final String MORE = "more@example.com";

  TopicAdapterTest() {
    super(TopicModule.ofApp(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique().notifying(OPS).build();
  }

  private SnsClient somebody() {
    return admin().sns();
  }

  /** As if the owner of the address had followed the link. */
  private void confirm(Topic topic, String address) {
    somebody().confirmSubscription(it -> it.topicArn(topic.id()).token("token-for-" + address));
  }

  private void unsubscribe(Topic topic, String address) {
    confirm(topic, address);
    String arn =
        somebody().listSubscriptionsByTopic(it -> it.topicArn(topic.id())).subscriptions().stream()
            .filter(it -> it.endpoint().equals(address))
            .findFirst()
            .orElseThrow()
            .subscriptionArn();
    somebody().unsubscribe(it -> it.subscriptionArn(arn));
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of("notify", app -> Records.with(app, "recipients", List.of(OPS, MORE)));
  }

  @Override
  protected Map<String, Consumer<Topic>> drifts() {
    return Map.of(
        "policy",
        topic ->
            somebody()
                .setTopicAttributes(
                    it ->
                        it.topicArn(topic.id())
                            .attributeName("Policy")
                            .attributeValue("{\"Version\":\"2012-10-17\",\"Statement\":[]}")),
        "notify " + OPS,
        topic -> unsubscribe(topic, OPS));
  }

  private Topic changed(Topic topic, String... addresses) {
    TopicDesired next = desiredOf(Records.with(app, "recipients", List.of(addresses)));
    List<Difference> differences = component.differences(next, topic);
    return differences.isEmpty() ? topic : adapter.update(topic, next, differences);
  }

  private List<String> addresses() {
    return observed().orElseThrow().subscriptions().stream()
        .map(Topic.Subscription::endpoint)
        .toList();
  }

  @Test
  void tellsWhoHasToConfirm() {
    Topic topic = create();
    assertThat(component.remark(app, topic)).endsWith("have confirmed: " + OPS);
    assertThat(component.advice(app, topic)).startsWith(OPS + ": follow");
    confirm(topic, OPS);
    Topic confirmed = observed().orElseThrow();
    assertThat(component.remark(app, confirmed)).isEmpty();
    assertThat(component.advice(app, confirmed)).isEmpty();
  }

  @Test
  void anAddressThatIsNotAskedAnyMoreIsUnsubscribedOnceItHasConfirmed() {
    create();
    changed(observed().orElseThrow(), MORE);
    assertThat(addresses()).containsExactly(MORE, OPS);

    confirm(observed().orElseThrow(), OPS);
    Topic changed = changed(observed().orElseThrow(), MORE);
    assertThat(addresses()).containsExactly(MORE);
    assertThat(observed()).contains(changed);
  }

  @Test
  void whomAPersonSubscribedStays() {
    Topic topic = create();
    somebody()
        .subscribe(it -> it.topicArn(topic.id()).protocol("email").endpoint("boss@example.com"));
    somebody()
        .subscribe(
            it ->
                it.topicArn(topic.id()).protocol("https").endpoint("https://pager.example.com/in"));
    confirm(topic, "boss@example.com");
    confirm(topic, OPS);
    changed(observed().orElseThrow(), MORE);
    assertThat(addresses())
        .containsExactly("boss@example.com", MORE, "https://pager.example.com/in");
  }

  @Test
  void whatAPersonAddedToThePolicyStays() {
    Topic topic = create();
    String more =
        topic
            .policy()
            .replace(
                "\"Statement\":[",
                "\"Statement\":[{\"Action\":[\"SNS:Subscribe\"],\"Effect\":\"Allow\",\"Principal\":"
                    + "{\"AWS\":\"*\"},\"Resource\":[\"%s\"],\"Sid\":\"Pager\"},"
                        .formatted(topic.id()));
    somebody()
        .setTopicAttributes(
            it -> it.topicArn(topic.id()).attributeName("Policy").attributeValue(more));
    assertThat(observed().orElseThrow().policy()).isEqualTo(more);
    assertThat(differences(observed().orElseThrow())).isEmpty();
  }

  @Test
  void letsAlarmsOfThisAccountPublishAndHasNoKeyThatWouldHinderThem() {
    Topic topic = create();
    assertThat(topic.policy())
        .contains("cloudwatch.amazonaws.com", "aws:SourceAccount", "SNS:Publish", topic.id());
    assertThat(somebody().getTopicAttributes(it -> it.topicArn(topic.id())).attributes())
        .doesNotContainKey("KmsMasterKeyId");
  }

  @Test
  void isWantedForAddressesOnly() {
    assertThat(component.wanted(app)).isTrue();
    assertThat(component.wanted(SampleApp.named("a").build())).isFalse();
    assertThat(component.wanted(SampleApp.named("a").notifying(OPS).alarms(false).build()))
        .isFalse();
    String arn = "arn:aws:sns:us-east-1:123456789012:oncall";
    assertThat(component.wanted(SampleApp.named("a").notifying(arn).build())).isFalse();
    assertThat(TopicModule.ofCopies().component().wanted(app)).isFalse();
  }
}
