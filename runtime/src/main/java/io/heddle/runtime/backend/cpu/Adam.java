package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;
import static io.heddle.runtime.backend.cpu.Memory.whole;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Adam (Kingma and Ba, arXiv 1412.6980) with its weight decay either in the gradient or apart from it (AdamW, Loshchilov and
 * Hutter, arXiv 1711.05101). With g the gradient and t the step, from 1:
 *
 * <p>m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, p = p - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) +
 * epsilon).
 *
 * <p>It differs from PyTorch's in no more than rounding.
 *
 * @param penalty adds {@code penalty p} to the gradient before all else: Adam's own weight decay
 * @param decay takes {@code learningRate decay p} from p before all else: AdamW's weight decay
 */
public record Adam(float beta1, float beta2, float epsilon, float penalty, float decay) {
    /**
     * One step of the elements {@code [from, to)}, in place.
     *
     * @param gradientScale multiplies the gradient: clipping, or the average over accumulated batches
     * @param step counts from 1
     */
    public void update(
            long parameters, long gradients, long firstMoments, long secondMoments,
            float learningRate, float gradientScale, long step, int from, int to) {
        float rate = (float) (learningRate / (1.0 - Math.pow(beta1, (double) step)));
        float root = (float) (1.0 / Math.sqrt(1.0 - Math.pow(beta2, (double) step)));
        float shrink = 1f - learningRate * decay;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            FloatVector parameter = load(at(parameters, i));
            FloatVector gradient = load(at(gradients, i)).mul(gradientScale).add(parameter.mul(penalty));
            FloatVector first = load(at(firstMoments, i)).mul(beta1).add(gradient.mul(1f - beta1));
            FloatVector second = load(at(secondMoments, i)).mul(beta2).add(gradient.mul(gradient).mul(1f - beta2));
            FloatVector below = second.sqrt().mul(root).add(epsilon);
            store(at(firstMoments, i), first);
            store(at(secondMoments, i), second);
            store(at(parameters, i), parameter.mul(shrink).sub(first.mul(rate).div(below)));
        }
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            FloatVector parameter = load(at(parameters, end), lanes);
            FloatVector gradient = load(at(gradients, end), lanes).mul(gradientScale).add(parameter.mul(penalty));
            FloatVector first = load(at(firstMoments, end), lanes).mul(beta1).add(gradient.mul(1f - beta1));
            FloatVector second =
                    load(at(secondMoments, end), lanes).mul(beta2).add(gradient.mul(gradient).mul(1f - beta2));
            FloatVector below = second.sqrt().mul(broadcast(root)).add(epsilon);
            store(at(firstMoments, end), first, lanes);
            store(at(secondMoments, end), second, lanes);
            store(at(parameters, end), parameter.mul(shrink).sub(first.mul(rate).div(below)), lanes);
        }
    }
}
