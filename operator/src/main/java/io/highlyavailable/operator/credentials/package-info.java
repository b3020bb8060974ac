/**
 * What runs in the Jobs that reach a database: the operator's image with {@code --database-users}
 * makes the app's users, with {@code --check-database} opens a restored database. It knows no
 * cluster and no cloud.
 */
@NullMarked
package io.highlyavailable.operator.credentials;

import org.jspecify.annotations.NullMarked;
