package io.highlyavailable.testbed.aws;

import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.build.Toolchain;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** What the emulator's tests share: one emulator, emptied before each test. */
class EmulatorTest {
  private static final Supplier<AwsEmulator> SHARED = startOnce();

  static AwsEmulator emulator() {
    return SHARED.get();
  }

  @BeforeEach
  void startEmpty() {
    emulator().reset();
  }

  /** Configures a client that does not retry, so that a test sees each call's own outcome. */
  static <B extends AwsClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
    return emulator()
        .configure(builder)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build())
        .build();
  }

  static AwsEmulator startEmulator(String logName) {
    return AwsEmulator.start(
        Toolchain.ofUser(Progress.toStandardError()).python(),
        Checkout.find().file("testbed/platform/aws"),
        Path.of("target", "testbed", logName));
  }

  private static Supplier<AwsEmulator> startOnce() {
    return new Supplier<>() {
      private volatile AwsEmulator started;

      @Override
      public synchronized AwsEmulator get() {
        if (started == null) {
          started = startEmulator("aws-emulator.log");
        }
        return started;
      }
    };
  }
}
