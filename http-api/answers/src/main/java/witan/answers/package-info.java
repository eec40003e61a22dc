/**
 * The answers of the API: a record for each schema of {@code openapi.yaml}, by topic. A record's
 * name is its schema's, without the {@code Answer} at its end where there is one, and its
 * components are the schema's properties in the order in which they are written. What the log holds
 * is not said again here: such a component is the domain's own record, written as it is hashed.
 */
@NullMarked
package witan.answers;

import org.jspecify.annotations.NullMarked;
