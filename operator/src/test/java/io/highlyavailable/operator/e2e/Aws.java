package io.highlyavailable.operator.e2e;

import io.highlyavailable.testbed.aws.AwsEmulator;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An administrator's own clients of the emulated account: what a person sees and does there. */
final class Aws implements AutoCloseable {
  private final RdsClient rds;
  private final ElastiCacheClient elastiCache;
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final Ec2Client ec2;
  private final IamClient iam;
  private final CloudWatchClient cloudWatch;
  private final ElasticLoadBalancingV2Client elb;
  private final AutoScalingClient autoScaling;
  private final SecretsManagerClient secretsManager;

  Aws(AwsEmulator emulator) {
    rds = emulator.configure(RdsClient.builder()).build();
    elastiCache = emulator.configure(ElastiCacheClient.builder()).build();
    s3 = emulator.configure(S3Client.builder().forcePathStyle(true)).build();
    dynamoDb = emulator.configure(DynamoDbClient.builder()).build();
    ec2 = emulator.configure(Ec2Client.builder()).build();
    iam = emulator.configure(IamClient.builder()).build();
    cloudWatch = emulator.configure(CloudWatchClient.builder()).build();
    elb = emulator.configure(ElasticLoadBalancingV2Client.builder()).build();
    autoScaling = emulator.configure(AutoScalingClient.builder()).build();
    secretsManager = emulator.configure(SecretsManagerClient.builder()).build();
  }

  RdsClient rds() {
    return rds;
  }

  ElastiCacheClient elastiCache() {
    return elastiCache;
  }

  S3Client s3() {
    return s3;
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  Ec2Client ec2() {
    return ec2;
  }

  IamClient iam() {
    return iam;
  }

  CloudWatchClient cloudWatch() {
    return cloudWatch;
  }

  ElasticLoadBalancingV2Client elb() {
    return elb;
  }

  AutoScalingClient autoScaling() {
    return autoScaling;
  }

  SecretsManagerClient secretsManager() {
    return secretsManager;
  }

  @Override
  public void close() {
    rds.close();
    elastiCache.close();
    s3.close();
    dynamoDb.close();
    ec2.close();
    iam.close();
    cloudWatch.close();
    elb.close();
    autoScaling.close();
    secretsManager.close();
  }
}
