package io.heddle.runtime.train;

import io.heddle.recipe.Decoding;
import io.heddle.recipe.SequenceReward;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.model.RunnableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lets a model write for the sources of a batch, each behind the first words of its target, and rewards it. */
final class SequenceWriter {
    private final RunnableModel model;
    private final Tokenizer tokenizer;
    private final SequenceReward reward;
    private final Batch batch;
    private final int[] targetLengths;
    private final String[] targets;

    SequenceWriter(RunnableModel model, Tokenizer tokenizer, SequenceReward reward, Batch batch) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.reward = reward;
        this.batch = batch;
        targetLengths = batch.tensor(Batch.TARGET_LENGTHS).values();
        targets = IntStream.range(0, batch.rows())
                .mapToObj(row -> tokenizer.decode(target(row)))
                .toArray(String[]::new);
    }

    /** The words of a target, the end token included. */
    private int[] target(int row) {
        IntTensor labels = batch.tensor(Batch.LABELS);
        int begin = row * labels.size(1);
        return Arrays.copyOfRange(labels.values(), begin, begin + targetLengths[row]);
    }

    /** How long the longest target is, the end token included. */
    int longest() {
        return Arrays.stream(targetLengths).max().orElse(0);
    }

    /** The targets, as if the model had written them. */
    List<OwnSequence> targets() {
        return IntStream.range(0, batch.rows())
                .mapToObj(row -> new OwnSequence(row, target(row), 0, reward.of(targets[row], targets[row])))
                .toList();
    }

    /**
     * What the model writes for each source, {@code samples} times over: all sources, then all of them again. Where the first
     * words are all of a target, it is that target.
     *
     * @param given how many words of the target come first
     */
    List<OwnSequence> write(Decoding decoding, int given, int samples, long seed) {
        List<Integer> open = new ArrayList<>();
        List<int[]> sources = new ArrayList<>();
        List<int[]> starts = new ArrayList<>();
        for (int place = 0; place < samples * batch.rows(); place++) {
            int row = place % batch.rows();
            if (given < targetLengths[row]) {
                open.add(place);
                sources.add(source(row));
                starts.add(start(row, given));
            }
        }
        OwnSequence[] all = new OwnSequence[samples * batch.rows()];
        Arrays.setAll(all, place -> whole(place % batch.rows()));
        if (!open.isEmpty()) {
            List<Written> written = Generator.of(model, decoding, tokenizer, seed)
                    .behind(sources, starts, 2 * longest() - given);
            for (int number = 0; number < open.size(); number++) {
                int row = open.get(number) % batch.rows();
                int[] tokens = written.get(number).ids();
                int[] words = Arrays.copyOfRange(tokens, 1, tokens.length);
                double each = reward.of(tokenizer.decode(words), targets[row]);
                all[open.get(number)] = new OwnSequence(row, words, given, each);
            }
        }
        return List.of(all);
    }

    private OwnSequence whole(int row) {
        return new OwnSequence(row, target(row), targetLengths[row], 0);
    }

    private int[] source(int row) {
        IntTensor source = batch.tensor(Batch.SOURCE);
        int begin = row * source.size(1);
        int length = batch.tensor(Batch.SOURCE_LENGTHS).values()[row];
        return Arrays.copyOfRange(source.values(), begin, begin + length);
    }

    /** The begin token and the first words of a target. */
    private int[] start(int row, int given) {
        IntTensor target = batch.tensor(Batch.TARGET);
        int begin = row * target.size(1);
        return Arrays.copyOfRange(target.values(), begin, begin + 1 + given);
    }
}
