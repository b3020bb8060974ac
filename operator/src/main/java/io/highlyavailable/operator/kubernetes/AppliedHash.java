package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A hash of what was last applied, kept on the object itself. A field that the spec asks for no
 * more is still there on the server and harms no comparison of the rest; only the hash tells that
 * the desired object has changed.
 */
public final class AppliedHash {
  /** The annotation that holds it. */
  public static final String ANNOTATION = "highlyavailable.io/applied-hash";

  /** 64 bits: enough to tell versions of one object apart. */
  private static final int BYTES = 8;

  private static final ObjectMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private AppliedHash() {}

  /** Annotates a freshly built object with the hash of the rest of it. */
  static <T extends HasMetadata> T stamp(T object) {
    String hash = of(object);
    Map<String, String> annotations = new TreeMap<>();
    if (object.getMetadata().getAnnotations() != null) {
      annotations.putAll(object.getMetadata().getAnnotations());
    }
    annotations.put(ANNOTATION, hash);
    object.getMetadata().setAnnotations(annotations);
    return object;
  }

  /** The hash an object was annotated with, if any. */
  public static Optional<String> read(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null
        ? Optional.empty()
        : Optional.ofNullable(annotations.get(ANNOTATION));
  }

  /** A short hash of anything that Jackson can write, independent of the order of map entries. */
  static String of(Object value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(value));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a model object can always be written", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
