/** Cases in the vocabulary of OCSF 1.5.0, which writes names with underscores. */
@NullMarked
package witan.answers.ocsf;

import org.jspecify.annotations.NullMarked;
