package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.Adapter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
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
 * Makes clients that share one HTTP connection pool and never retry: the engine retries, with a
 * budget for the whole service, and a retry hidden in the SDK would meet the first attempt's own
 * resource after a lost answer.
 */
public final class AwsClientFactory implements AutoCloseable {
  /** TCP and TLS to a region take well under a second; longer means it cannot be reached. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A call that cannot get a connection is better tried again later than piled up. */
  private static final Duration ACQUIRE = Duration.ofSeconds(10);

  /** Above the engine's bound on concurrent actions and audits, so that the pool never decides. */
  private static final int CONNECTIONS = 128;

  private final Options options;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Map<String, DynamoDbClient> tables = new ConcurrentHashMap<>();

  /**
   * What the administrator decides about all clients.
   *
   * @param endpoint replaces every service's endpoint, or null for AWS itself
   * @param iamPath the path of every role of ours, begins and ends with a slash
   * @param version the operator's version, for the user agent
   * @param listener told of every call
   * @param eksCluster the cluster's name in EKS; empty when not known
   */
  public record Options(
      @Nullable URI endpoint,
      String iamPath,
      String version,
      CallListener listener,
      String eksCluster) {
    /** Options of an operator that does not know its cluster's name in EKS. */
    public Options(@Nullable URI endpoint, String iamPath, String version, CallListener listener) {
      this(endpoint, iamPath, version, listener, "");
    }
  }

  /** Takes credentials from the SDK's default chain: IRSA, Pod Identity, environment, profile. */
  public AwsClientFactory(Options options) {
    this(options, DefaultCredentialsProvider.builder().build());
  }

  /** Takes credentials from {@code credentials}. */
  public AwsClientFactory(Options options, AwsCredentialsProvider credentials) {
    this.options = options;
    this.credentials = credentials;
    this.http =
        ApacheHttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT)
            .connectionAcquisitionTimeout(ACQUIRE)
            .socketTimeout(Adapter.LONGEST_CALL)
            .tcpKeepAlive(true)
            .build();
  }

  /** Clients of one region. */
  public AwsClients create(String region) {
    Region home = Region.of(region);
    return new AwsClients(
        region,
        options.iamPath(),
        options.eksCluster(),
        configured(RdsClient.builder(), home).build(),
        configured(ElastiCacheClient.builder(), home).build(),
        configured(S3Client.builder().forcePathStyle(options.endpoint() != null), home).build(),
        dynamoDb(region),
        configured(CloudWatchClient.builder(), home).build(),
        configured(CloudWatchLogsClient.builder(), home).build(),
        configured(Ec2Client.builder(), home).build(),
        configured(IamClient.builder(), globalRegion(home)).build(),
        configured(StsClient.builder(), home).build(),
        configured(ResourceGroupsTaggingApiClient.builder(), home).build(),
        configured(AutoScalingClient.builder(), home).build(),
        configured(SecretsManagerClient.builder(), home).build(),
        configured(ElasticLoadBalancingV2Client.builder(), home).build(),
        configured(AcmClient.builder(), home).build(),
        configured(Wafv2Client.builder(), home).build(),
        configured(EksClient.builder(), home).build(),
        configured(SnsClient.builder(), home).build(),
        this::dynamoDb);
  }

  /**
   * What EKS knows now of the cluster that the operator runs in.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as {@link EksCluster#ask} does
   */
  public EksCluster eksCluster(String region) {
    try (EksClient eks = configured(EksClient.builder(), Region.of(region)).build()) {
      return EksCluster.ask(eks, options.eksCluster());
    }
  }

  private DynamoDbClient dynamoDb(String region) {
    return tables.computeIfAbsent(
        region, name -> configured(DynamoDbClient.builder(), Region.of(name)).build());
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(
      B builder, Region region) {
    URI endpoint = options.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(overrides());
  }

  private ClientOverrideConfiguration overrides() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallTimeout(Adapter.LONGEST_CALL)
        .putAdvancedOption(
            SdkAdvancedClientOption.USER_AGENT_SUFFIX, "highlyavailableapp/" + options.version())
        .addExecutionInterceptor(new CallInterceptor(options.listener()))
        .build();
  }

  /** IAM has one endpoint a partition, which the SDK knows under a region of its own. */
  private static Region globalRegion(Region home) {
    return switch (home.metadata() == null ? "aws" : home.metadata().partition().id()) {
      case "aws-cn" -> Region.AWS_CN_GLOBAL;
      case "aws-us-gov" -> Region.AWS_US_GOV_GLOBAL;
      default -> Region.AWS_GLOBAL;
    };
  }

  /** Closes the connection pool; the clients are useless afterwards. */
  @Override
  public void close() {
    http.close();
  }
}
