/** Where the time of a program goes, and what the machine could do at best. */
package io.heddle.runtime.profile;
