/** Copies of a database's automated backups in another region. */
@NullMarked
package io.highlyavailable.operator.component.backupcopy;

import org.jspecify.annotations.NullMarked;
