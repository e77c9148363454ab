package io.heddle.runtime.generate;

import io.heddle.lowering.DecodingView;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.sound.Spectrogram;
import java.util.Collections;
import java.util.List;

/** What a model reads before it writes, for each of several sequences. */
sealed interface ReadFirst {
    /** How many sequences are written. */
    int count();

    /**
     * An empty session that reads it.
     *
     * @param times how many rows each sequence has, side by side
     * @param view what reading gives beside scores
     */
    DecodingSession session(RunnableModel model, int times, DecodingView view);

    /** Nothing: sequences go on after prompts. */
    record Nothing(int count) implements ReadFirst {
        @Override
        public DecodingSession session(RunnableModel model, int times, DecodingView view) {
            return DecodingSession.of(model, count * times, view);
        }
    }

    /**
     * Sources of tokens.
     *
     * @param words of each source; none where nothing is copied
     */
    record Sources(List<int[]> sources, List<SourceWords> words) implements ReadFirst {
        @Override
        public int count() {
            return sources.size();
        }

        @Override
        public DecodingSession session(RunnableModel model, int times, DecodingView view) {
            return DecodingSession.over(model, repeated(sources, times), repeated(words, times), view);
        }
    }

    /** Recordings. */
    record Sounds(List<Spectrogram> sounds) implements ReadFirst {
        @Override
        public int count() {
            return sounds.size();
        }

        @Override
        public DecodingSession session(RunnableModel model, int times, DecodingView view) {
            return DecodingSession.hearing(model, repeated(sounds, times), view);
        }
    }

    private static <T> List<T> repeated(List<T> each, int times) {
        return each.stream().flatMap(one -> Collections.nCopies(times, one).stream()).toList();
    }
}
