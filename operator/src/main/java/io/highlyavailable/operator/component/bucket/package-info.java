/** An S3 bucket. */
@NullMarked
package io.highlyavailable.operator.component.bucket;

import org.jspecify.annotations.NullMarked;
