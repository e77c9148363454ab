package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Gradient descent with momentum, as PyTorch's SGD without dampening: with g the gradient plus {@code penalty p}, velocity =
 * momentum velocity + g and p = p - learningRate velocity.
 */
public record MomentumDescent(float momentum, float penalty) {
    /**
     * One step of the elements {@code [from, to)}, in place.
     *
     * @param velocities 0 for none, where momentum is 0
     * @param gradientScale multiplies the gradient: clipping, or the average over accumulated batches
     */
    public void update(
            long parameters, long gradients, long velocities,
            float learningRate, float gradientScale, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            VectorMask<Float> lanes = tail(i, to);
            FloatVector parameter = load(at(parameters, i), lanes);
            FloatVector velocity = load(at(gradients, i), lanes).mul(gradientScale).add(parameter.mul(penalty));
            if (velocities != 0) {
                velocity = load(at(velocities, i), lanes).mul(momentum).add(velocity);
                store(at(velocities, i), velocity, lanes);
            }
            store(at(parameters, i), parameter.sub(velocity.mul(learningRate)), lanes);
        }
    }
}
