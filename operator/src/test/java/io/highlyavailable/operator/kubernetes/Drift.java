package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every way in which one field of ours can be changed or removed on the server.
 *
 * @param path where, for the test's name
 * @param changed the observed object after the change
 */
record Drift(String path, HasMetadata changed) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What identifies the object: another value is another object. */
  private static final Set<String> IDENTITY = Set.of("/kind", "/apiVersion");

  static List<Drift> all(HasMetadata desired, HasMetadata observed) {
    Walk walk = new Walk(observed, MAPPER.valueToTree(observed), desired.getKind());
    ObjectNode ours = MAPPER.valueToTree(desired);
    ((ObjectNode) ours.get("metadata")).remove(List.of("name", "namespace"));
    walk.map("", ours, walk.tree);
    return walk.found;
  }

  private static final class Walk {
    private final HasMetadata observed;
    private final ObjectNode tree;
    private final String kind;
    private final List<Drift> found = new ArrayList<>();

    Walk(HasMetadata observed, ObjectNode tree, String kind) {
      this.observed = observed;
      this.tree = tree;
      this.kind = kind;
    }

    void map(String path, JsonNode ours, JsonNode theirs) {
      for (Map.Entry<String, JsonNode> entry : ours.properties()) {
        String field = path + "/" + entry.getKey();
        JsonNode value = theirs.get(entry.getKey());
        if (value != null && !IDENTITY.contains(field)) {
          child(field, entry.getKey(), entry.getValue(), (ObjectNode) theirs);
        }
      }
    }

    private void child(String path, String field, JsonNode ours, ObjectNode parent) {
      JsonNode value = parent.get(field);
      if (!path.equals("/metadata")) {
        edit(path + " removed", () -> parent.remove(field), () -> parent.set(field, value));
      }
      if (ours.isObject()) {
        map(path, ours, value);
      } else if (ours.isArray()) {
        list(path, field, ours, (ArrayNode) value);
      } else {
        edit(
            path + " changed",
            () -> parent.set(field, other(value)),
            () -> parent.set(field, value));
      }
    }

    private void list(String path, String field, JsonNode ours, ArrayNode theirs) {
      Optional<MergeKey> key = MergeKey.of(kind, field);
      for (int i = 0; i < ours.size(); i++) {
        JsonNode item = ours.get(i);
        int index = key.map(merge -> indexOf(merge, theirs, item)).orElse(i);
        JsonNode value = theirs.get(index);
        String at = path + "/" + i;
        edit(at + " removed", () -> theirs.remove(index), () -> theirs.insert(index, value));
        if (item.isObject()) {
          map(at, item, value);
        } else {
          edit(
              at + " changed",
              () -> theirs.set(index, other(value)),
              () -> theirs.set(index, value));
        }
      }
      if (key.isEmpty()) {
        JsonNode copy = theirs.get(0).deepCopy();
        edit(path + " added", () -> theirs.add(copy), () -> theirs.remove(theirs.size() - 1));
      }
    }

    private static int indexOf(MergeKey key, ArrayNode items, JsonNode wanted) {
      for (int i = 0; i < items.size(); i++) {
        if (key.same(wanted, items.get(i))) {
          return i;
        }
      }
      throw new AssertionError("not on the server: " + wanted);
    }

    private void edit(String path, Runnable change, Runnable undo) {
      change.run();
      found.add(new Drift(path, MAPPER.convertValue(tree, observed.getClass())));
      undo.run();
    }

    private static JsonNode other(JsonNode value) {
      ObjectNode holder = MAPPER.createObjectNode();
      Consumer<ObjectNode> set =
          switch (value.getNodeType()) {
            case BOOLEAN -> node -> node.put("v", !value.asBoolean());
            case NUMBER -> node -> node.put("v", value.asInt() + 1);
            default -> node -> node.put("v", quantity(value.asText()) + "7");
          };
      set.accept(holder);
      return holder.get("v");
    }

    /** Keeps a quantity one: {@code 256Mi} becomes {@code 7}, {@code x} becomes {@code x7}. */
    private static String quantity(String text) {
      return text.matches("[0-9.]+([mk]|[KMGT]i?)?") ? "" : text;
    }
  }
}
