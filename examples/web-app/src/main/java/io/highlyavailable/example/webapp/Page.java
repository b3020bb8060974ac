package io.highlyavailable.example.webapp;

import java.util.List;
import java.util.stream.Collectors;

/** The one page, as HTML. Whatever visitors wrote is text in it, never markup. */
final class Page {
  private Page() {}

  static String html(Visitor visitor, List<Note> notes, List<Document> documents) {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Notes</title>
        <link rel="stylesheet" href="/style.css">
        <script src="/upload.js" defer></script>
        <h1>Notes</h1>
        <p>Hello%s, this is visit %d.</p>
        <form method="post" action="/notes">
          <input name="author" value="%s" maxlength="80" required placeholder="Your name">
          <textarea name="body" maxlength="2000" required placeholder="Your note"></textarea>
          <button>Write</button>
        </form>
        <ul>%s</ul>
        <h2>Documents</h2>
        <input type="file" id="upload"> <output id="outcome"></output>
        <ul>%s</ul>
        """
        .formatted(
            visitor.name().isEmpty() ? "" : " " + text(visitor.name()),
            visitor.visits(),
            text(visitor.name()),
            notes.stream().map(Page::item).collect(Collectors.joining()),
            documents.stream().map(Page::item).collect(Collectors.joining()));
  }

  private static String item(Note note) {
    return "<li><b>%s</b> <time>%s</time> %s</li>\n"
        .formatted(text(note.author()), note.at(), text(note.body()));
  }

  private static String item(Document document) {
    return "<li><a href=\"/documents/%s\">%s</a> (%d bytes)</li>\n"
        .formatted(document.id(), text(document.name()), document.size());
  }

  /** Safe between tags and in quoted attributes. */
  private static String text(String written) {
    return written
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
