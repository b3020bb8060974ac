package io.highlyavailable.example.webapp;

import java.time.Instant;

/**
 * What a visitor wrote.
 *
 * @param author who the visitor says to be
 * @param body the text
 * @param at when it was written
 */
record Note(String author, String body, Instant at) {}
