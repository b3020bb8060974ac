package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;

/**
 * What a component knows of taking over a resource that somebody else made, as pure decisions.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public interface Adoption<D, R extends CloudResource> {
  /** The name of the resource that the spec hands over; empty when it is to have one of its own. */
  Optional<String> existing(App app);

  /** The field of the spec that names it. */
  String field();

  /**
   * The command with which an administrator sets a tag on a resource.
   *
   * @param accountId the account that the resource is in
   * @param id the provider's identifier
   * @param key the tag
   * @param value its value
   */
  String tagCommand(String accountId, String id, String key, String value);

  /** Why the spec cannot have this one, whatever anybody approves; empty when it can. */
  Optional<Desired.Impossible<D>> refusal(App app, D desired, R actual);

  /** What taking it over does beside the differences: one stable line each. */
  List<String> effects(App app, R actual);
}
