package io.highlyavailable.testbed.alb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the annotations of an Ingress in the notations that the controller documents: stringList
 * {@code a,b}, stringMap {@code k=v,k=v}, JSON.
 */
final class Annotations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> all;

  /**
   * @throws BuildModelException for an annotation that is not documented
   */
  Annotations(Map<String, String> all) {
    DocumentedAnnotations.check(all);
    this.all = all;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(all.get(DocumentedAnnotations.PREFIX + name)).map(String::strip);
  }

  String oneOf(String name, String otherwise, String... allowed) {
    String value = text(name).orElse(otherwise);
    if (!List.of(allowed).contains(value)) {
      throw invalid(name, value);
    }
    return value;
  }

  int number(String name, int otherwise) {
    String value = text(name).orElse(Integer.toString(otherwise));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw invalid(name, value);
    }
  }

  List<String> list(String name) {
    return text(name).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  SortedMap<String, String> map(String name) {
    SortedMap<String, String> entries = new TreeMap<>();
    for (String entry : list(name)) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw invalid(name, entry);
      }
      entries.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
    }
    return Collections.unmodifiableSortedMap(entries);
  }

  /**
   * The ports of {@code listen-ports}; by default HTTPS where a certificate is named, else HTTP.
   */
  List<ListenPort> listenPorts() {
    Optional<String> given = text("listen-ports");
    if (given.isEmpty()) {
      return List.of(
          list("certificate-arn").isEmpty()
              ? new ListenPort(80, false)
              : new ListenPort(443, true));
    }
    List<ListenPort> ports = new ArrayList<>();
    for (JsonNode entry : json("listen-ports", given.get())) {
      entry
          .properties()
          .forEach(
              e ->
                  ports.add(
                      switch (e.getKey()) {
                        case "HTTP" -> new ListenPort(e.getValue().asInt(), false);
                        case "HTTPS" -> new ListenPort(e.getValue().asInt(), true);
                        default -> throw invalid("listen-ports", given.get());
                      }));
    }
    if (ports.isEmpty() || ports.stream().map(ListenPort::port).distinct().count() < ports.size()) {
      throw invalid("listen-ports", given.get());
    }
    return ports;
  }

  private static JsonNode json(String name, String value) {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw invalid(name, value);
    }
  }

  private static BuildModelException invalid(String name, String value) {
    return new BuildModelException(
        "invalid value for annotation %s%s: %s"
            .formatted(DocumentedAnnotations.PREFIX, name, value));
  }

  /** A port to listen on. */
  record ListenPort(int port, boolean https) {}
}
