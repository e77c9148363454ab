/** The words of every problem that the engine can tell, a class a topic. */
package io.heddle.runtime.messages;
