package io.highlyavailable.bench;

import io.highlyavailable.operator.aws.AwsClientFactory;
import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.testbed.aws.AwsEmulator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * The operator's own SDK clients under the raw client's name, without the reads by which the
 * operator's adapters make sure that a name is free: the raw client knows that it is.
 */
final class RawClients implements AutoCloseable {
  /** The access key id of the raw client's calls. */
  static final String CALLER = "raw";

  private final AwsClientFactory factory;
  private final AwsClients clients;

  RawClients(AwsEmulator aws, String iamPath) {
    factory =
        new AwsClientFactory(
            new AwsClientFactory.Options(aws.endpoint(), iamPath, "raw", CallListener.NONE),
            StaticCredentialsProvider.create(AwsBasicCredentials.create(CALLER, "secret")));
    AwsClients all = factory.create(AwsEmulator.REGION.id());
    clients =
        new AwsClients(
            all.region(),
            all.iamPath(),
            all.eksCluster(),
            all.rds(),
            all.elastiCache(),
            new KnownToBeAbsent(all.s3()),
            all.dynamoDb(),
            new KnownToBeEmpty(all.cloudWatch()),
            all.logs(),
            all.ec2(),
            all.iam(),
            all.sts(),
            all.tagging(),
            all.autoScaling(),
            all.secretsManager(),
            all.elb(),
            all.acm(),
            all.waf(),
            all.eks(),
            all.sns(),
            all.dynamoDbIn());
  }

  AwsClients clients() {
    return clients;
  }

  @Override
  public void close() {
    factory.close();
  }

  private static final class KnownToBeAbsent extends DelegatingS3Client {
    KnownToBeAbsent(S3Client s3) {
      super(s3);
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
      throw NoSuchBucketException.builder().build();
    }
  }

  private record KnownToBeEmpty(CloudWatchClient cloudWatch) implements CloudWatchClient {
    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
      return DescribeAlarmsResponse.builder().build();
    }

    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
      return cloudWatch.putMetricAlarm(request);
    }

    @Override
    public String serviceName() {
      return cloudWatch.serviceName();
    }

    @Override
    public void close() {
      cloudWatch.close();
    }
  }
}
