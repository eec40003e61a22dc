/** The playbooks of a council: names and versions from the log, documents from the store. */
@NullMarked
package witan.actors.catalogue;

import org.jspecify.annotations.NullMarked;
