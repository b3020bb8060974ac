package io.highlyavailable.operator.component;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An IAM policy document, written by a JSON library so that no value can break out of its string.
 *
 * @param statements what is allowed and denied, in order
 */
public record PolicyDocument(List<Statement> statements) {
  /** The policy language's only current version. */
  private static final String VERSION = "2012-10-17";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * One statement; empty parts are left out.
   *
   * @param sid letters and digits
   * @param effect {@code Allow} or {@code Deny}
   * @param principal kind to name, such as {@code AWS} to {@code *}; empty in a policy of a role
   * @param actions such as {@code s3:GetObject}
   * @param resources ARNs, or {@code *}; empty in a trust policy
   * @param conditions operator to key to value
   */
  public record Statement(
      String sid,
      String effect,
      Map<String, String> principal,
      List<String> actions,
      List<String> resources,
      Map<String, Map<String, String>> conditions) {

    /** A statement of a role's policy. */
    public static Statement allow(String sid, List<String> actions, List<String> resources) {
      return new Statement(sid, "Allow", Map.of(), actions, resources, Map.of());
    }

    private Map<String, Object> tree() {
      Map<String, Object> tree = new TreeMap<>();
      tree.put("Sid", sid);
      tree.put("Effect", effect);
      tree.put("Action", actions);
      if (!principal.isEmpty()) {
        tree.put("Principal", principal);
      }
      if (!resources.isEmpty()) {
        tree.put("Resource", resources);
      }
      if (!conditions.isEmpty()) {
        tree.put("Condition", conditions);
      }
      return tree;
    }
  }

  /** Canonical JSON on one line: equal documents give equal text. */
  public String json() {
    return write(tree(), false);
  }

  /** The same for people to read. */
  public String prettyJson() {
    return write(tree(), true) + "\n";
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("Version", VERSION);
    tree.put("Statement", statements.stream().map(Statement::tree).toList());
    return tree;
  }

  /**
   * Brings a provider's text into the form of {@link #json}: keys in order, no spaces, lists of one
   * as lists, so that texts of the same meaning compare as equal.
   *
   * @return the canonical text, or the text itself when it is not JSON
   */
  public static String canonical(String text) {
    try {
      Map<?, ?> tree = JSON.readValue(text, Map.class);
      Map<Object, Object> copy = new TreeMap<>(tree);
      Object statements = copy.get("Statement");
      List<?> list = statements instanceof List<?> many ? many : List.of(statements);
      copy.put("Statement", list.stream().map(PolicyDocument::listed).toList());
      return write(copy, false);
    } catch (JsonProcessingException | ClassCastException | NullPointerException e) {
      return text;
    }
  }

  /**
   * A policy with statements of another: each takes the place of the one with its Sid, or comes
   * last.
   *
   * @param policy as {@link #canonical} has it; empty for none
   * @param statements a policy with the statements, each with a Sid
   */
  public static String merged(String policy, String statements) {
    try {
      Map<Object, Object> all =
          new TreeMap<>(JSON.readValue(policy.isEmpty() ? statements : policy, Map.class));
      List<Object> list = new ArrayList<>((List<?>) all.get("Statement"));
      for (Object statement : (List<?>) JSON.readValue(statements, Map.class).get("Statement")) {
        int place = place(list, sid(statement));
        if (place < 0) {
          list.add(statement);
        } else {
          list.set(place, statement);
        }
      }
      all.put("Statement", list);
      return write(all, false);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a policy", e);
    }
  }

  private static int place(List<Object> statements, String sid) {
    for (int i = 0; i < statements.size(); i++) {
      if (sid.equals(sid(statements.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  private static String sid(Object statement) {
    return statement instanceof Map<?, ?> fields ? String.valueOf(fields.get("Sid")) : "";
  }

  private static Object listed(Object statement) {
    if (!(statement instanceof Map<?, ?> fields)) {
      return statement;
    }
    Map<Object, Object> copy = new TreeMap<>(fields);
    for (String key : List.of("Action", "Resource")) {
      copy.computeIfPresent(
          key, (name, value) -> value instanceof List<?> ? value : new ArrayList<>(List.of(value)));
    }
    return copy;
  }

  private static String write(Object tree, boolean pretty) {
    try {
      return pretty
          ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree)
          : JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and strings are JSON", e);
    }
  }
}
