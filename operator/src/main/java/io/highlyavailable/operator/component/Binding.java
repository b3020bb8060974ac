package io.highlyavailable.operator.component;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.highlyavailable.operator.model.Sensitive;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pods need to reach a component: a Secret in the Service Binding shape, whose entries the
 * pods get as environment variables too, unless the user declines.
 *
 * @param suffix the Secret is called {@code <app>-<suffix>}; variables begin with it in upper case
 * @param type the Service Binding type, such as {@code postgresql}; an entry of its own
 * @param data the Secret's other entries, ordered
 * @param source what stands behind the data, when that is more than the data shows; kept beside it,
 *     and of no interest to pods. Empty for nothing
 */
public record Binding(
    String suffix, String type, Map<String, Sensitive> data, @JsonIgnore String source) {
  public Binding {
    data = Collections.unmodifiableMap(new TreeMap<>(data));
  }

  /** A binding whose data says all. */
  public Binding(String suffix, String type, Map<String, Sensitive> data) {
    this(suffix, type, data, "");
  }
}
