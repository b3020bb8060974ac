/** HTTP sessions that outlive the pods that made them. */
@NullMarked
package io.highlyavailable.example.webapp.sessions;

import org.jspecify.annotations.NullMarked;
