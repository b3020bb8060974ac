/**
 * What runs in the Job that makes the app's database users: the operator's image with {@code
 * --database-users}. It knows no cluster and no cloud.
 */
@NullMarked
package io.highlyavailable.operator.credentials;

import org.jspecify.annotations.NullMarked;
