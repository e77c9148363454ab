/**
 * The fused kernels of the {@code cpu} backend: single precision, row-major, on memory which somebody else owns.
 *
 * <p>One convention holds for all of them:
 *
 * <ul>
 *   <li>An argument of type {@code long} that names a tensor is the address of its first element in bytes. {@link
 *       io.heddle.runtime.backend.cpu.Memory} turns addresses into vectors; nothing checks bounds, so a caller keeps its
 *       buffers reachable and its sizes right. An address of 0 stands for a tensor that is left out, where a kernel says
 *       that it may be.
 *   <li>Sizes, strides and ranges count elements, never bytes. The last dimension is contiguous.
 *   <li>A kernel runs on the calling thread, works on the range {@code [from, to)} of its rows, columns or units, and
 *       allocates nothing. Ranges are independent: {@link io.heddle.runtime.parallel.WorkerPool} splits them, and the
 *       result does not depend on how.
 *   <li>A result may take the place of an operand of the same shape, where a kernel does not say otherwise.
 * </ul>
 */
package io.heddle.runtime.backend.cpu;
