package io.highlyavailable.example.webapp;

import java.util.UUID;

/**
 * A file that a visitor uploaded.
 *
 * @param id names it for good
 * @param name what the visitor calls it
 * @param size in bytes
 */
record Document(UUID id, String name, long size) {}
