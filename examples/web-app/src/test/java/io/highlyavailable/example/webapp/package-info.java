@NullMarked
package io.highlyavailable.example.webapp;

import org.jspecify.annotations.NullMarked;
