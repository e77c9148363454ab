package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;

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
        long p = at(parameters, from);
        long g = at(gradients, from);
        long m = at(firstMoments, from);
        long v = at(secondMoments, from);
        int whole = Memory.whole(to - from);
        int left = to - from - whole;
        updateWhole(p, g, m, v, rate, root, shrink, gradientScale, whole);
        if (left > 0) {
            long buffer = Tail.buffer();
            long lastGradient = at(buffer, LANES);
            long lastFirst = at(buffer, 2L * LANES);
            long lastSecond = at(buffer, 3L * LANES);
            Tail.take(at(p, whole), left, 0f, buffer);
            Tail.take(at(g, whole), left, 0f, lastGradient);
            Tail.take(at(m, whole), left, 0f, lastFirst);
            Tail.take(at(v, whole), left, 0f, lastSecond);
            updateWhole(buffer, lastGradient, lastFirst, lastSecond, rate, root, shrink, gradientScale, LANES);
            Tail.give(buffer, at(p, whole), left);
            Tail.give(lastFirst, at(m, whole), left);
            Tail.give(lastSecond, at(v, whole), left);
        }
    }

    private void updateWhole(
            long parameters, long gradients, long firstMoments, long secondMoments,
            float rate, float root, float shrink, float gradientScale, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector parameter = load(at(parameters, i));
            FloatVector gradient = load(at(gradients, i)).mul(gradientScale).add(parameter.mul(penalty));
            FloatVector first = load(at(firstMoments, i)).mul(beta1).add(gradient.mul(1f - beta1));
            FloatVector second = load(at(secondMoments, i)).mul(beta2).add(gradient.mul(gradient).mul(1f - beta2));
            FloatVector below = second.sqrt().mul(root).add(epsilon);
            store(at(firstMoments, i), first);
            store(at(secondMoments, i), second);
            store(at(parameters, i), parameter.mul(shrink).sub(first.mul(rate).div(below)));
        }
    }
}
