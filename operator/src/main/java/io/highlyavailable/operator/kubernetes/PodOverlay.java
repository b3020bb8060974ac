package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges a user's podTemplate over the generated pod, as a strategic merge patch does: maps key by
 * key, lists of named things by their names; any other value, and any other list, is the user's.
 */
final class PodOverlay {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private PodOverlay() {}

  static PodTemplateSpec merge(PodTemplateSpec generated, Map<String, Object> overlay) {
    if (overlay.isEmpty()) {
      return generated;
    }
    Map<String, Object> merged = maps(MAPPER.convertValue(generated, TREE), overlay);
    return MAPPER.convertValue(merged, PodTemplateSpec.class);
  }

  /** Whether pods have containers beside the app's own. */
  static boolean addsContainers(Map<String, Object> overlay) {
    return overlay.get("spec") instanceof Map<?, ?> spec
        && (adds(spec.get("containers")) || adds(spec.get("initContainers")));
  }

  private static boolean adds(@Nullable Object containers) {
    return containers instanceof List<?> list
        && list.stream()
            .anyMatch(
                item ->
                    item instanceof Map<?, ?> container
                        && !PodObject.CONTAINER.equals(container.get("name")));
  }

  private static Map<String, Object> maps(Map<?, ?> base, Map<?, ?> overlay) {
    Map<String, Object> merged = new LinkedHashMap<>();
    base.forEach((key, value) -> merged.put((String) key, value));
    overlay.forEach(
        (key, value) -> merged.put((String) key, values((String) key, merged.get(key), value)));
    return merged;
  }

  private static Object values(String field, @Nullable Object base, Object overlay) {
    if (base instanceof Map<?, ?> left && overlay instanceof Map<?, ?> right) {
      return maps(left, right);
    }
    Optional<MergeKey> key = MergeKey.of("Deployment", field);
    if (key.isPresent() && base instanceof List<?> left && overlay instanceof List<?> right) {
      return lists(key.get(), left, right);
    }
    return overlay;
  }

  private static List<Object> lists(MergeKey key, List<?> base, List<?> overlay) {
    List<Object> merged = new ArrayList<>(base);
    for (Object item : overlay) {
      int index = indexOf(key, merged, item);
      if (index < 0) {
        merged.add(item);
      } else {
        merged.set(index, maps((Map<?, ?>) merged.get(index), (Map<?, ?>) item));
      }
    }
    return merged;
  }

  private static int indexOf(MergeKey key, List<Object> items, Object item) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> candidate
          && item instanceof Map<?, ?> wanted
          && key.fields().stream()
              .allMatch(field -> Objects.equals(candidate.get(field), wanted.get(field)))) {
        return i;
      }
    }
    return -1;
  }
}
