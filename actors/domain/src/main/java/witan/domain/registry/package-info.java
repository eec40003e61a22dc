/** The council's members, tokens and policies. */
@NullMarked
package witan.domain.registry;

import org.jspecify.annotations.NullMarked;
