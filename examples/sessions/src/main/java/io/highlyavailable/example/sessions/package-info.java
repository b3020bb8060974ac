/** An app whose HTTP sessions outlive its pods. */
@NullMarked
package io.highlyavailable.example.sessions;

import org.jspecify.annotations.NullMarked;
