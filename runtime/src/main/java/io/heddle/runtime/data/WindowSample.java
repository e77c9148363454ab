package io.heddle.runtime.data;

/** Some random windows, to estimate a loss with. Made by {@link RandomWindows#sample}. */
final class WindowSample implements EvaluationBatches {
    private final RandomWindows windows;
    private final long number;
    private final int count;

    WindowSample(RandomWindows windows, long number, int count) {
        this.windows = windows;
        this.number = number;
        this.count = count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public Batch batch(int batch) {
        return windows.batch(new Position(number, batch));
    }
}
