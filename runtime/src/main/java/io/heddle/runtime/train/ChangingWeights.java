package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.model.GuidedAttention;
import io.heddle.model.Model;
import io.heddle.runtime.program.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** What those objectives of a model count for whose weight changes from step to step. */
final class ChangingWeights {
    private final Map<Integer, GuidedAttention> objectives;

    private ChangingWeights(Map<Integer, GuidedAttention> objectives) {
        this.objectives = objectives;
    }

    static ChangingWeights of(Model model) {
        Map<Integer, GuidedAttention> objectives = new LinkedHashMap<>();
        for (int number = 0; number < model.getObjectives().size(); number++) {
            if (model.getObjectives().get(number) instanceof GuidedAttention guided) {
                objectives.put(number, guided);
            }
        }
        return new ChangingWeights(objectives);
    }

    /**
     * Gives a program of training what they count for now.
     *
     * @param done how many steps were taken before
     * @param share of the sequences of the step that are in the program's batch
     */
    void set(Program program, long done, double share) {
        objectives.forEach((number, guided) -> {
            double weight = guided.getWeight() * guided.getDecay().share(done) * share;
            program.setInput(Names.objectiveWeight(number), new double[] {weight});
        });
    }
}
