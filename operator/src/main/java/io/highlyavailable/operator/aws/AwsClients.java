package io.highlyavailable.operator.aws;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients of one account and region. Thread-safe; made by {@link AwsClientFactory}, which
 * also closes them.
 *
 * @param region the region's name
 * @param iamPath the path of every role of ours, begins and ends with a slash
 * @param rds databases
 * @param s3 buckets
 * @param cloudWatch alarms
 * @param ec2 networks and security groups
 * @param iam roles; a global service
 * @param sts who we are
 * @param tagging tags across services
 */
public record AwsClients(
    String region,
    String iamPath,
    RdsClient rds,
    S3Client s3,
    CloudWatchClient cloudWatch,
    Ec2Client ec2,
    IamClient iam,
    StsClient sts,
    ResourceGroupsTaggingApiClient tagging) {}
