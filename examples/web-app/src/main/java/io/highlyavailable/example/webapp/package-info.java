/**
 * A small web app that keeps nothing of its own: notes in a database, documents in a bucket,
 * sessions in a session store, all found by what a HighlyAvailableApp's bindings inject.
 */
@NullMarked
package io.highlyavailable.example.webapp;

import org.jspecify.annotations.NullMarked;
