package io.highlyavailable.operator.aws;

import java.util.function.Function;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * The SDK's clients of one account and region. Thread-safe; made by {@link AwsClientFactory}, which
 * also closes them.
 *
 * @param region the region's name
 * @param iamPath the path of every role of ours, begins and ends with a slash
 * @param eksCluster the cluster's name in EKS; empty when not known
 * @param rds databases
 * @param elastiCache session stores
 * @param s3 buckets
 * @param dynamoDb tables
 * @param cloudWatch alarms
 * @param logs log groups
 * @param ec2 networks and security groups
 * @param iam roles; a global service
 * @param sts who we are
 * @param tagging tags across services
 * @param autoScaling Auto Scaling groups
 * @param secretsManager secrets
 * @param elb load balancers and target groups
 * @param acm certificates
 * @param waf web ACLs
 * @param eks the cluster that the operator runs in
 * @param sns topics of alarms
 * @param dynamoDbIn tables in another region, by its name: replicas are asked for where the table
 *     is
 */
public record AwsClients(
    String region,
    String iamPath,
    String eksCluster,
    RdsClient rds,
    ElastiCacheClient elastiCache,
    S3Client s3,
    DynamoDbClient dynamoDb,
    CloudWatchClient cloudWatch,
    CloudWatchLogsClient logs,
    Ec2Client ec2,
    IamClient iam,
    StsClient sts,
    ResourceGroupsTaggingApiClient tagging,
    AutoScalingClient autoScaling,
    SecretsManagerClient secretsManager,
    ElasticLoadBalancingV2Client elb,
    AcmClient acm,
    Wafv2Client waf,
    EksClient eks,
    SnsClient sns,
    Function<String, DynamoDbClient> dynamoDbIn) {

  /**
   * Builds an ARN where a service's answer has none.
   *
   * @param service the ARN's service, such as {@code ec2}
   * @param account the owner's account
   * @param resource the ARN's last part, such as {@code vpc/vpc-1}
   */
  public String arn(String service, String account, String resource) {
    var metadata = Region.of(region).metadata();
    String partition = metadata == null ? "aws" : metadata.partition().id();
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
