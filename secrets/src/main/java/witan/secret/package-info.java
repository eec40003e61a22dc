/** Secrets in files, and TLS made of such files. Needs the JDK alone; any module may use it. */
@NullMarked
package witan.secret;

import org.jspecify.annotations.NullMarked;
