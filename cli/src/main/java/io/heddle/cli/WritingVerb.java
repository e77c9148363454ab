package io.heddle.cli;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.generate.Prompts;

/** A verb that lets a model write. */
abstract class WritingVerb extends Verb {
    /**
     * Shows what a model writes, as it writes it, and ends the line.
     *
     * @throws io.heddle.check.ProblemsException when the prompt has what the model does not know
     */
    final void write(TrainedModel model, String prompt, Prompts prompts, int tokens, Decoding decoding, long seed) {
        var end = model.write(prompt, prompts, tokens, decoding, seed, this::show);
        show(System.lineSeparator());
        switch (end) {
            case TOKEN, STOP, COUNT, LENGTH -> {}
            case POSITIONS -> tellPositions(model);
        }
    }

    private void show(String piece) {
        out().print(piece);
        out().flush();
    }

    private void tellPositions(TrainedModel model) {
        model.roles().writtenLimit().ifPresent(limit -> {
            err().println("It ends there because " + limit.input() + " has " + limit.positions()
                    + " learned positions, and all are taken.");
            err().flush();
        });
    }
}
