package io.highlyavailable.example.webapp;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Documents: what they are called in the database, what they hold in the bucket. */
final class Documents {
  private final Database database;
  private final Bucket bucket;

  Documents(Database database, Bucket bucket) {
    this.database = database;
    this.bucket = bucket;
  }

  /**
   * Keeps a document. The object comes first: a row without one would be a broken link, an object
   * without a row is only some bytes too many.
   *
   * @param size how many bytes {@code content} has
   */
  Document add(String name, long size, InputStream content) throws SQLException {
    Document document = new Document(UUID.randomUUID(), name, size);
    bucket.put(key(document.id()), size, content);
    try (Connection connection = database.connection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO document (id, name, size) VALUES (?, ?, ?)")) {
      insert.setObject(1, document.id());
      insert.setString(2, name);
      insert.setLong(3, size);
      insert.executeUpdate();
    }
    return document;
  }

  Optional<Document> find(UUID id) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement query =
            connection.prepareStatement("SELECT id, name, size FROM document WHERE id = ?")) {
      query.setObject(1, id);
      return read(query).stream().findFirst();
    }
  }

  /** The latest, newest first. */
  List<Document> latest(int count) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, name, size FROM document ORDER BY uploaded_at DESC, id LIMIT ?")) {
      query.setInt(1, count);
      return read(query);
    }
  }

  /** What a document holds; to be closed. */
  InputStream open(Document document) {
    return bucket.get(key(document.id()));
  }

  private static List<Document> read(PreparedStatement query) throws SQLException {
    List<Document> documents = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        documents.add(new Document(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)));
      }
    }
    return documents;
  }

  private static String key(UUID id) {
    return "documents/" + id;
  }
}
