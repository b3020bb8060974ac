package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.Service;
import java.util.Optional;

/** Finds Services. */
interface ServiceLookup {
  /** A Service, when there is one. */
  Optional<Service> find(String namespace, String name);
}
