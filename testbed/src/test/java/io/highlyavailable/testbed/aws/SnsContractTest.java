package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Tag;

/**
 * Source: CreateTopic, DeleteTopic, Subscribe, ConfirmSubscription, Unsubscribe, ListTopics and
 * ListSubscriptionsByTopic in the API reference of SNS.
 */
class SnsContractTest extends EmulatorTest {
  private static final String ADDRESS = "ops@example.com";

  private final SnsClient sns = client(SnsClient.builder());

  private String create(String name, String owner) {
    return sns.createTopic(
            b ->
                b.name(name)
                    .attributes(Map.of("Policy", "{\"Version\":\"2012-10-17\",\"Statement\":[]}"))
                    .tags(Tag.builder().key("owner").value(owner).build()))
        .topicArn();
  }

  private String subscribe(String topic) {
    return sns.subscribe(b -> b.topicArn(topic).protocol("email").endpoint(ADDRESS))
        .subscriptionArn();
  }

  private List<Subscription> subscriptions(String topic) {
    return sns.listSubscriptionsByTopic(b -> b.topicArn(topic)).subscriptions();
  }

  @Test
  void aTopicIsReturnedAgainToItsOwnerOnly() {
    String arn = create("alarms", "first");
    assertThat(create("alarms", "first")).isEqualTo(arn);
    refused("InvalidParameter", () -> create("alarms", "second"));
    assertThat(sns.listTagsForResource(b -> b.resourceArn(arn)).tags())
        .containsExactly(Tag.builder().key("owner").value("first").build());
    assertThat(sns.getTopicAttributes(b -> b.topicArn(arn)).attributes().get("Policy"))
        .contains("2012-10-17");
  }

  @Test
  void anAddressIsPendingUntilItConfirmsAndCannotBeUnsubscribedBefore() {
    String topic = create("alarms", "first");
    assertThat(subscribe(topic)).isEqualTo("pending confirmation");
    assertThat(subscriptions(topic))
        .extracting(Subscription::subscriptionArn)
        .containsExactly("PendingConfirmation");
    refused(
        "InvalidParameter", () -> sns.unsubscribe(b -> b.subscriptionArn("PendingConfirmation")));

    sns.confirmSubscription(b -> b.topicArn(topic).token("token-for-" + ADDRESS));
    String arn = subscriptions(topic).getFirst().subscriptionArn();
    assertThat(arn).startsWith(topic + ":");
    assertThat(subscribe(topic)).isEqualTo(arn);
    assertThat(subscriptions(topic)).hasSize(1);

    sns.unsubscribe(b -> b.subscriptionArn(arn));
    assertThat(subscriptions(topic)).isEmpty();
    sns.unsubscribe(b -> b.subscriptionArn(arn));
  }

  @Test
  void aTopicTakesItsSubscriptionsWithItAndIsDeletedTwiceWithoutError() {
    String topic = create("alarms", "first");
    subscribe(topic);
    sns.deleteTopic(b -> b.topicArn(topic));
    sns.deleteTopic(b -> b.topicArn(topic));
    refused("NotFound", () -> sns.getTopicAttributes(b -> b.topicArn(topic)));
    refused("NotFound", () -> sns.listSubscriptionsByTopic(b -> b.topicArn(topic)));
    refused("ResourceNotFound", () -> sns.listTagsForResource(b -> b.resourceArn(topic)));
    create("alarms", "second");
    assertThat(subscriptions(topic)).isEmpty();
  }

  @Test
  void listTopicsPages() {
    IntStream.range(100, 230).forEach(i -> create("topic-" + i, "first"));
    var first = sns.listTopics();
    assertThat(first.topics()).hasSize(100);
    assertThat(sns.listTopics(b -> b.nextToken(first.nextToken())).topics()).hasSize(30);
    assertThat(sns.listTopicsPaginator().topics()).hasSize(130);
  }
}
