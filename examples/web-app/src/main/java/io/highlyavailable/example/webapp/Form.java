package io.highlyavailable.example.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of a form or a query.
 *
 * @param fields by name
 */
record Form(Map<String, String> fields) {
  private static final int MOST_BYTES = 16 * 1024;

  /** Reads a form that was posted. */
  static Form read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new Refusal(HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "the form is too long");
    }
    return parse(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Parses {@code name=value} pairs. */
  static Form parse(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  /**
   * A field that is filled in.
   *
   * @param most characters
   */
  String text(String name, int most) {
    String value = fields.getOrDefault(name, "").strip();
    if (value.isEmpty() || value.length() > most || value.indexOf('\0') >= 0) {
      throw new Refusal(
          HttpURLConnection.HTTP_BAD_REQUEST, name + " is to have 1 to " + most + " characters");
    }
    return value;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Refusal(HttpURLConnection.HTTP_BAD_REQUEST, "not a form");
    }
  }
}
