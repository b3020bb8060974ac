package io.highlyavailable.testbed.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the API server's audit log: every write request, whoever made it. An entry is written when
 * the response is complete, so one may follow the answer by some milliseconds: await counts rather
 * than read them once.
 */
public final class ApiServerAudit {
  private static final ObjectReader READER =
      new ObjectMapper()
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
          .readerFor(Entry.class);

  private final Path log;

  /** Reads this log, which need not be there yet. */
  ApiServerAudit(Path log) {
    this.log = log;
  }

  /**
   * A point in the log.
   *
   * @param offset bytes from its beginning
   */
  public record Mark(long offset) {}

  /**
   * One write request.
   *
   * @param user name of who made it, such as {@code system:serviceaccount:NAMESPACE:NAME}
   * @param verb create, update, patch, delete or deletecollection
   * @param resource plural name, with {@code /subresource} when it is to one; empty for a URL
   *     without a resource
   * @param namespace empty for what has none
   * @param name empty where the request names none, as a create may
   * @param status HTTP status of the answer
   */
  public record Write(
      String user, String verb, String resource, String namespace, String name, int status) {}

  /** The log's present end. */
  public Mark mark() {
    try {
      return new Mark(Files.exists(log) ? Files.size(log) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The write requests since a mark, in the order of their answers. */
  public List<Write> since(Mark mark) {
    List<Write> writes = new ArrayList<>();
    for (String line : wholeLines(mark)) {
      try {
        Entry entry = READER.readValue(line);
        writes.add(entry.toWrite());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the audit log's line " + line, e);
      }
    }
    return writes;
  }

  /** The write requests of one user since a mark. */
  public List<Write> since(Mark mark, String user) {
    return since(mark, (Predicate<Write>) write -> write.user().equals(user));
  }

  /** The write requests since a mark that a predicate picks. */
  public List<Write> since(Mark mark, Predicate<Write> wanted) {
    return since(mark).stream().filter(wanted).toList();
  }

  /** How many of these requests there are of each kind, such as {@code patch deployments}. */
  public static Map<String, Long> countByVerbAndResource(List<Write> writes) {
    return count(writes, write -> write.verb() + " " + write.resource());
  }

  /** How many of these requests each user made. */
  public static Map<String, Long> countByUser(List<Write> writes) {
    return count(writes, Write::user);
  }

  private static Map<String, Long> count(List<Write> writes, Function<Write, String> key) {
    return writes.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  private List<String> wholeLines(Mark mark) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (FileChannel channel = FileChannel.open(log).position(mark.offset())) {
      String text =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      // The last line may be half written.
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : text.substring(0, end).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  /** The parts of audit.k8s.io/v1 Event that we read. */
  private record Entry(String verb, User user, ObjectReference objectRef, Status responseStatus) {
    private record User(String username) {}

    private record ObjectReference(
        String resource, String subresource, String namespace, String name) {}

    private record Status(int code) {}

    Write toWrite() {
      ObjectReference ref = objectRef == null ? new ObjectReference("", null, "", "") : objectRef;
      String resource =
          ref.subresource() == null
              ? orEmpty(ref.resource())
              : ref.resource() + "/" + ref.subresource();
      return new Write(
          user.username(),
          verb,
          resource,
          orEmpty(ref.namespace()),
          orEmpty(ref.name()),
          responseStatus == null ? 0 : responseStatus.code());
    }

    private static String orEmpty(String text) {
      return text == null ? "" : text;
    }
  }
}
