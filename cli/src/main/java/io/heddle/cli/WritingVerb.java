package io.heddle.cli;

import io.heddle.runtime.generate.Draft;
import java.util.Optional;

/** A verb that lets a model write. */
abstract class WritingVerb extends Verb {
    /**
     * Shows what a model writes, as it writes it, and ends the line.
     *
     * @param pace is told of each piece
     * @throws io.heddle.check.ProblemsException when the prompt has what the model does not know, or the draft does not fit
     */
    final Wrote write(TrainedModel model, Asked asked, Optional<Draft> draft, Pace pace) {
        var wrote = model.write(asked, draft, piece -> {
            show(piece);
            pace.token();
        });
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
