/** The ways to S3 and DynamoDB that do not leave AWS. */
@NullMarked
package io.highlyavailable.operator.component.gatewayendpoint;

import org.jspecify.annotations.NullMarked;
