/** What was signed, remembered outside the database. */
@org.jspecify.annotations.NullMarked
package witan.actors.memory;
