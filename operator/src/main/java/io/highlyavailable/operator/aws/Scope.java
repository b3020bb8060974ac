package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.PolicyDocument.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where an action is allowed.
 *
 * @param policy the managed policy that has the statement
 * @param sid the statement's name
 * @param actions regular expression of the actions it is for
 * @param resources what they are allowed on
 * @param conditions when they are allowed
 */
record Scope(
    Policy policy,
    String sid,
    String actions,
    List<String> resources,
    Map<String, Map<String, String>> conditions) {
  /** A managed policy: the services that one part of an app is made of. */
  enum Policy {
    /** EC2's instances, their Auto Scaling groups and their secrets. */
    COMPUTE,
    /** RDS and the keys of its copies. */
    DATABASE,
    /** Elastic Load Balancing, and what it shows and is guarded by. */
    INGRESS,
    /** CloudWatch and its logs, and the tags of load balancers. */
    MONITORING,
    /** EC2. */
    NETWORK,
    /** IAM. */
    ROLES,
    /** ElastiCache. */
    SESSION_STORE,
    /** DynamoDB and S3. */
    STORAGE;

    /** The name of its file, such as {@code session-store.json}. */
    String file() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    }
  }

  /** The role that a service makes for itself. */
  static Scope serviceLinkedRole(Policy policy, String sid, String service) {
    return new Scope(
        policy,
        sid,
        "iam:CreateServiceLinkedRole",
        List.of("arn:aws:iam::*:role/aws-service-role/" + service + "/*"),
        Map.of("StringEquals", Map.of("iam:AWSServiceName", service)));
  }

  /** Those of some actions that it is for. */
  List<String> of(Collection<String> all) {
    return all.stream().filter(action -> action.matches(actions)).toList();
  }

  Statement statement(List<String> granted) {
    return new Statement(sid, "Allow", Map.of(), granted, resources, conditions);
  }
}
