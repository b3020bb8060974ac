package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Optional;

/**
 * What all pieces of a managed network have in common.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public interface NetworkPiece<D, R extends Piece<R>> extends Component<D, R> {
  @Override
  default String condition() {
    return ManagedNetwork.CONDITION;
  }

  /** Whether a network of the app's own has this piece. */
  boolean wanted(NetworkChoice.Managed network);

  /** A network that is asked for is made, whether or not data is to live in it. */
  @Override
  default boolean wanted(App app) {
    return ManagedNetwork.of(app).filter(this::wanted).isPresent();
  }

  /** As {@code Ec2Tags} reads it off the tags of what there is. */
  @Override
  default Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName() + "-" + name());
  }

  /** What should exist in such a network. */
  Desired<D> desired(NetworkChoice.Managed network, App app, Upstream upstream);

  @Override
  default Desired<D> desired(App app, Upstream upstream) {
    return desired(ManagedNetwork.of(app).orElseThrow(), app, upstream);
  }
}
