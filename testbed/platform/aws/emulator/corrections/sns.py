"""SNS topics and their subscriptions: no second topic of a name with other tags, addresses that have to confirm, pages.

Source: CreateTopic, Subscribe, ConfirmSubscription, Unsubscribe and ListSubscriptionsByTopic in the API reference of
SNS: a topic that is there is returned only when name, attributes and tags are the same; an e-mail address is pending
until its owner confirms, has ``PendingConfirmation`` in place of an ARN, and cannot be unsubscribed before.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.sns.models import SNSBackend, Subscription, Topic
from moto.sns.responses import SNSResponse

from emulator.corrections import paging, refuse, replaces
from emulator.hiding import HIDING

_PAGE = 100
_PENDING = "PendingConfirmation"
_CONFIRMED_BY_A_PERSON = ("email", "email-json")


def token_of(endpoint: str) -> str:
    """The token in the message that asks an address to confirm; nobody receives it here."""
    return f"token-for-{endpoint}"


@replaces(SNSBackend, "create_topic")
def create_topic(original: Any, self: SNSBackend, name: str, attributes: Any = None, tags: Any = None) -> Topic:
    """Returns what is there only to whoever describes it as it is."""
    there = {topic.name: topic for topic in self.topics.values()}.get(name)
    if there is not None and (tags or {}) != there._tags:
        refuse("InvalidParameter", "Invalid parameter: Tags Reason: Topic already exists with different tags")
    created: Topic = original(self, name, attributes, tags)
    return created


@replaces(SNSResponse, "list_topics")
def list_topics(original: Any, self: SNSResponse) -> Any:
    """Pages by name, and shows new topics late."""
    topics = [topic for topic in self.backend.topics.values() if not HIDING.hidden(topic.arn)]
    marker = paging.marker_of(self._get_param("NextToken"), "InvalidParameter")
    shown, following = paging.page(topics, lambda topic: topic.arn, marker, _PAGE)
    return ActionResult({"Topics": shown, "NextToken": paging.token(following)})


@replaces(SNSBackend, "subscribe")
def subscribe(original: Any, self: SNSBackend, topic_arn: str, endpoint: str, protocol: str) -> Subscription:
    """An address that is subscribed already is not so twice."""
    there = self._find_subscription(topic_arn, endpoint, protocol)
    made: Subscription = there or original(self, topic_arn, endpoint, protocol)
    if there is None:
        made.confirmed = protocol not in _CONFIRMED_BY_A_PERSON
    return made


@replaces(SNSResponse, "subscribe")
def subscribe_call(original: Any, self: SNSResponse) -> Any:
    """Answers with the ARN only once the subscription is confirmed."""
    original(self)
    subscription = self.backend._find_subscription(
        self._get_param("TopicArn"), self._get_param("Endpoint"), self._get_param("Protocol")
    )
    return ActionResult({"SubscriptionArn": subscription.arn if subscription.confirmed else "pending confirmation"})


@replaces(SNSResponse, "list_subscriptions_by_topic")
def list_subscriptions_by_topic(original: Any, self: SNSResponse) -> Any:
    """Shows no ARN of what is not confirmed."""
    topic = self.backend.get_topic(self._get_param("TopicArn"))
    all_of_it = [subscription for subscription in self.backend.subscriptions.values() if subscription.topic is topic]
    marker = paging.marker_of(self._get_param("NextToken"), "InvalidParameter")
    shown, following = paging.page(all_of_it, lambda subscription: subscription.arn, marker, _PAGE)
    rows = [
        {
            "SubscriptionArn": subscription.arn if subscription.confirmed else _PENDING,
            "Owner": subscription.owner,
            "Protocol": subscription.protocol,
            "Endpoint": subscription.endpoint,
            "TopicArn": topic.arn,
        }
        for subscription in shown
    ]
    return ActionResult({"Subscriptions": rows, "NextToken": paging.token(following)})


@replaces(SNSResponse, "confirm_subscription")
def confirm_subscription(original: Any, self: SNSResponse) -> Any:
    """Confirms the subscription whose token it is."""
    topic = self.backend.get_topic(self._get_param("TopicArn"))
    for subscription in self.backend.subscriptions.values():
        if subscription.topic is topic and token_of(subscription.endpoint) == self._get_param("Token"):
            subscription.confirmed = True
            return ActionResult({"SubscriptionArn": subscription.arn})
    refuse("InvalidParameter", "Invalid parameter: Token")


@replaces(SNSBackend, "unsubscribe")
def unsubscribe(original: Any, self: SNSBackend, subscription_arn: str) -> None:
    """Refuses what is no ARN of a subscription."""
    if not subscription_arn.startswith("arn:"):
        refuse("InvalidParameter", "Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements")
    original(self, subscription_arn)
