package io.heddle.cli;

import io.heddle.runtime.generate.Draft;
import io.heddle.runtime.generate.Generator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A verb that lets a model write. */
abstract class WritingVerb extends Verb {
    /**
     * Shows what a model writes, as it writes it, and ends the line.
     *
     * @param pace is told of each piece
     * @throws io.heddle.check.ProblemsException when the prompt has what the model does not know, or the draft does not fit
     */
    final Wrote write(TrainedModel model, Asked asked, Optional<Draft> draft, Pace pace) {
        return written(model, reader -> model.write(asked, draft, piece -> {
            reader.accept(piece);
            pace.token();
        }));
    }

    /** Shows what a model writes of a recording, as it writes it, and ends the line. */
    final Wrote write(HeardRecording heard, Generator generator, int tokens) {
        return written(heard.model(), reader -> heard.write(generator, tokens, reader));
    }

    private Wrote written(TrainedModel model, Function<Consumer<String>, Wrote> writing) {
        var wrote = writing.apply(this::show);
        show(System.lineSeparator());
        switch (wrote.end()) {
            case TOKEN, STOP, COUNT, LENGTH -> {}
            case POSITIONS -> tellPositions(model);
            case ASKED -> tell("Ended by Ctrl-C: this is what was written until then.");
        }
        return wrote;
    }

    private void show(String piece) {
        out().print(piece);
        out().flush();
    }

    private void tellPositions(TrainedModel model) {
        model.roles().writtenLimit().ifPresent(limit -> tell("It ends there because " + limit.input() + " has "
                + limit.positions() + " learned positions, and all are taken."));
    }

    /** Says something beside what is written. */
    final void tell(String line) {
        err().println(line);
        err().flush();
    }
}
