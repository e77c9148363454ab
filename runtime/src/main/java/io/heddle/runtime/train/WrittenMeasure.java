package io.heddle.runtime.train;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.BleuTokenization;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.evaluate.Bleu;
import io.heddle.runtime.evaluate.BleuTokenizer;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.train.data.PairTask;
import io.heddle.runtime.train.data.TextTask;
import io.heddle.runtime.train.data.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model writes by itself for held-out sources, compared with what it should have written. */
final class WrittenMeasure {
    private static final int ROWS = 64;

    /** A target may be this much longer than its source before it is cut: the translations of real text seldom are. */
    private static final int LONGER = 50;

    private final RunnableModel model;
    private final TrainingData data;

    WrittenMeasure(RunnableModel model, TrainingData data) {
        this.model = model;
        this.data = data;
    }

    /**
     * Corpus BLEU of greedy decoding, 0 to 100.
     *
     * @throws ProblemsException when the data is no sentence pairs
     */
    double bleu(BleuTokenization tokenization) {
        return switch (data) {
            case PairTask pairs -> bleu(pairs, tokenization);
            case TextTask _ -> throw new ProblemsException(new Problem(
                    "recipe", "BLEU needs sentence pairs, and the data is running text", "Leave bleu() out."));
        };
    }

    private double bleu(PairTask task, BleuTokenization tokenization) {
        PairData pairs = task.heldOut();
        Tokenizer written = task.tokenizers().written();
        Generator generator = new Generator(model, Decoding.Greedy.INSTANCE, written.specialIds().end(), 0);
        List<Integer> byLength = IntStream.range(0, pairs.size())
                .boxed()
                .sorted(Comparator.comparingInt(index -> pairs.source(index).length))
                .toList();
        String[] hypotheses = new String[pairs.size()];
        for (int first = 0; first < byLength.size(); first += ROWS) {
            List<Integer> group = byLength.subList(first, Math.min(first + ROWS, byLength.size()));
            List<int[]> sources = group.stream().map(pairs::source).toList();
            int longest = sources.stream().mapToInt(source -> source.length).max().orElse(1) + LONGER;
            List<Written> sentences =
                    generator.from(sources, written.specialIds().begin().orElseThrow(), longest);
            for (int row = 0; row < group.size(); row++) {
                hypotheses[group.get(row)] = written.decode(sentences.get(row).ids());
            }
        }
        List<String> references = new ArrayList<>();
        for (int index = 0; index < pairs.size(); index++) {
            references.add(pairs.pair(index).target());
        }
        BleuTokenizer cut = switch (tokenization) {
            case None -> BleuTokenizer.WHITE_SPACE;
            case Mteval13a -> BleuTokenizer.MTEVAL_13A;
            case Characters -> BleuTokenizer.CHARACTERS;
        };
        return Bleu.standard().with(cut).score(Arrays.asList(hypotheses), references).score();
    }
}
