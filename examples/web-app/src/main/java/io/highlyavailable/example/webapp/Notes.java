package io.highlyavailable.example.webapp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The notes in the database. */
final class Notes {
  private final Database database;

  Notes(Database database) {
    this.database = database;
  }

  void add(String author, String body) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO note (author, body) VALUES (?, ?)")) {
      insert.setString(1, author);
      insert.setString(2, body);
      insert.executeUpdate();
    }
  }

  /** The latest, newest first. */
  List<Note> latest(int count) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT author, body, written_at FROM note ORDER BY id DESC LIMIT ?")) {
      query.setInt(1, count);
      List<Note> notes = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          notes.add(new Note(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()));
        }
      }
      return notes;
    }
  }
}
