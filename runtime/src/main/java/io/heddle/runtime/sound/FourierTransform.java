package io.heddle.runtime.sound;

/**
 * The discrete Fourier transform of real numbers, {@code X(k) = sum over n of x(n) e^(-2 pi i k n / N)}, for a power of
 * two: halves of halves (Cooley and Tukey 1965), in place, in double.
 */
final class FourierTransform {
    private final int size;
    private final double[] cosines;
    private final double[] sines;

    /** A transform of so many numbers, a power of two. */
    FourierTransform(int size) {
        this.size = size;
        cosines = new double[Math.max(1, size / 2)];
        sines = new double[Math.max(1, size / 2)];
        for (int place = 0; place < size / 2; place++) {
            double angle = 2 * Math.PI * place / size;
            // The same bits on every machine, so that data keeps its mark.
            cosines[place] = StrictMath.cos(angle);
            sines[place] = StrictMath.sin(angle);
        }
    }

    /** The smallest power of two that is at least {@code length}. */
    static int sizeFor(int length) {
        return length <= 1 ? 1 : Integer.highestOneBit(length - 1) * 2;
    }

    /** {@code |X(k)|^2} for k from 0 to half the size. */
    double[] power(double[] numbers) {
        double[] real = numbers.clone();
        double[] imaginary = new double[size];
        transform(real, imaginary);
        double[] power = new double[size / 2 + 1];
        for (int place = 0; place < power.length; place++) {
            power[place] = real[place] * real[place] + imaginary[place] * imaginary[place];
        }
        return power;
    }

    private void transform(double[] real, double[] imaginary) {
        int bits = Integer.numberOfTrailingZeros(size);
        for (int place = 0; place < size; place++) {
            int other = bits == 0 ? 0 : Integer.reverse(place) >>> (Integer.SIZE - bits);
            if (other > place) {
                double carried = real[place];
                real[place] = real[other];
                real[other] = carried;
            }
        }
        for (int half = 1; half < size; half *= 2) {
            int step = size / (2 * half);
            for (int first = 0; first < size; first += 2 * half) {
                for (int place = 0; place < half; place++) {
                    double cosine = cosines[place * step];
                    double sine = -sines[place * step];
                    int low = first + place;
                    int high = low + half;
                    double turnedReal = real[high] * cosine - imaginary[high] * sine;
                    double turnedImaginary = real[high] * sine + imaginary[high] * cosine;
                    real[high] = real[low] - turnedReal;
                    imaginary[high] = imaginary[low] - turnedImaginary;
                    real[low] += turnedReal;
                    imaginary[low] += turnedImaginary;
                }
            }
        }
    }
}
