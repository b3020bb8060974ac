package io.highlyavailable.operator.component;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import org.junit.jupiter.api.BeforeEach;

/**
 * The setting for adapters that only read.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
@WithTestbed
public abstract class ReadOnlyContract<D, R extends CloudResource> implements ComponentTest {
  private final Module<D, R, AwsClients> module;

  protected AwsEmulator emulator;
  protected Network network;
  protected AwsWorld world;
  protected Adapter<D, R> adapter;

  protected ReadOnlyContract(Module<D, R, AwsClients> module) {
    this.module = module;
  }

  @Override
  public final ComponentName row() {
    return module.component().name();
  }

  @BeforeEach
  void setUp(AwsEmulator emulator, Network network) {
    this.emulator = emulator;
    this.network = network;
    world = world(emulator, network);
    adapter = module.adapter(world.clients("adapter", CallListener.NONE));
  }

  /** The account that the component is in. */
  protected AwsWorld world(AwsEmulator emulator, Network network) {
    return new AwsWorld(emulator, network);
  }
}
