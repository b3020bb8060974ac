/** A session store in ElastiCache: Redis OSS, Valkey or Memcached. */
@NullMarked
package io.highlyavailable.operator.component.sessionstore;

import org.jspecify.annotations.NullMarked;
