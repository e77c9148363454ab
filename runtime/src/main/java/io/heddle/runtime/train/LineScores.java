package io.heddle.runtime.train;

import io.heddle.recipe.BleuTokenization;
import io.heddle.recipe.Metric;
import io.heddle.runtime.evaluate.Bleu;
import io.heddle.runtime.evaluate.BleuTokenizer;
import io.heddle.runtime.evaluate.BoxLines;
import io.heddle.runtime.evaluate.ChrF;
import io.heddle.runtime.evaluate.ErrorRate;
import io.heddle.runtime.evaluate.ExactMatch;
import io.heddle.runtime.evaluate.Labels;
import io.heddle.runtime.evaluate.MeanAveragePrecision;
import io.heddle.runtime.evaluate.Rouge;
import io.heddle.runtime.evaluate.Ter;
import java.util.List;

/**
 * What measures say of lines and their references: of texts; of labels, with blanks between, one for a line or one for each of
 * its words; of boxes, as {@link BoxLines} has them.
 *
 * @param tokenization how BLEU cuts lines into words
 */
public record LineScores(BleuTokenization tokenization) {
    /** As sacreBLEU's defaults are. */
    public static LineScores standard() {
        return new LineScores(BleuTokenization.Mteval13a);
    }

    /** As a recipe asks for. */
    public static LineScores of(List<Metric> metrics) {
        return metrics.stream()
                .filter(Metric.Bleu.class::isInstance)
                .map(Metric.Bleu.class::cast)
                .findFirst()
                .map(bleu -> new LineScores(bleu.getTokenization()))
                .orElse(standard());
    }

    /** The measures of what is written that a recipe's metric asks for; none for entities and boxes. */
    public static List<Measure> measures(Metric metric) {
        return switch (metric) {
            case Metric.Bleu _ -> List.of(Measure.BLEU);
            case Metric.ChrF _ -> List.of(Measure.CHRF);
            case Metric.ChrFWithWords _ -> List.of(Measure.CHRF_WITH_WORDS);
            case Metric.TranslationEditRate _ -> List.of(Measure.TRANSLATION_EDIT_RATE);
            case Metric.Rouge _ -> List.of(Measure.ROUGE_1, Measure.ROUGE_2, Measure.ROUGE_L);
            case Metric.WordErrorRate _ -> List.of(Measure.WORD_ERROR_RATE);
            case Metric.CharacterErrorRate _ -> List.of(Measure.CHARACTER_ERROR_RATE);
            case Metric.ExactMatch _ -> List.of(Measure.EXACT_MATCH);
            case Metric.Entities _,Metric.MeanAveragePrecision _ -> List.of();
        };
    }

    /**
     * Scores lines.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references, or the lines are not what is measured
     */
    public double score(Measure measure, List<String> hypotheses, List<String> references) {
        return switch (measure) {
            case BLEU -> Bleu.standard().with(cut()).score(hypotheses, references).score();
            case CHRF -> ChrF.standard().score(hypotheses, references);
            case CHRF_WITH_WORDS -> ChrF.withWords().score(hypotheses, references);
            case TRANSLATION_EDIT_RATE -> Ter.standard().score(hypotheses, references);
            case ROUGE_1 -> Rouge.ofWords().score(hypotheses, references).f();
            case ROUGE_2 -> Rouge.ofPairs().score(hypotheses, references).f();
            case ROUGE_L -> Rouge.longest().score(hypotheses, references).f();
            case WORD_ERROR_RATE -> ErrorRate.ofWords().score(hypotheses, references);
            case CHARACTER_ERROR_RATE -> ErrorRate.ofCharacters().score(hypotheses, references);
            case EXACT_MATCH -> ExactMatch.score(hypotheses, references);
            case ACCURACY -> Labels.read("accuracy", hypotheses, references).accuracy();
            case PRECISION -> Labels.read("precision", hypotheses, references).entities().precision();
            case RECALL -> Labels.read("recall", hypotheses, references).entities().recall();
            case F1 -> Labels.read("F1", hypotheses, references).entities().f1();
            case MEAN_AVERAGE_PRECISION -> MeanAveragePrecision.coco()
                    .score(BoxLines.said(hypotheses), BoxLines.real(references));
            case MEAN_AVERAGE_PRECISION_AT_HALF -> MeanAveragePrecision.at(0.5)
                    .score(BoxLines.said(hypotheses), BoxLines.real(references));
        };
    }

    /** How BLEU cuts lines, as sacreBLEU's signatures call it: {@code tok:13a}. */
    public String signature() {
        return switch (tokenization) {
            case None -> "tok:none";
            case Mteval13a -> "tok:13a";
            case Characters -> "tok:char";
        };
    }

    BleuTokenizer cut() {
        return switch (tokenization) {
            case None -> BleuTokenizer.WHITE_SPACE;
            case Mteval13a -> BleuTokenizer.MTEVAL_13A;
            case Characters -> BleuTokenizer.CHARACTERS;
        };
    }
}
