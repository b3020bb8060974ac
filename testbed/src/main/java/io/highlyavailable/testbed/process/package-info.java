/** Child processes that cannot outlive their purpose, and ports that two runs never share. */
@NullMarked
package io.highlyavailable.testbed.process;

import org.jspecify.annotations.NullMarked;
