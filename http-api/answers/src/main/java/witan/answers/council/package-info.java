/** The council: members, policies, stakes, persons, guardians. */
@NullMarked
package witan.answers.council;

import org.jspecify.annotations.NullMarked;
