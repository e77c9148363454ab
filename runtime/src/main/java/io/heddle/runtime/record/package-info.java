/** What a training run leaves for people and programs to read: its metrics, step by step. */
package io.heddle.runtime.record;
