/** The playbooks that a council knows: names, versions, who signed them. Content is by digest. */
@NullMarked
package witan.domain.catalogue;

import org.jspecify.annotations.NullMarked;
